//! The closed lists that records draw on. Names follow PLOVER where PLOVER has one.

/// Declares an enum whose variants have a fixed spelling in records.
macro_rules! closed_list {
    ($(#[$doc:meta])* pub enum $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each variant is its own spelling")]
        pub enum $name { $($variant),+ }

        impl $name {
            /// Every member, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// Every spelling, in the order of [`Self::ALL`].
            pub const SPELLINGS: &'static [&'static str] = &[$($text),+];

            /// The spelling in records.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The member with this spelling.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some($name::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }
    };
}
pub(crate) use closed_list;

closed_list! {
    /// What a block of the page is.
    pub enum Zone {
        Body = "body", Title = "title", Caption = "caption", Credit = "credit", Related = "related", Navigation = "navigation",
        Byline = "byline", Dateline = "dateline", WireCredit = "wire_credit", Legend = "legend", Other = "other",
    }
}

impl Zone {
    /// Whether records are made from blocks of this type.
    #[must_use]
    pub fn is_story(self) -> bool {
        matches!(self, Zone::Body | Zone::Title | Zone::Caption)
    }
}

closed_list! {
    /// Where a publication date was found.
    pub enum PublishedBasis { Given = "given", JsonLd = "json_ld", Meta = "meta", TimeElement = "time_element", Url = "url", Text = "text", Dateline = "dateline", Archive = "archive" }
}

closed_list! {
    /// PLOVER event types, and OCCURRENCE, which is ours.
    pub enum EventType {
        Agree = "AGREE", Consult = "CONSULT", Support = "SUPPORT", Concede = "CONCEDE", Cooperate = "COOPERATE", Aid = "AID", Retreat = "RETREAT",
        Request = "REQUEST", Accuse = "ACCUSE", Reject = "REJECT", Threaten = "THREATEN", Protest = "PROTEST", Sanction = "SANCTION",
        Mobilize = "MOBILIZE", Coerce = "COERCE", Assault = "ASSAULT", Occurrence = "OCCURRENCE",
    }
}

closed_list! {
    /// Modes; [`EventType::modes`] says which belong to which type.
    pub enum Mode {
        Visit = "visit", ThirdParty = "third-party", Multilateral = "multilateral", Phone = "phone",
        Withdraw = "withdraw", Release = "release", Return = "return", Disarm = "disarm", Ceasefire = "ceasefire", Access = "access", Resign = "resign",
        Assist = "assist", Change = "change", Yield = "yield", Meet = "meet", Disapprove = "disapprove", Investigate = "investigate", Allege = "allege",
        Restrict = "restrict", Ban = "ban", Arrest = "arrest", Relations = "relations", Rights = "rights", Expel = "expel", Territory = "territory", Violence = "violence",
        Demo = "demo", Riot = "riot", Strike = "strike", Hunger = "hunger", Boycott = "boycott", Obstruct = "obstruct", Vandalize = "vandalize",
        Convict = "convict", Discontinue = "discontinue", Troops = "troops", Weapons = "weapons", Police = "police", Militia = "militia",
        Seize = "seize", Censor = "censor", Curfew = "curfew", MartialLaw = "martial-law", Deport = "deport", Withhold = "withhold",
        Misinformation = "misinformation", Cyber = "cyber",
        Abduct = "abduct", Beat = "beat", Torture = "torture", Execute = "execute", Sexual = "sexual", Assassinate = "assassinate", Destroy = "destroy",
        Primitive = "primitive", Firearms = "firearms", Explosives = "explosives", SuicideAttack = "suicide-attack", Aerial = "aerial", Drone = "drone",
        HeavyWeapons = "heavy-weapons", CrowdControl = "crowd-control", Cleansing = "cleansing", Massacre = "massacre", Unconventional = "unconventional",
        Earthquake = "earthquake", Storm = "storm", Flood = "flood", Drought = "drought", Landslide = "landslide", Wildfire = "wildfire", Fire = "fire",
        Explosion = "explosion", Collapse = "collapse", Crash = "crash", Outbreak = "outbreak", Displacement = "displacement", Other = "other",
    }
}

impl EventType {
    /// The modes that this type may carry.
    #[must_use]
    pub fn modes(self) -> &'static [Mode] {
        use Mode as M;
        match self {
            EventType::Consult => &[M::Visit, M::ThirdParty, M::Multilateral, M::Phone],
            EventType::Retreat => &[M::Withdraw, M::Release, M::Return, M::Disarm, M::Ceasefire, M::Access, M::Resign],
            EventType::Request | EventType::Reject => &[M::Assist, M::Change, M::Yield, M::Meet],
            EventType::Accuse => &[M::Disapprove, M::Investigate, M::Allege],
            EventType::Threaten => &[M::Restrict, M::Ban, M::Arrest, M::Relations, M::Rights, M::Expel, M::Territory, M::Violence],
            EventType::Protest => &[M::Demo, M::Riot, M::Strike, M::Hunger, M::Boycott, M::Obstruct, M::Vandalize],
            EventType::Sanction => &[M::Convict, M::Expel, M::Withdraw, M::Discontinue],
            EventType::Mobilize => &[M::Troops, M::Weapons, M::Police, M::Militia],
            EventType::Coerce => {
                &[M::Seize, M::Restrict, M::Ban, M::Censor, M::Curfew, M::MartialLaw, M::Arrest, M::Deport, M::Withhold, M::Misinformation, M::Cyber]
            }
            EventType::Assault => &[
                M::Abduct,
                M::Beat,
                M::Torture,
                M::Execute,
                M::Sexual,
                M::Assassinate,
                M::Destroy,
                M::Primitive,
                M::Firearms,
                M::Explosives,
                M::SuicideAttack,
                M::Aerial,
                M::Drone,
                M::HeavyWeapons,
                M::CrowdControl,
                M::Cleansing,
                M::Massacre,
                M::Unconventional,
            ],
            EventType::Occurrence => &[
                M::Earthquake,
                M::Storm,
                M::Flood,
                M::Drought,
                M::Landslide,
                M::Wildfire,
                M::Fire,
                M::Explosion,
                M::Collapse,
                M::Crash,
                M::Outbreak,
                M::Displacement,
                M::Other,
            ],
            EventType::Agree | EventType::Support | EventType::Concede | EventType::Cooperate | EventType::Aid => &[],
        }
    }
}

