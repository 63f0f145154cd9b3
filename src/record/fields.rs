//! Every field of every record, declared once.
//!
//! The JSON Schema, the headers of CSV files, the views of a ledger and the documentation are derived from here, and a test
//! holds what is written out against it. Field names follow PLOVER where PLOVER has one.

use super::{
    ActorBasis, Cause, Claim, Context, Coverage, DateBasis, DatePrecision, EventType, FigureKind, FigureRelation, FlowOrStock, Involvement, LinkType, Measure,
    Mode, PlaceBasis, PlacePrecision, PledgeState, Polarity, PublishedBasis, Qualifier, QuoteForm, Realis, Sector, SourceRole, SourceType, Stage, Status, Unit,
    Zone,
};

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// Text; never empty.
    Text,
    /// One word of a closed list.
    Word(&'static [&'static str]),
    /// The id of a record, and its kind ("record": any kind).
    Id(&'static str),
    /// A whole number, zero or more.
    Whole,
    /// A number.
    Number,
    /// True or false.
    Flag,
    /// A day: ISO 8601, `2016-12-13`.
    Day,
    /// A day, with the time and offset where they are known: `2016-12-13T21:05:00-05:00`.
    Moment,
    /// ISO 3166 alpha-3.
    Country,
    /// An object.
    Object(&'static Shape),
}

/// One field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its key.
    pub name: &'static str,
    /// What it holds.
    pub of: Type,
    /// Whether it is a list of that; never an empty one, since keys with nothing to say are left out.
    pub many: bool,
    /// What it is counted in, where it is a number.
    pub unit: Option<&'static str>,
    /// Whether it is always there.
    pub required: bool,
    /// What it says.
    pub doc: &'static str,
}

impl Field {
    const fn in_unit(mut self, unit: &'static str) -> Self {
        self.unit = Some(unit);
        self
    }

    const fn many(mut self) -> Self {
        self.many = true;
        self
    }
}

const fn always(name: &'static str, of: Type, doc: &'static str) -> Field {
    Field { name, of, many: false, unit: None, required: true, doc }
}

const fn maybe(name: &'static str, of: Type, doc: &'static str) -> Field {
    Field { name, of, many: false, unit: None, required: false, doc }
}

/// An object: a kind of record, or a part of one.
#[derive(Debug)]
pub struct Shape {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its fields in groups, since shapes share some.
    groups: &'static [&'static [Field]],
    /// As a part: the fields that get a column where a record must fit one row (CSV, views). As a kind: those that show it.
    pub brief: &'static [&'static str],
}

impl Shape {
    /// Its fields, in the order in which they are written.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> {
        self.groups.iter().flat_map(|group| group.iter())
    }

    /// The field with this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields().find(|field| field.name == name)
    }
}

/// The kinds of record, in the order in which an article's records are written.
pub static KINDS: &[&Shape] = &[&ARTICLE, &ACTOR_RECORD, &EVENT, &QUOTE, &FIGURE, &PLEDGE, &ISSUE];

/// The parts that records are made of, each before the parts that hold it.
pub static PARTS: &[&Shape] = &[&EVIDENCE, &TRIGGER, &BLOCK, &CAPTION, &ALIAS, &WHEN, &PLACE, &ACTOR, &SOURCE, &PARTY, &LINK, &CONTENT, &RELATION];

/// The kind with this name.
#[must_use]
pub fn kind(name: &str) -> Option<&'static Shape> {
    KINDS.iter().find(|kind| kind.name == name).copied()
}

const BYTES: &str = "bytes into the article's text (UTF-8)";
const CODE_POINTS: &str = "code points into the article's text";

static EVIDENCE: Shape = Shape {
    name: "evidence",
    doc: "A stretch of the article's text, end exclusive.",
    brief: &["text", "start", "end"],
    groups: &[&[
        always("start", Type::Whole, "First byte.").in_unit(BYTES),
        always("end", Type::Whole, "One past the last byte.").in_unit(BYTES),
        always("start_char", Type::Whole, "First code point.").in_unit(CODE_POINTS),
        always("end_char", Type::Whole, "One past the last code point.").in_unit(CODE_POINTS),
        always("text", Type::Text, "The words, exactly as they stand."),
        always("zone", Type::Word(Zone::SPELLINGS), "What the block is that they stand in."),
    ]],
};

