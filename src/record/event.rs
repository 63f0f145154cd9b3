//! Records: what an article claims.

use super::{
    Actor, Cause, Claim, Context, Country, Coverage, EventType, FigureKind, FigureRelation, FlowOrStock, Involvement, LinkType, Measure, Mode, Place,
    PledgeState, Polarity, Qualifier, QuoteForm, Realis, SourceRole, SourceType, Span, Stage, Status, Unit, When,
};

/// What every record carries.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// The word that fired.
    pub trigger: Span,
    /// The words that carry the record; short, never a whole paragraph.
    pub evidence: Vec<Span>,
    /// How the source stands to it.
    pub claim: Claim,
    /// How it stands to the world.
    pub realis: Realis,
    /// According to whom, outermost first; empty where the article itself speaks.
    pub attribution: Vec<Source>,
    /// Claims about this claim.
    pub links: Vec<Link>,
    /// 0 to 1.
    pub confidence: f32,
}

impl Head {
    /// One word for filtering.
    #[must_use]
    pub fn status(&self) -> Status {
        Status::of(self.claim, self.realis)
    }

    /// Whether the one tells a fact and the other none, or they tell what is no fact in different ways.
    #[must_use]
    pub fn realis_differs(&self, other: &Self) -> bool {
        let fact = |realis: Realis| if realis == Realis::Ongoing { Realis::Happened } else { realis };
        fact(self.realis) != fact(other.realis)
    }
}

/// One link of an attribution chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Who or what says so. Its span is the source's words.
    pub actor: Actor,
    /// The reporting words ("said", "voiced deep concern").
    pub cue: Option<Span>,
    /// When it was said.
    pub date: Option<When>,
    /// Part in the chain.
    pub role: SourceRole,
    /// Kind of source.
    pub source_type: SourceType,
    /// Whether it is unnamed.
    pub anonymous: bool,
    /// Whether it is a party to what it tells.
    pub party_to_event: Option<bool>,
}

/// A claim about a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// What it does to it.
    pub link: LinkType,
    /// Index, among the events, of the record that carries it, where there is one.
    pub event: Option<usize>,
    /// Whose claim.
    pub by: Option<Actor>,
    /// The words.
    pub evidence: Span,
}

/// A party to an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// Who.
    pub actor: Actor,
    /// How firmly the party is tied to the deed, where that differs from the event.
    pub involvement: Option<Involvement>,
    /// Claim about the party alone.
    pub claim: Option<Claim>,
    /// According to whom, for the party alone.
    pub attribution: Vec<Source>,
}

impl From<Actor> for Party {
    fn from(actor: Actor) -> Self {
        Self { actor, involvement: None, claim: None, attribution: Vec::new() }
    }
}

/// One distinct doing.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What every record carries.
    pub head: Head,
    /// Type and modes.
    pub what: What,
    /// PLOVER contexts.
    pub contexts: Vec<Context>,
    /// CAMEO code, leading zeros kept.
    pub cameo: Option<String>,
    /// Told again from before the news window.
    pub background: bool,
    /// What would be done, where a promise, demand, threat or refusal holds one.
    pub content: Option<What>,
    /// Figures that hang on it: indices into [`Coded::figures`](super::Coded::figures).
    pub figures: Vec<usize>,
}

/// Type, parties, time and place: of an event, or of what would be done.
#[derive(Clone, Debug, PartialEq)]
pub struct What {
    /// PLOVER type; none for a content that has none.
    pub event_type: Option<EventType>,
    /// Modes of that type.
    pub modes: Vec<Mode>,
    /// Who does it.
    pub actors: Vec<Party>,
    /// To whom.
    pub recipients: Vec<Party>,
    /// When.
    pub date: Option<When>,
    /// Where.
    pub places: Vec<Place>,
}

/// Words given as someone's.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// What every record carries; its trigger is the cue, its evidence the quoted words and the source.
    pub head: Head,
    /// The quoted stretches, marks left out; more than one where the cue splits it.
    pub spans: Vec<Span>,
    /// Form.
    pub form: QuoteForm,
    /// Who speaks.
    pub speaker: Option<Actor>,
    /// To whom.
    pub addressee: Option<Actor>,
    /// The reporting words.
    pub cue: Option<Span>,
    /// When it was said.
    pub date: Option<When>,
    /// Where it was said.
    pub place: Option<Place>,
}

/// A number with what it counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What every record carries.
    pub head: Head,
    /// The value; none where it is a range or vague.
    pub value: Option<f64>,
    /// Lower bound.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// How exact it is said to be.
    pub qualifier: Qualifier,
    /// Counted in.
    pub unit: Unit,
    /// ISO 4217, for money.
    pub currency: Option<&'static str>,
    /// Per what ("day", "week").
    pub per: Option<String>,
    /// What it counts.
    pub measure: Measure,
    /// Count or target.
    pub kind: FigureKind,
    /// Flow or stock.
    pub flow_or_stock: Option<FlowOrStock>,
    /// Whole or part.
    pub coverage: Option<Coverage>,
    /// Who is counted, as it stands.
    pub population: Option<Span>,
    /// Their country.
    pub population_country: Option<Country>,
    /// Where they went.
    pub destination_country: Option<Country>,
    /// Where.
    pub places: Vec<Place>,
    /// From where.
    pub origin_places: Vec<Place>,
    /// To where.
    pub destination_places: Vec<Place>,
    /// Over what time.
    pub period: Option<When>,
    /// As of when.
    pub as_of: Option<When>,
    /// The event it hangs on: index into [`Coded::events`](super::Coded::events).
    pub event: Option<usize>,
    /// What brought it about.
    pub cause: Option<Cause>,
    /// 0 to 1: is this *the* figure of its sentence.
    pub salience: f32,
    /// How it stands to other figures: indices into [`Coded::figures`](super::Coded::figures).
    pub relations: Vec<(FigureRelation, usize)>,
}

/// A commitment.
#[derive(Clone, Debug, PartialEq)]
pub struct Pledge {
    /// What every record carries.
    pub head: Head,
    /// Who pledges.
    pub promiser: Option<Actor>,
    /// What, as it stands.
    pub action: Option<Span>,
    /// To do or to refrain.
    pub polarity: Polarity,
    /// For whom.
    pub beneficiary: Option<Actor>,
    /// The number aimed at: index into [`Coded::figures`](super::Coded::figures).
    pub target: Option<usize>,
    /// By when.
    pub deadline: Option<When>,
    /// Said when.
    pub made_on: Option<When>,
    /// How it stands.
    pub state: PledgeState,
    /// According to whom it stands so.
    pub state_attribution: Vec<Source>,
}

/// What could not be read, and why a sentence with a trigger gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Who met it.
    pub stage: Stage,
    /// Where in the text, if anywhere.
    pub span: Option<Span>,
    /// What, and how to mend it.
    pub problem: String,
}