closed_list! {
    /// PLOVER contexts.
    pub enum Context {
        Military = "military", Intelligence = "intelligence", Executive = "executive", Legislative = "legislative", Election = "election",
        PoliticalInstitutions = "political_institutions", ProDemocracy = "pro_democracy", ProAutocracy = "pro_autocracy", Economic = "economic",
        Legal = "legal", Reparations = "reparations", HumanRights = "human_rights", RightsFreedoms = "rights_freedoms", Repression = "repression",
        HumanSecurity = "human_security", Gender = "gender", Lgbt = "lgbt", ReligionEthnicity = "religion_ethnicity", Inequality = "inequality",
        Diplomatic = "diplomatic", Territory = "territory", Peacekeeping = "peacekeeping", Health = "health", Asylum = "asylum", Migration = "migration",
        Disasters = "disasters", NaturalResource = "natural_resource", Environment = "environment", Technology = "technology", Terrorism = "terrorism",
        Cbrn = "cbrn", Cyber = "cyber", Misinformation = "misinformation", Crime = "crime", Corruption = "corruption", IllegalDrugs = "illegal_drugs",
        Trafficking = "trafficking",
    }
}

closed_list! {
    /// Sectors of actors: PLOVER's, and IGO and NGO, which are ours.
    pub enum Sector {
        Cop = "COP", Gov = "GOV", Jud = "JUD", Leg = "LEG", Mil = "MIL", Prm = "PRM", Pty = "PTY", Reb = "REB", Spy = "SPY", Uaf = "UAF", Unk = "UNK",
        Agr = "AGR", Bus = "BUS", Crm = "CRM", Cvl = "CVL", Edu = "EDU", Eli = "ELI", Jrn = "JRN", Lab = "LAB", Med = "MED", Ref = "REF", Opp = "OPP",
        Pre = "PRE", Rel = "REL", Soc = "SOC", Igo = "IGO", Ngo = "NGO",
    }
}

