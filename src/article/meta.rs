//! What a page says of itself outside its text: JSON-LD, meta tags, time elements, links.

use serde_json::Value;

use crate::record::{PublishedBasis, Stamp, Zone};
use crate::source::date::{self, Order};

use super::Told;
use super::dom::{NodeId, Tree};
use super::hint::Hints;
use super::html::Page;

/// Meta tags that hold the publication date, the most exact first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "publishdate",
    "publish_date",
    "publish-date",
    "published_time",
    "published_time_telegram",
    "published",
    "pubdate",
    "article.published",
    "article:publicationdate",
    "article_date_original",
    "originalpublicationdate",
    "publication_date",
    "publication-date",
    "date_published",
    "article:post_time",
    "article:create",
    "ptime",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dc:date",
    "dcsext.articlefirstpublished",
    "rnews:datepublished",
    "bt:pubdate",
    "cre",
    "displaydate",
    "timestamp",
    "citation_publication_date",
    "citation_date",
    "prism.publicationdate",
    "sdate",
    "date",
    "og:pubdate",
    "og:publish_date",
    "gentime",
    "weibo: article:create_at",
    "shareaholic:article_published_time",
    "article:date",
    "article-date",
    "release_date",
    "created",
    "date.created",
    "creation_date",
    "vr:published_time",
];

/// Meta tags that hold the date of the last change.
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "og:modified_time",
    "datemodified",
    "dateupdated",
    "dcterms.modified",
    "dc.date.modified",
    "dc.modified",
    "modified",
    "modified_time",
    "lastmod",
    "last-modified",
    "last_modified",
    "article:updated_time",
    "updated_time",
    "revised",
    "update_time",
];