static TRIGGER: Shape = Shape {
    name: "trigger",
    doc: "The word that fired.",
    brief: &["text"],
    groups: &[&[
        always("start", Type::Whole, "First byte.").in_unit(BYTES),
        always("end", Type::Whole, "One past the last byte.").in_unit(BYTES),
        always("text", Type::Text, "The word, exactly as it stands."),
    ]],
};

static BLOCK: Shape = Shape {
    name: "zone",
    doc: "A block of the page. Blocks tile the text in order; only the newlines between them lie outside.",
    brief: &[],
    groups: &[&[
        always("start", Type::Whole, "First byte.").in_unit(BYTES),
        always("end", Type::Whole, "One past the last byte.").in_unit(BYTES),
        always("zone", Type::Word(Zone::SPELLINGS), "What the block is."),
    ]],
};

static CAPTION: Shape = Shape {
    name: "caption",
    doc: "A photo caption.",
    brief: &["text", "credit"],
    groups: &[&[always("text", Type::Text, "The caption without its credit."), maybe("credit", Type::Text, "Who is credited for the picture, as it stands.")]],
};

static ALIAS: Shape = Shape {
    name: "alias",
    doc: "A second name that the article itself states.",
    brief: &["alias", "name"],
    groups: &[&[always("alias", Type::Text, "The other name, as it stands."), always("name", Type::Text, "The name of what it stands for.")]],
};

static WHEN: Shape = Shape {
    name: "when",
    doc: "A time. Without a publication date a relative time has no days: it is never resolved against today.",
    brief: &["start", "end", "basis", "precision"],
    groups: &[&[
        maybe("start", Type::Day, "First day."),
        maybe("end", Type::Day, "Last day, inclusive."),
        maybe("text", Type::Text, "The expression, as it stands; left out where the day is that of publication."),
        maybe("timex", Type::Text, "TIMEX3 value."),
        always("basis", Type::Word(DateBasis::SPELLINGS), "Where the days come from."),
        always("precision", Type::Word(DatePrecision::SPELLINGS), "How fine it is."),
    ]],
};

static PLACE: Shape = Shape {
    name: "place",
    doc: "Where something is.",
    brief: &["name", "geonames_id", "lat", "lon", "country", "precision", "basis"],
    groups: &[&[
        maybe("text", Type::Text, "What stands in the article, with its relation words."),
        maybe("start", Type::Whole, "First byte of `text`.").in_unit(BYTES),
        maybe("end", Type::Whole, "One past its last byte.").in_unit(BYTES),
        maybe("name", Type::Text, "The gazetteer's name of the anchor."),
        maybe("geonames_id", Type::Whole, "GeoNames id of the anchor."),
        maybe("lat", Type::Number, "Latitude of the anchor.").in_unit("degrees north, WGS 84"),
        maybe("lon", Type::Number, "Longitude of the anchor.").in_unit("degrees east, WGS 84"),
        maybe("country", Type::Country, "Country."),
        maybe("admin1", Type::Text, "First-level division."),
        maybe("precision", Type::Word(PlacePrecision::SPELLINGS), "How fine it is."),
        maybe("relation", Type::Text, "How it lies to the anchor (\"east part of\")."),
        maybe("basis", Type::Word(PlaceBasis::SPELLINGS), "Where the record found it; anything but clause is a fallback."),
    ]],
};

const ACTOR_FIELDS: &[Field] = &[
    maybe("text", Type::Text, "The full noun phrase without relative clauses, as it stands."),
    maybe("start", Type::Whole, "First byte of `text`.").in_unit(BYTES),
    maybe("end", Type::Whole, "One past its last byte.").in_unit(BYTES),
    maybe("name", Type::Text, "The knowledge base's own name."),
    maybe("wikidata", Type::Text, "Wikidata id."),
    maybe("country", Type::Country, "Country; left out for the UN and other bodies of many."),
    maybe("sectors", Type::Word(Sector::SPELLINGS), "Sectors, most telling first: PLOVER's, and IGO and NGO.").many(),
    maybe("role", Type::Text, "Office held on the article's day."),
    maybe("role_start", Type::Day, "First day of that office."),
    maybe("role_end", Type::Day, "Last day of that office, where it ended."),
    maybe("age", Type::Whole, "Age, where the text states it.").in_unit("years"),
    maybe("sex", Type::Word(&["female", "male"]), "Sex, where the text states it."),
    maybe("civilian", Type::Flag, "Whether the text calls them civilians, or not."),
    maybe("basis", Type::Word(ActorBasis::SPELLINGS), "How the actor was resolved; left out where it was not."),
];

