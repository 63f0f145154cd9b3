//! Which blocks of an HTML page are its story, and what the others are.
//!
//! First the element that holds the story is found, by where the prose is; then each block in it is scored by its own shape,
//! its markup and its neighbours.

use crate::record::Zone;
use crate::resource::Chrome;
use crate::source::date::Order;

use super::dom::{NodeId, Tree};
use super::hint::Hints;
use super::html::{Chunk, Page, is_heading};
use super::piece::Piece;
use super::wording::{self, ends_sentence};

/// What is known of one block while it is scored.
struct Facts {
    flags: Hints,
    /// Characters.
    length: usize,
    words: usize,
    /// Share of the characters that are in links.
    density: f32,
    /// Told in sentences, and not mostly links.
    prose: bool,
    inside: bool,
    score: f32,
}

/// A page with what was found out about its elements.
struct Survey<'p> {
    tree: &'p Tree,
    page: &'p Page,
    /// Hints of an element and of those round it, without the ones that the bulk of the prose belies.
    flags: Vec<Hints>,
    facts: Vec<Facts>,
}

/// Gives every block of a page its zone. `titles` are what the page's head calls the story.
pub(super) fn settle<'p>(tree: &Tree, page: &'p Page, titles: &[String], order: Order, chrome: &Chrome) -> Vec<Piece<'p>> {
    let mut survey = Survey::new(tree, page);
    let title = survey.title(titles);
    let tops = survey.containers(title);
    let mut is_top = vec![false; tree.nodes.len()];
    tops.iter().for_each(|&top| is_top[top] = true);
    for (chunk, facts) in page.blocks.iter().zip(&mut survey.facts) {
        facts.inside = tree.ancestors(chunk.owner).any(|node| is_top[node]);
    }
    survey.score();
    let mut pieces: Vec<Piece> = Vec::with_capacity(page.blocks.len());
    for (at, chunk) in page.blocks.iter().enumerate() {
        let mut piece = Piece::new(page.of(chunk));
        piece.zone = Some(if Some(at) == title { Zone::Title } else { survey.zone(at, order, chrome) });
        pieces.push(piece);
    }
    survey.settle_headings(&mut pieces);
    survey.settle_standfirst(&mut pieces, title);
    pieces
}

fn is_under(tree: &Tree, node: NodeId, top: NodeId) -> bool {
    tree.ancestors(node).any(|node| node == top)
}

impl<'p> Survey<'p> {
    fn new(tree: &'p Tree, page: &'p Page) -> Self {
        let facts: Vec<Facts> = page.blocks.iter().map(|chunk| Facts::new(page.of(chunk), chunk)).collect();
        let mass = masses(tree, page, |at| if facts[at].prose { facts[at].length } else { 0 });
        let total = mass[Tree::ROOT].max(1);
        let mut flags = vec![Hints::NONE; tree.nodes.len()];
        for &node in &page.elements {
            let mut own = page.hints[node];
            // An element that holds half of all prose is not furniture, whatever it is called ("layout has-sidebar").
            if mass[node] * 2 > total {
                own = own.without(Hints::PAGE).without(Hints::of(Zone::Byline)).without(Hints::of(Zone::Dateline));
            }
            if tree.tag(node) == "figure" {
                own = own.with(Hints::of(Zone::Caption));
            }
            flags[node] = own.with(tree.nodes[node].parent.map_or(Hints::NONE, |parent| flags[parent]));
        }
        let mut survey = Self { tree, page, flags, facts };
        for (chunk, facts) in page.blocks.iter().zip(&mut survey.facts) {
            facts.flags = survey.flags[chunk.owner].with(chunk.inline);
        }
        survey
    }