closed_list! {
    /// How the source stands to a record.
    pub enum Claim { Asserted = "asserted", Reported = "reported", Alleged = "alleged", Denied = "denied" }
}

closed_list! {
    /// How what is told stands to the world.
    pub enum Realis {
        Happened = "happened", Ongoing = "ongoing", Attempted = "attempted", Planned = "planned", Promised = "promised", Requested = "requested",
        Threatened = "threatened", Conditional = "conditional", Predicted = "predicted", Desired = "desired", Negated = "negated",
    }
}

closed_list! {
    /// One word for filtering, derived from [`Claim`] and [`Realis`].
    pub enum Status {
        Asserted = "asserted", Reported = "reported", Alleged = "alleged", Denied = "denied", Planned = "planned", Promised = "promised",
        Requested = "requested", Threatened = "threatened", Conditional = "conditional", Negated = "negated",
    }
}

impl Status {
    /// The claim where it is alleged or denied; else the realis where it is none of happened, ongoing; else the claim.
    #[must_use]
    pub fn of(claim: Claim, realis: Realis) -> Status {
        match (claim, realis) {
            (Claim::Alleged, _) => Status::Alleged,
            (Claim::Denied, _) => Status::Denied,
            (_, Realis::Planned | Realis::Attempted | Realis::Predicted) => Status::Planned,
            (_, Realis::Promised) => Status::Promised,
            (_, Realis::Requested | Realis::Desired) => Status::Requested,
            (_, Realis::Threatened) => Status::Threatened,
            (_, Realis::Conditional) => Status::Conditional,
            (_, Realis::Negated) => Status::Negated,
            (Claim::Asserted, Realis::Happened | Realis::Ongoing) => Status::Asserted,
            (Claim::Reported, Realis::Happened | Realis::Ongoing) => Status::Reported,
        }
    }
}

closed_list! {
    /// What a source of a claim is in its chain.
    pub enum SourceRole { Speaker = "speaker", Relay = "relay", Outlet = "outlet", Document = "document" }
}

closed_list! {
    /// What kind of source it is.
    pub enum SourceType {
        Government = "government", ArmedParty = "armed_party", Police = "police", Medical = "medical", Rescue = "rescue", Witness = "witness",
        Victim = "victim", Un = "un", Ngo = "ngo", Media = "media", Company = "company", Expert = "expert", Document = "document", Unknown = "unknown",
    }
}

closed_list! {
    /// How a claim about a claim stands to it.
    pub enum LinkType { Confirms = "confirms", Denies = "denies", Corroborates = "corroborates", Corrects = "corrects", ClaimsResponsibility = "claims_responsibility" }
}

closed_list! {
    /// How an actor was resolved.
    pub enum ActorBasis {
        Name = "name", RoleAndDate = "role_and_date", Coreference = "coreference", Metonymy = "metonymy", Pattern = "pattern", StatedAlias = "stated_alias",
        SnapshotEnd = "snapshot_end",
    }
}

closed_list! {
    /// How firmly a party is tied to a deed.
    pub enum Involvement { Stated = "stated", Claimed = "claimed", Blamed = "blamed", Suspected = "suspected", Denied = "denied" }
}

closed_list! {
    /// Where a date comes from.
    pub enum DateBasis { Explicit = "explicit", Relative = "relative", Publication = "publication" }
}

