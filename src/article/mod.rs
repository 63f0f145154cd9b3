//! Page to story: decoded text in typed zones, with its dates and credits.

mod decode;
mod dom;
mod hint;
mod html;
mod language;
mod meta;
mod piece;
mod plain;
mod story;
mod wording;

use crate::record::{Article, Block, Caption, Document, Format, Issue, PublishedBasis, Span, Stage, Stamp, Zone, identity};
use crate::resource::Chrome;

use crate::source::date::{self, Order};
use piece::Piece;

/// What a page says of itself outside its visible text.
#[derive(Clone, Debug, Default)]
struct Told {
    /// What the head calls the story, the most exact first.
    titles: Vec<String>,
    title: Option<String>,
    publisher: Option<String>,
    published: Option<(Stamp, PublishedBasis)>,
    /// Date of the page that holds the story; weaker than a date in the story's own elements.
    page_published: Option<(Stamp, PublishedBasis)>,
    modified: Option<Stamp>,
    language: Option<String>,
    licence: Option<String>,
    url: Option<String>,
    order: Order,
}

/// Reads the story out of a page. Never fails: what could not be read is an issue, and the article is as full as it can be.
#[must_use]
pub fn read(document: &Document, issues: &mut Vec<Issue>) -> Article {
    let chrome = Chrome::embedded();
    let mut problem = |problem: String| issues.push(Issue { stage: Stage::Article, span: None, problem });
    let decoded = decode::decode(&document.bytes).unwrap_or_else(|reason| {
        problem(reason);
        decode::Decoded { text: "".into(), problem: None }
    });
    decoded.problem.into_iter().for_each(&mut problem);
    let html = match document.format {
        Format::Html => true,
        Format::Text => false,
        Format::Unknown => decode::format(&decoded.text) == Format::Html,
    };
    let tree = html.then(|| dom::Tree::parse(&decoded.text));
    let mut told = tree.as_ref().map(meta::read).unwrap_or_default();
    let page;
    let pieces = match &tree {
        Some(tree) => {
            page = read_html(tree, &mut told, chrome);
            told.titles.extend(document.title.clone());
            let pieces = piece::split_credits(story::settle(tree, &page, &told.titles, told.order, chrome), chrome);
            told.title = pieces.iter().find(|piece| piece.is(Zone::Title)).map(|piece| piece.text.to_string()).or_else(|| headline(&told));
            piece::split_body(pieces, chrome)
        }
        None => read_text(&decoded.text, document, chrome),
    };
    let title = document.title.clone().or_else(|| told.title.clone()).map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
    let pieces = title_first(pieces, title.as_deref().filter(|title| !title.is_empty()));
    let mut article = assemble(&pieces, chrome);

    let url = document.url.clone().or(told.url);
    article.id = identity::article(url.as_deref().unwrap_or(&document.path), &article.text);
    article.sha256 = identity::sha256_hex(&document.bytes);
    let by_url = url.as_deref().and_then(date::url).map(|date| (Stamp::day(date), PublishedBasis::Url));
    let shown = visible_date(&article, told.order);
    let stated = told.published.map(|stated| local_day(stated, [shown, by_url]));
    let given = document.published.map(|stamp| (stamp, PublishedBasis::Given));
    article.published = given.or(stated).or(by_url).or(shown).or(told.page_published);
    article.url = url;
    article.title = title.or_else(|| article.zones.iter().find(|block| block.zone == Zone::Title).map(|block| block.span.of(&article.text).to_owned()));
    article.publisher = document.publisher.clone().or(told.publisher);
    article.modified = told.modified;
    article.retrieved = document.retrieved;
    article.licence = told.licence.or_else(|| meta::licence(&article.text));
    let body: String = body_head(&article, 2100);
    if let Some((language, english)) = language::tell(&body, told.language.as_deref()) {
        if !english {
            problem(format!("the text is in {language:?}, not English: nothing was coded from it"));
        }
        article.language = Some(language);
    }
    article
}

/// The blocks of a page, and what its elements say of its date. Where nearly all is hidden until a script shows it, the hidden is read too.
fn read_html(tree: &dom::Tree, told: &mut Told, chrome: &Chrome) -> html::Page {
    const LITTLE: usize = 400;
    let mut page = html::blocks(tree, false, chrome);
    if page.blocks.iter().map(|chunk| chunk.end - chunk.start).filter(|&length| length > 60).sum::<usize>() < LITTLE {
        page = html::blocks(tree, true, chrome);
    }
    told.published = told.published.or_else(|| meta::time_element(tree, &page, told.order).map(|stamp| (stamp, PublishedBasis::TimeElement)));
    page
}