static ACTOR: Shape =
    Shape { name: "actor", doc: "Who someone is, as far as it is known.", brief: &["text", "name", "country", "sectors"], groups: &[ACTOR_FIELDS] };

static SOURCE: Shape = Shape {
    name: "source",
    doc: "One link of a chain of attribution.",
    brief: &["text", "name", "country", "sectors", "cue", "role", "source_type"],
    groups: &[&[
        maybe("text", Type::Text, "The source, as it stands."),
        maybe("name", Type::Text, "The knowledge base's own name."),
        maybe("wikidata", Type::Text, "Wikidata id."),
        maybe("country", Type::Country, "Country."),
        maybe("sectors", Type::Word(Sector::SPELLINGS), "Sectors, most telling first.").many(),
        maybe("cue", Type::Text, "The reporting words."),
        maybe("start", Type::Whole, "First byte of `text`.").in_unit(BYTES),
        maybe("end", Type::Whole, "One past its last byte.").in_unit(BYTES),
        maybe("date", Type::Object(&WHEN), "When it was said."),
        always("role", Type::Word(SourceRole::SPELLINGS), "Its part in the chain."),
        always("source_type", Type::Word(SourceType::SPELLINGS), "What kind of source it is."),
        always("anonymous", Type::Flag, "Whether it is unnamed."),
        maybe("party_to_event", Type::Flag, "Whether it is a party to what it tells."),
    ]],
};

static PARTY: Shape = Shape {
    name: "party",
    doc: "A party to an event: an actor, and how firmly it is tied to the deed where that differs from the event.",
    brief: &["text", "name", "country", "sectors", "involvement", "claim"],
    groups: &[
        ACTOR_FIELDS,
        &[
            maybe("involvement", Type::Word(Involvement::SPELLINGS), "How firmly the party is tied to the deed."),
            maybe("claim", Type::Word(Claim::SPELLINGS), "How the source stands to the party's part."),
            maybe("attribution", Type::Object(&SOURCE), "According to whom it took part, outermost first.").many(),
        ],
    ],
};

static LINK: Shape = Shape {
    name: "link",
    doc: "A claim about this claim.",
    brief: &["type", "record"],
    groups: &[&[
        always("type", Type::Word(LinkType::SPELLINGS), "What it does to it."),
        maybe("record", Type::Id("event"), "The record that carries it."),
        maybe("by", Type::Object(&ACTOR), "Whose claim."),
        always("evidence", Type::Object(&EVIDENCE), "The words.").many(),
    ]],
};

const WHAT_FIELDS: &[Field] = &[
    maybe("event_type", Type::Word(EventType::SPELLINGS), "PLOVER event type; OCCURRENCE (disasters and accidents) is ours."),
    maybe("modes", Type::Word(Mode::SPELLINGS), "Modes of that type.").many(),
    maybe("actors", Type::Object(&PARTY), "Who does it.").many(),
    maybe("recipients", Type::Object(&PARTY), "To whom.").many(),
    maybe("date", Type::Object(&WHEN), "When it was done or is to be done."),
    maybe("places", Type::Object(&PLACE), "Where.").many(),
];

static CONTENT: Shape = Shape {
    name: "content",
    doc: "What would be done, where a promise, demand, threat or refusal holds one.",
    brief: &["event_type", "modes", "actors", "recipients", "date", "places"],
    groups: &[WHAT_FIELDS],
};

static RELATION: Shape = Shape {
    name: "relation",
    doc: "How a figure stands to another.",
    brief: &["type", "figure"],
    groups: &[&[
        always("type", Type::Word(FigureRelation::SPELLINGS), "How it stands to it."),
        always("figure", Type::Id("figure"), "The other figure of the same article."),
    ]],
};

const IDENTITY: &[Field] = &[
    always("kind", Type::Text, "The kind of record."),
    always("id", Type::Id("record"), "Same for the same words of the same article, whatever is coded on them."),
    always("article", Type::Id("article"), "The article it comes from."),
];