/// Reads the head of a page, its JSON-LD and its links.
pub(super) fn read(tree: &Tree) -> Told {
    let mut told = Told::default();
    let mut metas: Vec<(String, &str)> = Vec::new();
    let mut scripts: Vec<Value> = Vec::new();
    let mut head_title = None;
    for node in 0..tree.nodes.len() {
        match tree.tag(node) {
            "meta" => {
                let content = tree.attribute(node, "content").unwrap_or("").trim();
                for key in ["property", "name", "itemprop", "http-equiv"] {
                    if let Some(name) = tree.attribute(node, key).filter(|_| !content.is_empty()) {
                        metas.push((name.trim().to_ascii_lowercase(), content));
                    }
                }
            }
            "title" if head_title.is_none() && tree.nodes[node].parent.is_some_and(|parent| tree.tag(parent) == "head") => {
                head_title = Some(squeeze(&tree.text(node)));
            }
            "html" => told.language = tree.attribute(node, "lang").or_else(|| tree.attribute(node, "xml:lang")).map(str::to_owned),
            "link" if rel(tree, node, "canonical") => told.url = told.url.take().or_else(|| tree.attribute(node, "href").map(|href| href.trim().to_owned())),
            "a" | "link" if rel(tree, node, "license") => {
                told.licence = told.licence.take().or_else(|| tree.attribute(node, "href").map(|href| href.trim().to_owned()));
            }
            "script" if tree.attribute(node, "type").is_some_and(|kind| kind.trim().to_ascii_lowercase().starts_with("application/ld+json")) => {
                scripts.extend(json(&tree.text(node)));
            }
            _ => {}
        }
    }
    let meta = |names: &[&str]| names.iter().find_map(|name| metas.iter().find(|(key, _)| key == name).map(|(_, content)| squeeze(content)));
    let linked = Linked::find(&scripts);
    told.language =
        told.language.filter(|code| !code.is_empty()).or_else(|| meta(&["content-language", "og:locale", "dc.language", "language"])).or(linked.language);
    told.url = told.url.filter(|url| url.starts_with("http")).or_else(|| meta(&["og:url"])).filter(|url| url.starts_with("http"));
    told.publisher =
        meta(&["og:site_name"]).or(linked.publisher).or_else(|| meta(&["dc.publisher", "publisher", "application-name"])).filter(|name| name.len() <= 100);
    told.licence = told.licence.or(linked.licence).or_else(|| {
        meta(&["dc.rights", "dcterms.license", "dcterms.rights"])
            .filter(|text| text.to_lowercase().contains("creative commons") || text.contains("CC BY") || text.contains("CC0"))
    });
    told.order = order(told.language.as_deref(), told.url.as_deref());
    let stamp = |text: String| date::machine(&text, told.order);
    let dated = |names: &[&str]| names.iter().find_map(|name| metas.iter().find(|(key, _)| key == name).and_then(|(_, content)| stamp(squeeze(content))));
    told.published =
        linked.published.and_then(stamp).map(|found| (found, PublishedBasis::JsonLd)).or_else(|| dated(PUBLISHED).map(|found| (found, PublishedBasis::Meta)));
    told.page_published = linked.page_published.and_then(stamp).map(|found| (found, PublishedBasis::JsonLd));
    told.modified = linked.modified.and_then(stamp).or_else(|| dated(MODIFIED));
    let titles = [linked.headline, meta(&["og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "headline"]), head_title];
    told.titles = titles.into_iter().flatten().filter(|title| !title.is_empty()).collect();
    told
}

fn rel(tree: &Tree, node: NodeId, wanted: &str) -> bool {
    tree.attribute(node, "rel").is_some_and(|rel| rel.split_whitespace().any(|word| word.eq_ignore_ascii_case(wanted)))
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Day first or month first, by the region of the language or of the site; neither for plain "en" on an international domain.
pub(super) fn order(language: Option<&str>, url: Option<&str>) -> Order {
    let language = language.unwrap_or("").to_ascii_lowercase().replace('_', "-");
    if language == "en-us" {
        return Order::MonthFirst;
    }
    if language.len() >= 2 && !language.starts_with("en")
        || matches!(language.as_str(), "en-gb" | "en-au" | "en-nz" | "en-ie" | "en-in" | "en-za" | "en-pk" | "en-ng" | "en-ke")
    {
        return Order::DayFirst;
    }
    let host = url.and_then(|url| url.split("://").nth(1)).and_then(|rest| rest.split(['/', ':', '?']).next()).unwrap_or("");
    let top = host.rsplit('.').next().unwrap_or("");
    match top {
        "us" | "gov" | "mil" => Order::MonthFirst,
        "ca" | "ph" => Order::Unknown,
        _ if top.len() == 2 && !matches!(top, "io" | "co" | "tv" | "me" | "ai" | "fm" | "ly") => Order::DayFirst,
        _ => Order::Unknown,
    }
}

/// The values in a JSON-LD script. Many pages have raw line breaks in strings, or comment marks round the script.
fn json(text: &str) -> Option<Value> {
    let text =
        text.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim_end_matches("-->").trim().trim_end_matches(';');
    serde_json::from_str(text).ok().or_else(|| {
        let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&clean).ok()
    })
}

/// What JSON-LD says of the article.
#[derive(Default)]
struct Linked {
    headline: Option<String>,
    published: Option<String>,
    /// Of the page that holds the article, where the article itself is not described.
    page_published: Option<String>,
    modified: Option<String>,
    publisher: Option<String>,
    language: Option<String>,
    licence: Option<String>,
}

impl Linked {
    fn find(scripts: &[Value]) -> Self {
        let mut linked = Self::default();
        // Objects in the order in which they stand, an outer one before those in it.
        let mut stack: Vec<&Value> = scripts.iter().rev().collect();
        while let Some(value) = stack.pop() {
            match value {
                Value::Array(list) => stack.extend(list.iter().rev()),
                Value::Object(object) => {
                    let text = |key: &str| object.get(key).and_then(as_text).filter(|text| !text.is_empty());
                    let is = |of: fn(&str) -> bool| match object.get("@type") {
                        Some(Value::String(kind)) => of(kind),
                        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(of),
                        _ => false,
                    };
                    if is(|kind| {
                        kind.contains("Article")
                            || kind.ends_with("Posting")
                            || matches!(kind, "Report" | "Review" | "AnalysisNewsArticle" | "CreativeWork" | "VideoObject" | "Recipe")
                    }) {
                        let video = is(|kind| kind == "VideoObject");
                        let held = linked.published.is_some() || video && linked.headline.is_some();
                        if !held && !video {
                            linked.headline = text("headline").or_else(|| text("name"));
                            linked.published = text("datePublished").or_else(|| text("dateCreated"));
                            linked.modified = text("dateModified");
                            linked.language = text("inLanguage");
                            linked.licence = text("license");
                            linked.publisher = object.get("publisher").and_then(as_text);
                        }
                    } else if is(|kind| matches!(kind, "WebPage" | "ItemPage" | "AboutPage")) {
                        linked.page_published = linked.page_published.take().or_else(|| text("datePublished"));
                        linked.modified = linked.modified.take().or_else(|| text("dateModified"));
                    }
                    stack.extend(object.values().filter(|value| value.is_object() || value.is_array()).collect::<Vec<_>>().into_iter().rev());
                }
                _ => {}
            }
        }
        linked
    }
}

/// A value's own text, or the name or address of the thing it describes.
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(squeeze(text)),
        Value::Array(list) => list.first().and_then(as_text),
        Value::Object(object) => ["name", "@value", "url", "@id"].iter().find_map(|key| object.get(*key)?.as_str()).map(squeeze),
        _ => None,
    }
}

/// The publication date that the page's own elements state: `itemprop="datePublished"`, `<time pubdate>`, `<abbr class="published">`, else the
/// first `<time>` that belongs to no list of links, and no comment.
pub(super) fn time_element(tree: &Tree, page: &Page, order: Order) -> Option<Stamp> {
    let mut first = None;
    for &node in &page.elements {
        let tag = tree.tag(node);
        let class = tree.attribute(node, "class").unwrap_or("").to_ascii_lowercase();
        let property = tree.attribute(node, "itemprop").unwrap_or("").to_ascii_lowercase();
        let published = property.contains("datepublished") || property == "datecreated" || tree.attribute(node, "pubdate").is_some();
        let timed = tag == "time" || published || tag == "abbr" && class.contains("published") || tree.attribute(node, "datetime").is_some();
        if !timed || property.contains("modified") || class.contains("updated") && !class.contains("published") {
            continue;
        }
        let value = ["datetime", "content", "title"].iter().find_map(|name| tree.attribute(node, name).filter(|value| !value.trim().is_empty()));
        let stamp = value.and_then(|value| date::machine(value, order)).or_else(|| date::find(&tree.text(node), order).map(|(stamp, _)| stamp));
        let Some(stamp) = stamp else { continue };
        if published || class.contains("published") && tag == "time" {
            return Some(stamp);
        }
        let aside = super::html::inherited(tree, page, node, Tree::ROOT, |node| matches!(tree.tag(node), "html" | "body"))
            .any(Hints::of(Zone::Related).with(Hints::of(Zone::Navigation)));
        if !aside && first.is_none() {
            first = Some(stamp);
        }
    }
    first
}

/// A Creative Commons licence that the text names.
pub(super) fn licence(text: &str) -> Option<String> {
    const PHRASES: [&str; 6] = ["Creative Commons Attribution", "CC BY-SA", "CC BY-NC", "CC BY", "Creative Commons licence", "Creative Commons license"];
    PHRASES.iter().find(|phrase| text.contains(*phrase)).map(|phrase| (*phrase).to_owned())
}