/// The story's title as the head has it, without the name of the site.
fn headline(told: &Told) -> Option<String> {
    let title = told.titles.first()?;
    let site = told.publisher.as_deref().unwrap_or("");
    let cut = [" | ", " - ", " – ", " — ", " :: ", " » "].iter().filter_map(|bar| title.rfind(bar)).max();
    let named = cut.filter(|&at| {
        let tail = title[at..].trim_start_matches(|c: char| !c.is_alphanumeric());
        at > 0 && (tail.eq_ignore_ascii_case(site) || told.titles.len() == 1 && tail.split_whitespace().count() <= 4)
    });
    Some(named.map_or(title.as_str(), |at| &title[..at]).trim().to_owned())
}

fn read_text<'t>(text: &'t str, document: &Document, chrome: &Chrome) -> Vec<Piece<'t>> {
    let mut pieces = piece::split_credits(plain::paragraphs(text), chrome);
    let titled = document.title.is_some();
    plain::settle(&mut pieces, titled, Order::Unknown, chrome);
    piece::split_body(pieces, chrome)
}

/// Puts the title first: the block that holds it where the page shows it, else a block of its own.
fn title_first<'t>(mut pieces: Vec<Piece<'t>>, title: Option<&str>) -> Vec<Piece<'t>> {
    let same = |a: &str, b: &str| a.len().abs_diff(b.len()) < 16 && wording::Plain::new(a).words() == wording::Plain::new(b).words();
    let shown = match title {
        Some(title) => pieces.iter().take(200).position(|piece| same(&piece.text, title)),
        None => pieces.iter().position(|piece| piece.is(Zone::Title)),
    };
    let mut first = match (shown, title) {
        (Some(at), _) => pieces.remove(at),
        (None, Some(title)) => Piece::new(title.to_owned()),
        (None, None) => return pieces,
    };
    first.zone = Some(Zone::Title);
    pieces.insert(0, first);
    pieces
}

