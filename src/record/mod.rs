//! The nouns: what the stages pass on, and what the program hands out.

mod article;
pub mod columns;
mod event;
pub mod fields;
pub mod identity;
mod mention;
mod reading;
mod span;
pub mod valid;
mod vocabulary;

pub use article::{Article, Block, Caption, Document, Format, Stamp};
pub use event::{Event, Figure, Head, Issue, Link, Party, Pledge, Quote, Source, What};
pub use mention::{Actor, ActorMention, Alias, Country, Mentions, NumberKind, NumberMention, Place, PlaceMention, TimeBound, TimeKind, TimeMention, When};
pub use reading::{Deprel, Feats, Name, NameKind, Parse, ROOT, Reading, Sentence, Text, Upos, Word};
pub use span::Span;
pub(crate) use vocabulary::closed_list;
pub use vocabulary::{
    ActorBasis, Cause, Claim, Context, Coverage, DateBasis, DatePrecision, EventType, FigureKind, FigureRelation, FlowOrStock, Involvement, LinkType, Measure,
    Mode, PlaceBasis, PlacePrecision, PledgeState, Polarity, PublishedBasis, Qualifier, QuoteForm, Realis, Sector, SourceRole, SourceType, Stage, Status, Unit,
    Zone,
};

/// Everything that one document gave. Lists are in text order.
#[derive(Clone, Debug, Default)]
pub struct Coded {
    /// The story.
    pub article: Article,
    /// People, organisations, places, times and numbers named in it.
    pub mentions: Mentions,
    /// Who did what to whom.
    pub events: Vec<Event>,
    /// Who said what.
    pub quotes: Vec<Quote>,
    /// How many.
    pub figures: Vec<Figure>,
    /// Who promised what.
    pub pledges: Vec<Pledge>,
    /// What could not be read.
    pub issues: Vec<Issue>,
}
