//! HTML to blocks: visible text in reading order, each block with what the markup around it says.

use crate::record::Zone;
use crate::resource::Chrome;

use super::dom::{Data, NodeId, Tree};
use super::hint::{self, Hints, Words};
use super::wording::ends_sentence;

/// Visible text of a page, in blocks.
pub(super) struct Page {
    /// All of it; blocks are stretches of this.
    pub text: String,
    /// In reading order.
    pub blocks: Vec<Chunk>,
    /// What every element says of its inside, by node; for elements with visible text only.
    pub hints: Vec<Hints>,
    /// Elements in the order in which they open.
    pub elements: Vec<NodeId>,
}

/// A block of visible text.
pub(super) struct Chunk {
    pub start: usize,
    pub end: usize,
    /// The nearest element that makes a block.
    pub owner: NodeId,
    /// Characters of it that are in links.
    pub linked: usize,
    /// What inline elements in it say ("time", "author").
    pub inline: Hints,
}

impl Page {
    pub(super) fn of(&self, chunk: &Chunk) -> &str {
        &self.text[chunk.start..chunk.end]
    }
}

/// Whether an element starts a block of its own.
fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "button"
    )
}

/// Whether an element's inside is never shown as text.
fn is_unseen(tag: &str) -> bool {
    matches!(
        tag,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "math"
            | "iframe"
            | "object"
            | "embed"
            | "canvas"
            | "audio"
            | "video"
            | "select"
            | "textarea"
            | "head"
            | "title"
            | "datalist"
            | "map"
            | "noembed"
            | "noframes"
            | "applet"
            | "input"
    )
}

/// Whether an element says that it is not shown.
fn is_hidden(tree: &Tree, node: NodeId) -> bool {
    if tree.attribute(node, "hidden").is_some() || tree.attribute(node, "aria-hidden") == Some("true") && tree.tag(node) != "body" {
        return true;
    }
    tree.attribute(node, "style").is_some_and(|style| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    })
}

/// Walks the page. `all` shows also what is hidden until a script shows it.
pub(super) fn blocks(tree: &Tree, all: bool, chrome: &Chrome) -> Page {
    let mut page = Page { text: String::new(), blocks: Vec::new(), hints: vec![Hints::NONE; tree.nodes.len()], elements: Vec::new() };
    let mut words = Words::default();
    let mut open = Open { start: 0, owner: Tree::ROOT, linked: 0, inline: Hints::NONE };
    let mut links = 0_usize;
    // Elements on the way down: the node, and the block that holds its parent.
    let mut stack: Vec<(NodeId, bool)> = vec![(Tree::ROOT, false)];
    let mut owners: Vec<NodeId> = vec![Tree::ROOT];
    let mut inline: Vec<Hints> = vec![Hints::NONE];
    while let Some((node, leaving)) = stack.pop() {
        if leaving {
            let tag = tree.tag(node);
            if is_block(tag) {
                open.close(&mut page);
                owners.pop();
                inline.pop();
                open.owner = owners.last().copied().unwrap_or(Tree::ROOT);
            } else {
                if page.hints[node].has(Zone::Credit) && owners.iter().any(|&owner| in_caption(tree, &page, owner)) {
                    open.close(&mut page);
                }
                inline.pop();
            }
            links -= usize::from(tag == "a");
            continue;
        }
        match &tree.nodes[node].data {
            Data::Text(text) => {
                open.inline = open.inline.with(inline.last().copied().unwrap_or_default());
                open.push(text, links > 0, &mut page);
            }
            Data::Hidden => {}
            Data::Document => push_children(tree, node, &mut stack),
            Data::Element { .. } => {
                let tag = tree.tag(node);
                if is_unseen(tag) || !all && is_hidden(tree, node) {
                    continue;
                }
                if tag == "br" {
                    page.text.push('\n');
                    continue;
                }
                page.elements.push(node);
                page.hints[node] = hint::of(tree, node, chrome, &mut words);
                if is_block(tag) {
                    open.close(&mut page);
                    owners.push(node);
                    inline.push(Hints::NONE);
                    open.owner = node;
                } else {
                    // A credit inside a caption is a block of its own.
                    if page.hints[node].has(Zone::Credit) && owners.iter().any(|&owner| in_caption(tree, &page, owner)) {
                        open.close(&mut page);
                    }
                    let outer = inline.last().copied().unwrap_or_default();
                    inline.push(outer.with(page.hints[node]));
                }
                links += usize::from(tag == "a");
                stack.push((node, true));
                push_children(tree, node, &mut stack);
            }
        }
    }
    open.close(&mut page);
    page
}

fn in_caption(tree: &Tree, page: &Page, node: NodeId) -> bool {
    page.hints[node].has(Zone::Caption) || tree.tag(node) == "figure"
}

fn push_children(tree: &Tree, node: NodeId, stack: &mut Vec<(NodeId, bool)>) {
    let mut child = tree.nodes[node].last_child;
    while let Some(at) = child {
        stack.push((at, false));
        child = tree.nodes[at].previous;
    }
}

/// The block that is being filled: the end of the page's text from `start` on.
struct Open {
    start: usize,
    owner: NodeId,
    linked: usize,
    inline: Hints,
}

impl Open {
    fn push(&mut self, text: &str, link: bool, page: &mut Page) {
        let before = page.text.len();
        for c in text.chars() {
            if c.is_whitespace() {
                if page.text.len() > self.start && !page.text.ends_with([' ', '\n']) {
                    page.text.push(' ');
                }
            } else if !c.is_control() && !matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{2060}' | '\u{e000}'..='\u{f8ff}') {
                page.text.push(c);
            }
        }
        if link {
            self.linked += page.text.len() - before;
        }
    }

    /// Ends the block. Line breaks in it end a paragraph where two stand together, or where the line before reads as whole.
    fn close(&mut self, page: &mut Page) {
        let text = page.text.split_off(self.start);
        let (total, linked) = (text.trim().len(), self.linked);

        let mut parts: Vec<String> = Vec::new();
        let mut gap = 0_usize;
        for line in text.split('\n') {
            let line = line.trim();
            if line.is_empty() {
                gap += 1;
                continue;
            }
            let joined = parts.last_mut().filter(|last| gap < 1 && !ends_sentence(last) && !(last.len() < 60 && line.starts_with(char::is_uppercase)));
            match joined {
                Some(last) => {
                    last.push(' ');
                    last.push_str(line);
                }
                None => parts.push(line.to_owned()),
            }
            gap = 0;
        }
        for part in parts {
            let start = page.text.len();
            page.text.push_str(&part);
            // Links are not followed into the lines of a block: each has its share.
            let share = (linked * part.len()).div_ceil(total.max(1)).min(part.len());
            page.blocks.push(Chunk { start, end: page.text.len(), owner: self.owner, linked: share, inline: self.inline });
        }
        self.start = page.text.len();
        self.linked = 0;
        self.inline = Hints::NONE;
    }
}

/// The zones that an element's ancestors speak of, from the element up to and without `top`, leaving out what `ignored` says.
pub(super) fn inherited(tree: &Tree, page: &Page, node: NodeId, top: NodeId, ignored: impl Fn(NodeId) -> bool) -> Hints {
    tree.ancestors(node).take_while(|&node| node != top).filter(|&node| !ignored(node)).fold(Hints::NONE, |hints, node| hints.with(page.hints[node]))
}

/// Whether a tag is a heading.
pub(super) fn is_heading(tag: &str) -> bool {
    matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}
