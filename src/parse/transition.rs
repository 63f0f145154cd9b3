//! The arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez and Satta 2011), with the root at the end of the buffer.

/// No node.
pub const NONE: u16 = u16::MAX;

/// What the parser does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Moves the next word onto the stack.
    Shift = 0,
    /// The top of the stack depends on the next word.
    Left = 1,
    /// The top of the stack depends on the word below it.
    Right = 2,
}

impl Action {
    /// In the order of the scores.
    pub const ALL: [Action; 3] = [Action::Shift, Action::Left, Action::Right];
}

/// What is known of a node so far.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Governor; the number of words means the root.
    pub head: u16,
    /// Relation, as an index into `Deprel::ALL`.
    pub label: u8,
    /// First and second child from the left end.
    pub left: [u16; 2],
    /// First and second child from the right end.
    pub right: [u16; 2],
    /// Number of children to the left and to the right.
    pub valency: [u8; 2],
    /// Relations of its children, a bit each.
    pub labels: u64,
}

impl Default for Node {
    fn default() -> Self {
        Self { head: NONE, label: 0, left: [NONE; 2], right: [NONE; 2], valency: [0; 2], labels: 0 }
    }
}

/// A parse under way.
#[derive(Debug, Default)]
pub struct State {
    /// One a word, and the root.
    pub nodes: Vec<Node>,
    /// Words whose governor is open, the newest last.
    pub stack: Vec<u16>,
    /// The next word; the number of words when only the root is left.
    pub next: u16,
}

impl State {
    /// Begins a sentence of `count` words.
    pub fn start(&mut self, count: usize) {
        self.nodes.clear();
        self.nodes.resize(count + 1, Node::default());
        self.stack.clear();
        self.next = 0;
    }

    fn root(&self) -> u16 {
        (self.nodes.len() - 1) as u16
    }

    /// Whether every word has its governor.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.stack.is_empty() && self.next == self.root()
    }

    /// The node `depth` below the top of the stack.
    #[must_use]
    pub fn stacked(&self, depth: usize) -> u16 {
        self.stack.len().checked_sub(depth + 1).map_or(NONE, |index| self.stack[index])
    }

    /// Whether `action` may be done: one word only hangs on the root, and the tree is whole.
    #[must_use]
    pub fn allows(&self, action: Action) -> bool {
        match action {
            Action::Shift => self.next < self.root(),
            Action::Left => !self.stack.is_empty() && (self.next < self.root() || self.stack.len() == 1),
            Action::Right => self.stack.len() >= 2,
        }
    }

    /// Governor and dependent that `action` would join.
    #[must_use]
    pub fn arc(&self, action: Action) -> Option<(u16, u16)> {
        match action {
            Action::Shift => None,
            Action::Left => Some((self.next, self.stacked(0))),
            Action::Right => Some((self.stacked(1), self.stacked(0))),
        }
    }

    /// Does `action`; `label` is the relation of the arc it makes.
    pub fn apply(&mut self, action: Action, label: u8) {
        let Some((head, child)) = self.arc(action) else {
            self.stack.push(self.next);
            self.next += 1;
            return;
        };
        self.stack.pop();
        let node = &mut self.nodes[child as usize];
        node.head = head;
        node.label = label;
        let node = &mut self.nodes[head as usize];
        node.labels |= 1 << label;
        // Children come nearest first on the left of the next word, and in text order on the right.
        if child < head {
            node.left = [child, node.left[0]];
            node.valency[0] = node.valency[0].saturating_add(1);
        } else {
            node.right = [child, node.right[0]];
            node.valency[1] = node.valency[1].saturating_add(1);
        }
    }
}