/// Joins the pieces to one text with its zones, and takes from them what the article says of itself.
fn assemble(pieces: &[Piece<'_>], chrome: &Chrome) -> Article {
    let mut article = Article::default();
    let length = pieces.iter().map(|piece| piece.text.len() + 1).sum::<usize>();
    let mut text = String::with_capacity(length);
    for piece in pieces.iter().filter(|piece| !piece.text.is_empty()) {
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(&piece.text);
        article.zones.push(Block { span: Span::new(start, text.len()), zone: piece.zone.unwrap_or(Zone::Other) });
    }
    let within = |block: &Block, range: std::ops::Range<usize>| Span::new(block.span.start as usize + range.start, block.span.start as usize + range.end);
    for (at, block) in article.zones.iter().enumerate() {
        let words = block.span.of(&text);
        match block.zone {
            Zone::Caption => {
                let credit = article.zones.get(at + 1).filter(|next| next.zone == Zone::Credit).map(|next| next.span);
                article.captions.push(Caption { text: block.span, credit });
            }
            Zone::Byline if article.byline.is_none() => {
                article.byline = Some(wording::byline(words, chrome).map_or(block.span, |range| within(block, range)));
            }
            Zone::Dateline if date::line(words, Order::Unknown).is_none() => {
                article.dateline = article.dateline.or(Some(block.span));
                article.wire_credits.extend(wording::agencies(words, chrome).into_iter().map(|range| within(block, range)));
            }
            Zone::Related if !wording::heads_related(words, chrome) => article.related.push(within(block, wording::after_label(words, chrome))),
            Zone::WireCredit => article.wire_credits.extend(wording::credited(words, chrome).into_iter().map(|range| within(block, range))),
            _ => {}
        }
    }
    // A page whose dateline is a date and nothing more.
    if article.dateline.is_none() {
        article.dateline = article.zones.iter().find(|block| block.zone == Zone::Dateline).map(|block| block.span);
    }
    article.text = text;
    article
}

/// A time in UTC may fall on another day than the paper's own: the day that the page shows, or its address has, is the paper's.
fn local_day(stated: (Stamp, PublishedBasis), others: [Option<(Stamp, PublishedBasis)>; 2]) -> (Stamp, PublishedBasis) {
    let (stamp, _) = stated;
    let next = |other: Stamp| stamp.date.tomorrow().is_ok_and(|day| day == other.date) || stamp.date.yesterday().is_ok_and(|day| day == other.date);
    let same = others.iter().flatten().any(|(other, _)| other.date == stamp.date);
    if stamp.offset != Some(0) || same {
        return stated;
    }
    others.into_iter().flatten().find(|(other, _)| next(*other)).unwrap_or(stated)
}

/// The publication date that the page shows: the date line nearest before the story, else after it; else the date in the dateline.
fn visible_date(article: &Article, order: Order) -> Option<(Stamp, PublishedBasis)> {
    let body = article.zones.iter().position(|block| block.zone == Zone::Body).unwrap_or(article.zones.len());
    let (before, after) = article.zones.split_at(body);
    for block in before.iter().rev().chain(after).filter(|block| matches!(block.zone, Zone::Dateline | Zone::Byline)) {
        let words = block.span.of(&article.text);
        let basis = if date::line(words, order).is_some() || block.zone == Zone::Byline { PublishedBasis::Text } else { PublishedBasis::Dateline };
        if let Some((stamp, _)) = date::find(words, order) {
            return Some((stamp, basis));
        }
    }
    None
}

/// The first bytes of the body, for telling its language.
fn body_head(article: &Article, length: usize) -> String {
    let mut body = String::new();
    for block in article.zones.iter().filter(|block| block.zone == Zone::Body) {
        let words = block.span.of(&article.text);
        body.extend(words.char_indices().take_while(|(at, _)| body.len() + at < length).map(|(_, c)| c).collect::<Vec<_>>());
        body.push(' ');
        if body.len() >= length {
            break;
        }
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zones(text: &str) -> Vec<String> {
        let article = read(&Document { bytes: text.as_bytes().to_vec(), ..Document::default() }, &mut Vec::new());
        let mut at = 0;
        for block in &article.zones {
            assert!(block.span.start == 0 && at == 0 || block.span.start == at + 1, "zones tile the text");
            assert!(!block.span.is_empty());
            at = block.span.end;
        }
        assert_eq!(at as usize, article.text.len());
        article.zones.iter().map(|block| format!("{}: {}", block.zone, block.span.of(&article.text))).collect()
    }

    #[test]
    fn plain_text_with_the_page_around_it() {
        let page = "Skip to main content\n\nWorld\n\nPort falls to rebels after week of shelling\n\nBy Ann Poe\n\nMarch 4, 2019\n\nSmoke rises over the port on Sunday, “a black day.”Bo Lee/The Canadian Press\n\nADEN, March 4 (Reuters) - Rebels took the port on Monday.\n\nRelated: Five questions on the port\n\nRead more: Who holds what in the north\n\n\"We left,\" a guard said.\n\nWith files from Reuters";
        assert_eq!(
            zones(page),
            [
                "title: Port falls to rebels after week of shelling",
                "navigation: Skip to main content",
                "navigation: World",
                "byline: By Ann Poe",
                "dateline: March 4, 2019",
                "caption: Smoke rises over the port on Sunday, “a black day.”",
                "credit: Bo Lee/The Canadian Press",
                "dateline: ADEN, March 4 (Reuters) -",
                "body: Rebels took the port on Monday.",
                "related: Related: Five questions on the port",
                "related: Read more: Who holds what in the north",
                "body: \"We left,\" a guard said.",
                "wire_credit: With files from Reuters",
            ]
        );
    }

    #[test]
    fn html_page() {
        let page = "<html lang=en><head><title>Port falls | The Wire</title><meta property=og:site_name content='The Wire'>\
            <script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2019-03-04T10:00:00+01:00\"}</script></head>\
            <body><nav><a href=/>Home</a></nav><article><h1>Port falls</h1><div class=entry-content>\
            <p>ADEN (Reuters) - Rebels took the port on Monday after a week of shelling, the governor said by telephone.</p>\
            <p>&quot;We left,&quot; a guard said, and many others had left before him in the night.</p></div></article>\
            <footer>&copy; 2019 The Wire</footer></body></html>";
        let article = read(&Document { bytes: page.as_bytes().to_vec(), ..Document::default() }, &mut Vec::new());
        assert_eq!((article.title.as_deref(), article.publisher.as_deref(), article.language.as_deref()), (Some("Port falls"), Some("The Wire"), Some("en")));
        let (stamp, basis) = article.published.unwrap();
        assert_eq!((stamp.date.to_string().as_str(), stamp.offset, basis), ("2019-03-04", Some(60), PublishedBasis::JsonLd));
        assert_eq!(
            zones(page),
            [
                "title: Port falls",
                "navigation: Home",
                "dateline: ADEN (Reuters) -",
                "body: Rebels took the port on Monday after a week of shelling, the governor said by telephone.",
                "body: \"We left,\" a guard said, and many others had left before him in the night.",
                "navigation: © 2019 The Wire",
            ]
        );
    }

    #[test]
    fn other_languages_are_told() {
        let text = "Les combattants ont quitté le port lundi après une semaine de bombardements qui ont tué plus de quarante personnes, a déclaré le gouverneur. L'aide doit arriver dans la ville mardi, selon les Nations unies.";
        let mut issues = Vec::new();
        let article = read(&Document { bytes: text.as_bytes().to_vec(), ..Document::default() }, &mut issues);
        assert_eq!(article.language.as_deref(), Some("fr"));
        assert!(issues[0].problem.contains("not English"), "{issues:?}");
    }

    /// Pages cut and spliced at random places still give zones that tile the text.
    #[test]
    fn broken_pages() {
        let parts = [
            "<div class=nav>",
            "</div>",
            "<p>",
            "<a href=x>",
            "</a>",
            "<table><tr><td>",
            "</table>",
            "<br>",
            "Rebels took the port. ",
            "By Ann Poe",
            "ADEN (Reuters) - ",
            "(AP Photo/Bo Lee)",
            "“É”Lars Poe/AFP",
            "<script>x</script>",
            "<!--",
            "-->",
            "<figure>",
            "</figure>",
            "\u{0}",
            "—",
            "\n\n",
            "With files from Reuters",
            "<svg><p>",
            "&nbsp;",
            "é",
            "<template>",
            "<select>",
            "<h1>",
            "</p>",
            "<title>",
            "«",
            "／",
            "2019年1月4日",
        ];
        let mut state = 7_u32;
        for _ in 0..400 {
            let mut page = String::new();
            for _ in 0..40 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                page.push_str(parts[(state >> 16) as usize % parts.len()]);
            }
            zones(&page);
            zones(&format!("<html><body>{page}"));
        }
    }

    #[test]
    fn long_and_deep_pages() {
        let sentence = "Fighters left the port on Monday, he said ";
        assert_eq!(zones(&sentence.repeat(25_000)).len(), 1);
        assert_eq!(zones(&"a".repeat(1_000_000)).len(), 1);
        let deep = format!("<html><body>{}", "<div class=x><p>A line of text.<b>".repeat(50_000));
        assert!(!zones(&deep).is_empty());
    }

    #[test]
    fn a_sentence_is_a_story() {
        assert_eq!(zones("Rebels shelled the town on Monday."), ["body: Rebels shelled the town on Monday."]);
        assert_eq!(zones("Rebels shell town"), ["body: Rebels shell town"]);
        assert!(zones("").is_empty());
    }

    #[test]
    fn what_an_article_says_of_itself() {
        let document = Document {
            bytes: b"Friday, January 4, 2019\n\nAn apartment house fell in on Monday.\n\nRelated: A list of such falls\n\nWith files from Reuters".to_vec(),
            title: Some("House  falls".into()),
            path: "news.csv#3".into(),
            ..Document::default()
        };
        let article = read(&document, &mut Vec::new());
        let of = |span: &Span| span.of(&article.text);
        assert!(article.text.starts_with("House falls\nFriday"));
        assert_eq!(article.day().unwrap().to_string(), "2019-01-04");
        assert_eq!(article.published.unwrap().1, PublishedBasis::Text);
        assert_eq!(article.related.iter().map(of).collect::<Vec<_>>(), ["A list of such falls"]);
        assert_eq!(article.wire_credits.iter().map(of).collect::<Vec<_>>(), ["Reuters"]);
        assert_eq!(article.id, identity::article("news.csv#3", &article.text));
    }
}