const WORDS: &[Field] = &[always("evidence", Type::Object(&EVIDENCE), "The words that carry the record.").many()];

const CLAIM: &[Field] = &[
    always("claim", Type::Word(Claim::SPELLINGS), "How the source stands to it."),
    always("realis", Type::Word(Realis::SPELLINGS), "How it stands to the world."),
    always(
        "status",
        Type::Word(Status::SPELLINGS),
        "One word for filtering: the claim where it is alleged or denied; else the realis where it is none of happened, ongoing; else the claim.",
    ),
    maybe("attribution", Type::Object(&SOURCE), "According to whom, outermost first; left out where the article itself speaks.").many(),
    maybe("links", Type::Object(&LINK), "Claims about this claim.").many(),
    always("trigger", Type::Object(&TRIGGER), "The word that fired."),
    always("evidence", Type::Object(&EVIDENCE), "The words that carry the record; short, never a whole paragraph.").many(),
    always("confidence", Type::Number, "How sure the coder is.").in_unit("0 to 1"),
];

static ARTICLE: Shape = Shape {
    name: "article",
    doc: "A page, and the story read out of it.",
    brief: &["title", "publisher", "published"],
    groups: &[&[
        always("kind", Type::Text, "The kind of record."),
        always("id", Type::Id("article"), "From the url (or path) and the text."),
        maybe("url", Type::Text, "Where it was published."),
        maybe("title", Type::Text, "Headline."),
        maybe("publisher", Type::Text, "Who published it."),
        maybe("published", Type::Moment, "When it was published."),
        maybe("published_basis", Type::Word(PublishedBasis::SPELLINGS), "Where that date was found."),
        maybe("modified", Type::Moment, "Last change that the page states."),
        maybe("retrieved", Type::Moment, "When it was fetched."),
        always("sha256", Type::Text, "SHA-256 of the bytes as they came, hexadecimal."),
        maybe("licence", Type::Text, "Licence that the page states."),
        maybe("language", Type::Text, "BCP 47 language."),
        maybe("byline", Type::Text, "Who wrote it."),
        maybe("dateline", Type::Text, "Place and date at the head of the story."),
        maybe("text", Type::Text, "All visible text of the page in reading order, title first. Every offset points into it."),
        maybe("body_text", Type::Text, "The body zones of `text`, joined by newlines; derived."),
        maybe("zones", Type::Object(&BLOCK), "The blocks of `text`.").many(),
        maybe("captions", Type::Object(&CAPTION), "Photo captions.").many(),
        maybe("related", Type::Text, "Links to other stories.").many(),
        maybe("wire_credits", Type::Text, "Agencies credited for the text.").many(),
        maybe("aliases", Type::Object(&ALIAS), "Other names that the article states.").many(),
    ]],
};

static ACTOR_RECORD: Shape = Shape {
    name: "actor",
    doc: "One mention of people or an organisation; pronouns are none.",
    brief: &["text", "name", "country", "sectors", "role"],
    groups: &[IDENTITY, ACTOR_FIELDS, &[always("entity", Type::Whole, "Mentions of one article with one number are one actor.")], WORDS],
};

static EVENT: Shape = Shape {
    name: "event",
    doc: "Who did what to whom: one record per distinct doing.",
    brief: &["event_type", "status", "actors", "recipients", "date", "places"],
    groups: &[
        IDENTITY,
        WHAT_FIELDS,
        &[
            maybe("contexts", Type::Word(Context::SPELLINGS), "PLOVER contexts.").many(),
            maybe("cameo", Type::Text, "CAMEO code, leading zeros kept."),
            maybe("figures", Type::Id("figure"), "Figures that hang on it.").many(),
            always("background", Type::Flag, "Told again from before the news window."),
            maybe("content", Type::Object(&CONTENT), "What would be done, where a promise, demand, threat or refusal holds one."),
        ],
        CLAIM,
    ],
};

static QUOTE: Shape = Shape {
    name: "quote",
    doc: "Words given as someone's.",
    brief: &["speaker", "form", "text"],
    groups: &[
        IDENTITY,
        &[
            always("text", Type::Text, "The words, marks left out; halves of a split quote joined by a space."),
            always("form", Type::Word(QuoteForm::SPELLINGS), "Form."),
            maybe("speaker", Type::Object(&ACTOR), "Who speaks."),
            maybe("addressee", Type::Object(&ACTOR), "To whom."),
            maybe("cue", Type::Text, "The reporting words."),
            maybe("date", Type::Object(&WHEN), "When it was said."),
            maybe("place", Type::Object(&PLACE), "Where it was said."),
        ],
        CLAIM,
    ],
};