    /// The elements that hold the story. First down from the root, as long as one child has nearly all the prose of its parent; then, where
    /// the page has several articles, the one with the page's title; then what the page itself calls the body of an article.
    fn containers(&self, title: Option<usize>) -> Vec<NodeId> {
        const MOST: f32 = 0.7;
        const MARKED: f32 = 0.4;
        let story = masses(self.tree, self.page, |at| {
            let facts = &self.facts[at];
            if facts.prose && !facts.flags.any(Hints::PAGE) && !facts.flags.has(Zone::Caption) { facts.length } else { 0 }
        });
        let mut top = Tree::ROOT;
        loop {
            let mut child = self.tree.nodes[top].first_child;
            let mut best = None;
            while let Some(at) = child {
                if best.is_none_or(|best: NodeId| story[at] > story[best]) {
                    best = Some(at);
                }
                child = self.tree.nodes[at].next;
            }
            let leaf = |node| matches!(self.tree.tag(node), "p" | "li" | "span" | "a" | "blockquote" | "pre");
            match best {
                Some(best) if story[best] as f32 >= MOST * story[top] as f32 && story[best] > 0 && !leaf(best) => top = best,
                _ => break,
            }
        }
        top = self.titled_article(top, title, &story).unwrap_or(top);
        let mut marked: Vec<NodeId> = Vec::new();
        for &node in &self.page.elements {
            let body = self.page.hints[node].has(Zone::Body) && story[node] > 0 && !self.flags[node].any(Hints::PAGE);
            if body && is_under(self.tree, node, top) && !marked.last().is_some_and(|&held| is_under(self.tree, node, held)) {
                marked.push(node);
            }
        }
        let held: usize = marked.iter().map(|&node| story[node]).sum();
        if held > 0 && held as f32 >= MARKED * story[top] as f32 { marked } else { vec![top] }
    }

    /// Where several articles stand side by side, the one that shows the page's title.
    fn titled_article(&self, top: NodeId, title: Option<usize>, story: &[usize]) -> Option<NodeId> {
        const LEAST: f32 = 0.08;
        let owner = self.page.blocks.get(title?)?.owner;
        let big = |node: NodeId| story[node] as f32 >= LEAST * story[top] as f32 && story[node] > 0;
        let articles =
            self.page.elements.iter().filter(|&&node| self.tree.tag(node) == "article" && node != top && is_under(self.tree, node, top) && big(node));
        let articles: Vec<NodeId> = articles.copied().collect();
        let outer = |node: NodeId| !articles.iter().any(|&other| other != node && is_under(self.tree, node, other));
        let side_by_side = articles.iter().filter(|&&node| outer(node)).count() >= 2;
        articles.iter().copied().find(|&node| side_by_side && outer(node) && is_under(self.tree, owner, node))
    }

    fn score(&mut self) {
        let near: Vec<f32> = (0..self.facts.len())
            .map(|at| {
                let prose = |other: usize| self.facts.get(other).is_some_and(|facts| facts.inside && facts.prose && !facts.flags.any(Hints::PAGE));
                let before = at.checked_sub(1).is_some_and(prose) || at.checked_sub(2).is_some_and(prose);
                f32::from(u8::from(before)) + f32::from(u8::from(prose(at + 1) || prose(at + 2)))
            })
            .collect();
        let told = |facts: &Facts| facts.inside && facts.prose && !facts.flags.any(Hints::PAGE);
        let first = self.facts.iter().position(told).unwrap_or(0);
        let last = self.facts.iter().rposition(told).unwrap_or(0);
        for (at, chunk) in self.page.blocks.iter().enumerate() {
            let tag = self.tree.tag(chunk.owner);
            let facts = &mut self.facts[at];
            let mut score = near[at];
            // Lists and lone lines between the paragraphs of the story are the story's.
            let between = (first..=last).contains(&at) && facts.density < 0.4;
            if between && !facts.prose {
                score += if facts.words >= 4 { 1.5 } else { 0.5 };
            }
            score += if facts.prose { 3.0 } else { -0.5 };
            score += match facts.density {
                density if density > 0.5 => -4.0,
                density if density > 0.33 => -1.5,
                density if density < 0.1 && facts.words >= 25 => 1.0,
                _ => 0.0,
            };
            score += match tag {
                "p" | "blockquote" | "pre" => 0.5,
                "li" | "td" | "th" | "dt" | "dd" => -0.5,
                _ => 0.0,
            };
            if facts.flags.any(Hints::PAGE) {
                score -= 7.0;
            }
            if near[at] == 0.0 && !facts.prose && !between {
                score -= 1.0;
            }
            facts.score = score;
        }
    }

