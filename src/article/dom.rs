//! HTML to a tree in one arena, by html5ever. Nothing here recurses: pages nest tens of thousands deep.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, Namespace, QualName, TokenizerResult};

/// Index of a node in its tree.
pub(super) type NodeId = usize;

/// Elements nested deeper than this are left out, their text kept. html5ever walks the stack of open elements for many tags,
/// so that without a limit a page of nothing but open tags takes quadratic time.
const DEEPEST: usize = 400;

/// An element, a text, or something that is not shown.
pub(super) struct Node {
    pub parent: Option<NodeId>,
    pub first_child: Option<NodeId>,
    pub last_child: Option<NodeId>,
    pub next: Option<NodeId>,
    pub previous: Option<NodeId>,
    pub data: Data,
}

/// What a node is.
pub(super) enum Data {
    Document,
    Element { name: QualName, attributes: Vec<Attribute> },
    Text(StrTendril),
    Hidden,
}

/// A page as a tree.
pub(super) struct Tree {
    pub nodes: Vec<Node>,
}

impl Tree {
    pub(super) const ROOT: NodeId = 0;

    /// Parses a page; every string of characters is one.
    pub(super) fn parse(html: &str) -> Self {
        let options = TreeBuilderOpts { scripting_enabled: true, ..TreeBuilderOpts::default() };
        let builder = TreeBuilder::new(Sink::new(), options);
        let tokenizer = Tokenizer::new(Shallow { builder, depth: Cell::new(0), dropped: Cell::new(0) }, TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(html));
        // The tokenizer pauses after each script, for a browser to run it.
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        tokenizer.end();
        tokenizer.sink.builder.sink.finish()
    }

    /// The name of an element, "" for anything else.
    pub(super) fn tag(&self, node: NodeId) -> &str {
        match &self.nodes[node].data {
            Data::Element { name, .. } => &name.local,
            _ => "",
        }
    }

    /// An attribute of an element.
    pub(super) fn attribute(&self, node: NodeId, wanted: &str) -> Option<&str> {
        match &self.nodes[node].data {
            Data::Element { attributes, .. } => attributes.iter().find(|attribute| &*attribute.name.local == wanted).map(|attribute| &*attribute.value),
            _ => None,
        }
    }

    /// The node after `node` in reading order within `top`, not going into `node` if `skip`.
    pub(super) fn following(&self, node: NodeId, top: NodeId, skip: bool) -> Option<NodeId> {
        if let Some(child) = self.nodes[node].first_child.filter(|_| !skip) {
            return Some(child);
        }
        let mut at = node;
        while at != top {
            if let Some(next) = self.nodes[at].next {
                return Some(next);
            }
            at = self.nodes[at].parent?;
        }
        None
    }

    /// A node and what holds it, up to the root.
    pub(super) fn ancestors(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(Some(node), |&node| self.nodes[node].parent)
    }

    /// All text under a node, spaces as they stand.
    pub(super) fn text(&self, top: NodeId) -> String {
        let mut text = String::new();
        let mut at = Some(top);
        while let Some(node) = at {
            if let Data::Text(part) = &self.nodes[node].data {
                text.push_str(part);
            }
            at = self.following(node, top, false);
        }
        text
    }
}

/// Drops start tags that would nest too deep, and the end tags that answer them, on the way to the tree builder.
struct Shallow {
    builder: TreeBuilder<NodeId, Sink>,
    /// Elements open, as far as tags tell.
    depth: Cell<usize>,
    dropped: Cell<usize>,
}

impl Shallow {
    fn drops(&self, token: &Token) -> bool {
        let Token::TagToken(tag) = token else { return false };
        // Elements that are never or seldom closed say nothing of depth.
        const PASSED: [&str; 37] = [
            "p",
            "li",
            "td",
            "tr",
            "th",
            "dd",
            "dt",
            "option",
            "tbody",
            "thead",
            "tfoot",
            "colgroup",
            "br",
            "hr",
            "img",
            "input",
            "meta",
            "link",
            "area",
            "base",
            "col",
            "embed",
            "source",
            "track",
            "wbr",
            "param",
            "html",
            "body",
            // Raw text must reach the builder, which tells the tokenizer to read it as such.
            "script",
            "style",
            "textarea",
            "title",
            "noscript",
            "iframe",
            "xmp",
            "noframes",
            "plaintext",
        ];
        if tag.self_closing || PASSED.contains(&&*tag.name) {
            return false;
        }
        let (depth, dropped) = (self.depth.get(), self.dropped.get());
        match tag.kind {
            TagKind::StartTag if depth >= DEEPEST => {
                self.dropped.set(dropped + 1);
                true
            }
            TagKind::StartTag => {
                self.depth.set(depth + 1);
                false
            }
            TagKind::EndTag if dropped > 0 => {
                self.dropped.set(dropped - 1);
                true
            }
            TagKind::EndTag => {
                self.depth.set(depth.saturating_sub(1));
                false
            }
        }
    }
}