closed_list! {
    /// How fine a date is.
    pub enum DatePrecision { Time = "time", Day = "day", Week = "week", Month = "month", Quarter = "quarter", Season = "season", Year = "year", Decade = "decade", Span = "span" }
}

closed_list! {
    /// How fine a place is.
    pub enum PlacePrecision { Point = "point", Town = "town", Area = "area", Admin1 = "admin1", Country = "country" }
}

closed_list! {
    /// Where a record's place was found.
    pub enum PlaceBasis { Clause = "clause", Sentence = "sentence", Dateline = "dateline", Title = "title", Story = "story" }
}

closed_list! {
    /// Form of a quote.
    pub enum QuoteForm { Direct = "direct", Indirect = "indirect", Mixed = "mixed" }
}

closed_list! {
    /// What a figure counts.
    pub enum Measure {
        Killed = "killed", Injured = "injured", Casualties = "casualties", Missing = "missing", BodiesSeen = "bodies_seen", Abducted = "abducted",
        Detained = "detained", Released = "released", Displaced = "displaced", Fled = "fled", FledAbroad = "fled_abroad", Evacuated = "evacuated",
        Relocated = "relocated", Sheltered = "sheltered", Returned = "returned", Hosted = "hosted", Admitted = "admitted", Homeless = "homeless",
        Affected = "affected", InNeed = "in_need", Reached = "reached", Infected = "infected", Destroyed = "destroyed", Damaged = "damaged",
        Participants = "participants", Combatants = "combatants", MoneyPledged = "money_pledged", MoneyGiven = "money_given",
        AidDelivered = "aid_delivered", Other = "other",
    }
}

closed_list! {
    /// What a figure is counted in; currencies stand beside it as ISO 4217.
    pub enum Unit {
        Person = "person", Household = "household", Family = "family", Child = "child", Dwelling = "dwelling", Building = "building", Village = "village",
        Town = "town", Vehicle = "vehicle", Weapon = "weapon", Currency = "currency", Tonne = "tonne", Percent = "percent", Body = "body", Event = "event",
        Other = "other",
    }
}

closed_list! {
    /// How exact a number is said to be.
    pub enum Qualifier {
        Exact = "exact", About = "about", AtLeast = "at_least", MoreThan = "more_than", AtMost = "at_most", LessThan = "less_than", UpTo = "up_to",
        Between = "between",
    }
}

closed_list! {
    /// Whether a figure counts what is, or what is aimed at.
    pub enum FigureKind { Count = "count", Target = "target" }
}

closed_list! {
    /// Whether a figure is over a period or at a moment.
    pub enum FlowOrStock { Flow = "flow", Stock = "stock" }
}

closed_list! {
    /// Whether a figure is the whole or a part.
    pub enum Coverage { Total = "total", Partial = "partial" }
}

closed_list! {
    /// What brought a figure about.
    pub enum Cause { Conflict = "conflict", Disaster = "disaster", Accident = "accident", Unknown = "unknown" }
}

closed_list! {
    /// How a figure stands to another.
    pub enum FigureRelation { PartOf = "part_of", Supersedes = "supersedes", UpFrom = "up_from", DownFrom = "down_from", PeakOf = "peak_of" }
}

closed_list! {
    /// Whether something is pledged to be done or left undone.
    pub enum Polarity { Do = "do", Refrain = "refrain" }
}

closed_list! {
    /// How a pledge stands.
    pub enum PledgeState {
        Promised = "promised", OnTrack = "on_track", Kept = "kept", PartlyKept = "partly_kept", Missed = "missed", Broken = "broken", Refused = "refused",
        Withdrawn = "withdrawn",
    }
}

closed_list! {
    /// The stage that met a problem.
    pub enum Stage {
        Source = "source", Article = "article", Text = "text", Parse = "parse", Mention = "mention", Extract = "extract", Incident = "incident",
        Ledger = "ledger", Export = "export",
    }
}