    /// The block that shows the headline: a heading whose words are those of the page's title.
    fn title(&self, titles: &[String]) -> Option<usize> {
        let heads: Vec<Vec<String>> = titles.iter().map(|title| words(title)).collect();
        let first_prose = self.facts.iter().position(|facts| facts.prose && facts.words >= 25 && !facts.flags.any(Hints::PAGE)).unwrap_or(self.facts.len());
        let mut best: Option<(f32, usize)> = None;
        for (at, chunk) in self.page.blocks.iter().enumerate() {
            let facts = &self.facts[at];
            let tag = self.tree.tag(chunk.owner);
            let headed = is_heading(tag) || facts.flags.has(Zone::Title);
            if facts.words > 40 || facts.words == 0 || !headed && heads.is_empty() {
                continue;
            }
            let own = words(self.page.of(chunk));
            let shared = heads.iter().map(|head| overlap(&own, head)).fold(0.0, f32::max);
            let mut score = shared * 3.0;
            score += match tag {
                "h1" => 1.5,
                "h2" => 0.5,
                _ if facts.flags.has(Zone::Title) => 0.5,
                _ => -0.5,
            };
            score += if at <= first_prose { 0.5 } else { -1.0 };
            if facts.flags.has(Zone::Navigation) || facts.flags.has(Zone::Related) {
                score -= 1.5;
            }
            let least = if heads.is_empty() { 1.5 } else { 2.4 };
            if score >= least && best.is_none_or(|(held, _)| score > held) {
                best = Some((score, at));
            }
        }
        best.map(|(_, at)| at)
    }

    fn zone(&self, at: usize, order: Order, chrome: &Chrome) -> Zone {
        let (chunk, facts) = (&self.page.blocks[at], &self.facts[at]);
        let text = self.page.of(chunk);
        let flags = facts.flags;
        let short = facts.length <= 180;
        if flags.has(Zone::Caption) && !flags.any(Hints::PAGE) && facts.length <= 1200 {
            let credit = flags.has(Zone::Credit) && facts.length <= 160 || wording::is_credit(text, chrome);
            return if credit { Zone::Credit } else { Zone::Caption };
        }
        if flags.has(Zone::Credit) && short && facts.density < 0.5 && !flags.any(Hints::PAGE) && !ends_sentence(text) {
            return Zone::Credit;
        }
        if let Some(zone) = wording::zone(text, order, chrome) {
            return zone;
        }
        if flags.has(Zone::Legend) && !flags.any(Hints::PAGE) && short {
            return Zone::Legend;
        }
        if !flags.any(Hints::PAGE) && short && !facts.prose {
            if flags.has(Zone::Byline) {
                return Zone::Byline;
            }
            if flags.has(Zone::Dateline) && text.chars().any(|c| c.is_ascii_digit()) {
                return Zone::Dateline;
            }
        }
        if facts.inside && facts.score >= 0.5 && !flags.has(Zone::Byline) {
            return Zone::Body;
        }
        if flags.has(Zone::Related) && !flags.has(Zone::Navigation) {
            return Zone::Related;
        }
        // Links of a headline's length lead to other stories, wherever they stand.
        if facts.density > 0.5 && facts.words >= if flags.has(Zone::Navigation) { 5 } else { 4 } {
            return Zone::Related;
        }
        if flags.has(Zone::Navigation) || facts.density > 0.5 {
            return Zone::Navigation;
        }
        if facts.words < 5 { Zone::Navigation } else { Zone::Other }
    }