impl TokenSink for Shallow {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        if self.drops(&token) { TokenSinkResult::Continue } else { self.builder.process_token(token, line) }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Builds the tree as html5ever calls for it.
struct Sink {
    nodes: RefCell<Vec<Node>>,
}

/// A name that does not borrow from the arena. Names are interned: a copy is a few words.
#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Sink {
    fn new() -> Self {
        let sink = Self { nodes: RefCell::default() };
        sink.add(Data::Document);
        sink
    }

    fn add(&self, data: Data) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { parent: None, first_child: None, last_child: None, next: None, previous: None, data });
        nodes.len() - 1
    }

    fn detach(&self, node: NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        let (parent, previous, next) = (nodes[node].parent.take(), nodes[node].previous.take(), nodes[node].next.take());
        match previous {
            Some(previous) => nodes[previous].next = next,
            None => {
                if let Some(parent) = parent {
                    nodes[parent].first_child = next;
                }
            }
        }
        match next {
            Some(next) => nodes[next].previous = previous,
            None => {
                if let Some(parent) = parent {
                    nodes[parent].last_child = previous;
                }
            }
        }
    }

    fn append_node(&self, parent: NodeId, node: NodeId) {
        self.detach(node);
        let mut nodes = self.nodes.borrow_mut();
        let last = nodes[parent].last_child.replace(node);
        nodes[node].parent = Some(parent);
        nodes[node].previous = last;
        match last {
            Some(last) => nodes[last].next = Some(node),
            None => nodes[parent].first_child = Some(node),
        }
    }

    fn push_text(&self, node: NodeId, text: &StrTendril) {
        if let Data::Text(held) = &mut self.nodes.borrow_mut()[node].data {
            held.push_tendril(text);
        }
    }

    fn append_text(&self, parent: NodeId, text: StrTendril) {
        let last = self.nodes.borrow()[parent].last_child;
        let held = last.filter(|&last| matches!(self.nodes.borrow()[last].data, Data::Text(_)));
        if let Some(held) = held {
            self.push_text(held, &text);
            return;
        }
        let node = self.add(Data::Text(text));
        self.append_node(parent, node);
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Tree;
    type ElemName<'a> = Name;

    fn finish(self) -> Tree {
        Tree { nodes: self.nodes.into_inner() }
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        Tree::ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Name {
        match &self.nodes.borrow()[*target].data {
            Data::Element { name, .. } => Name(name.clone()),
            _ => Name(QualName::new(None, Namespace::default(), LocalName::default())),
        }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _flags: ElementFlags) -> NodeId {
        self.add(Data::Element { name, attributes })
    }

    fn create_comment(&self, _text: StrTendril) -> NodeId {
        self.add(Data::Hidden)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> NodeId {
        self.add(Data::Hidden)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        match child {
            NodeOrText::AppendNode(node) => self.append_node(*parent, node),
            NodeOrText::AppendText(text) => self.append_text(*parent, text),
        }
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        if self.nodes.borrow()[*element].parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public: StrTendril, _system: StrTendril) {}

    /// What a template holds is not shown: it hangs nowhere.
    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let node = match child {
            NodeOrText::AppendNode(node) => node,
            NodeOrText::AppendText(text) => self.add(Data::Text(text)),
        };
        self.detach(node);
        let mut nodes = self.nodes.borrow_mut();
        let (parent, previous) = (nodes[*sibling].parent, nodes[*sibling].previous.replace(node));
        nodes[node].parent = parent;
        nodes[node].previous = previous;
        nodes[node].next = Some(*sibling);
        match previous {
            Some(previous) => nodes[previous].next = Some(node),
            None => {
                if let Some(parent) = parent {
                    nodes[parent].first_child = Some(node);
                }
            }
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, added: Vec<Attribute>) {
        if let Data::Element { attributes, .. } = &mut self.nodes.borrow_mut()[*target].data {
            for attribute in added {
                if !attributes.iter().any(|held| held.name == attribute.name) {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        loop {
            let child = self.nodes.borrow()[*node].first_child;
            match child {
                Some(child) if child != *new_parent => self.append_node(*new_parent, child),
                _ => break,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_text_in_order() {
        let tree = Tree::parse("<p>One <b>two</b><p>three<table>four<tr><td>five</table>");
        assert_eq!(tree.text(Tree::ROOT), "One twothreefourfive");
    }

    #[test]
    fn deep_pages() {
        let html = format!("{}text{}", "<div><b>".repeat(50_000), "</div>".repeat(10));
        assert_eq!(Tree::parse(&html).text(Tree::ROOT), "text");
        let html = format!("{}text", "<div>".repeat(50_000));
        assert_eq!(Tree::parse(&html).text(Tree::ROOT), "text");
    }
}