static FIGURE: Shape = Shape {
    name: "figure",
    doc: "A number with what it counts.",
    brief: &["measure", "value", "low", "high", "unit", "population"],
    groups: &[
        IDENTITY,
        &[
            maybe("value", Type::Number, "The value; left out where it is a range or vague.").in_unit("`unit`, and `currency`"),
            maybe("low", Type::Number, "Lower bound, inclusive.").in_unit("`unit`"),
            maybe("high", Type::Number, "Upper bound, inclusive.").in_unit("`unit`"),
            always("qualifier", Type::Word(Qualifier::SPELLINGS), "How exact it is said to be."),
            always("unit", Type::Word(Unit::SPELLINGS), "Counted in."),
            maybe("currency", Type::Text, "ISO 4217, for money."),
            maybe("per", Type::Text, "Per what (\"day\")."),
            always("measure", Type::Word(Measure::SPELLINGS), "What it counts."),
            always("figure_kind", Type::Word(FigureKind::SPELLINGS), "What is, or what is aimed at."),
            maybe("flow_or_stock", Type::Word(FlowOrStock::SPELLINGS), "Over a period, or at a moment."),
            maybe("coverage", Type::Word(Coverage::SPELLINGS), "Whole or part."),
            maybe("population", Type::Text, "Who is counted, as it stands."),
            maybe("population_country", Type::Country, "Their country."),
            maybe("destination_country", Type::Country, "Where they went."),
            maybe("places", Type::Object(&PLACE), "Where.").many(),
            maybe("origin_places", Type::Object(&PLACE), "From where.").many(),
            maybe("destination_places", Type::Object(&PLACE), "To where.").many(),
            maybe("period", Type::Object(&WHEN), "Over what time."),
            maybe("as_of", Type::Object(&WHEN), "As of when."),
            maybe("event", Type::Id("event"), "The event it hangs on."),
            maybe("cause", Type::Word(Cause::SPELLINGS), "What brought it about."),
            always("salience", Type::Number, "Whether it is the figure of its sentence.").in_unit("0 to 1"),
            maybe("relations", Type::Object(&RELATION), "How it stands to other figures.").many(),
        ],
        CLAIM,
    ],
};

static PLEDGE: Shape = Shape {
    name: "pledge",
    doc: "A commitment.",
    brief: &["promiser", "action", "state", "deadline"],
    groups: &[
        IDENTITY,
        &[
            maybe("promiser", Type::Object(&ACTOR), "Who commits."),
            maybe("action", Type::Text, "To what, as it stands."),
            always("polarity", Type::Word(Polarity::SPELLINGS), "To do or to refrain."),
            maybe("beneficiary", Type::Object(&ACTOR), "For whom."),
            maybe("target", Type::Id("figure"), "The number aimed at."),
            maybe("deadline", Type::Object(&WHEN), "By when."),
            maybe("made_on", Type::Object(&WHEN), "Said when."),
            always("state", Type::Word(PledgeState::SPELLINGS), "How it stands."),
            maybe("state_attribution", Type::Object(&SOURCE), "According to whom it stands so.").many(),
        ],
        CLAIM,
    ],
};

static ISSUE: Shape = Shape {
    name: "issue",
    doc: "What could not be read, and why a sentence with a trigger gave nothing.",
    brief: &["stage", "problem"],
    groups: &[&[
        always("kind", Type::Text, "The kind of record."),
        always("id", Type::Id("record"), "Same for the same problem at the same place."),
        maybe("article", Type::Id("article"), "The article; left out where none came of the document."),
        maybe("source", Type::Text, "The document, where no article came of it."),
        always("stage", Type::Word(Stage::SPELLINGS), "The stage that met it."),
        maybe("start", Type::Whole, "First byte.").in_unit(BYTES),
        maybe("end", Type::Whole, "One past the last byte.").in_unit(BYTES),
        always("problem", Type::Text, "What, and how to mend it."),
    ]],
};