    /// What stands between the headline and the body, outside its element: a lone sentence under the headline is its deck, and is typed as
    /// title; several open the story.
    fn settle_standfirst(&self, pieces: &mut [Piece<'_>], title: Option<usize>) {
        const FARTHEST: usize = 25;
        const DECK: usize = 45;
        let Some(title) = title else { return };
        for at in title + 1..pieces.len().min(title + 5) {
            let facts = &self.facts[at];
            let deck = facts.flags.has(Zone::Title) && !is_heading(self.tree.tag(self.page.blocks[at].owner)) && facts.words >= 4 && facts.density < 0.2;
            if deck && !facts.flags.any(Hints::PAGE) && matches!(pieces[at].zone, Some(Zone::Body | Zone::Other)) {
                pieces[at].zone = Some(Zone::Title);
            }
        }
        let Some(body) = pieces.iter().position(|piece| piece.is(Zone::Body)).filter(|&body| body > title && body - title < FARTHEST) else { return };
        let told = |at: usize| {
            let facts = &self.facts[at];
            facts.prose && facts.words >= 8 && facts.density < 0.2 && !facts.flags.has(Zone::Byline)
        };
        let told: Vec<usize> = (title + 1..body).filter(|&at| pieces[at].is(Zone::Other) && told(at)).collect();
        let zone = match told.as_slice() {
            [one] if self.facts[*one].words <= DECK => Zone::Title,
            _ => Zone::Body,
        };
        for at in told {
            pieces[at].zone = Some(zone);
        }
    }

    /// A heading belongs to the body where body follows it.
    fn settle_headings(&self, pieces: &mut [Piece<'_>]) {
        for at in (0..pieces.len()).rev() {
            let tag = self.tree.tag(self.page.blocks[at].owner);
            let facts = &self.facts[at];
            if !is_heading(tag)
                || !facts.inside
                || facts.flags.any(Hints::PAGE)
                || !matches!(pieces[at].zone, Some(Zone::Body | Zone::Other | Zone::Navigation))
            {
                continue;
            }
            let next = pieces[at + 1..].iter().find(|piece| !matches!(piece.zone, Some(Zone::Caption | Zone::Credit)));
            let followed = next.is_some_and(|next| next.is(Zone::Body));
            pieces[at].zone = Some(if followed { Zone::Body } else { Zone::Other });
        }
    }
}

impl Facts {
    fn new(text: &str, chunk: &Chunk) -> Self {
        let length = text.chars().count();
        let words = text.split_whitespace().count();
        let density = chunk.linked as f32 / text.len().max(1) as f32;
        // Languages without spaces between words count by characters.
        let wordy = words >= 10 || words < 4 && length >= 40;
        let prose = density < 0.4 && (wordy && (ends_sentence(text) || length >= 140) || words >= 5 && ends_sentence(text) && density < 0.1);
        Self { flags: Hints::NONE, length, words, density, prose, inside: false, score: 0.0 }
    }
}

/// For every node, the sum over the blocks under it.
fn masses(tree: &Tree, page: &Page, of: impl Fn(usize) -> usize) -> Vec<usize> {
    let mut mass = vec![0_usize; tree.nodes.len()];
    for (at, chunk) in page.blocks.iter().enumerate() {
        mass[chunk.owner] += of(at);
    }
    // Children open after their parents: from the last element up, every sum is whole when it is passed on.
    for &node in page.elements.iter().rev() {
        if let Some(parent) = tree.nodes[node].parent {
            mass[parent] += mass[node];
        }
    }
    mass
}

fn words(text: &str) -> Vec<String> {
    wording::Plain::new(text).words().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Share of the words of two lines that they have in common, by the longer; the head's title may add the site's name.
fn overlap(shown: &[String], head: &[String]) -> f32 {
    if shown.is_empty() || head.is_empty() {
        return 0.0;
    }
    let common = shown.iter().filter(|word| head.contains(word)).count() as f32;
    let (own, other) = (common / shown.len() as f32, common / head.len() as f32);
    own.min(other + 0.3)
}
