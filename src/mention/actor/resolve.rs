//! Who a mention is: name, country, sectors, office, on the day of publication.

use jiff::civil::Date;

use super::focus::Focus;
use super::gather::{Candidate, Found, Kind, is_courtesy};
use super::phrase;
use super::unit::Unit;
use crate::record::{Actor, ActorBasis, ActorMention, Country, Deprel, Feats, PlaceMention, Reading, Sector, Upos, Word};
use crate::resource::actors::{Agent, Fit, Level, Organisation, Person, Stint};
use crate::resource::{Naming, Resources};

/// Makes the mention of a unit.
pub(super) fn mention<'k>(
    reading: &Reading<'_>,
    places: &[PlaceMention],
    known: &'k Resources,
    found: &Found<'k>,
    focus: Option<&Focus>,
    unit: &Unit,
) -> ActorMention {
    let best = &found.all[unit.members[0]];
    let (first, last) = unit.members.iter().fold((best.words.start, best.words.end - 1), |(first, last), &member| {
        let words = &found.all[member].words;
        (first.min(words.start), last.max(words.end - 1))
    });
    // A country before the title belongs to the phrase even where the tree has it elsewhere.
    let start = unit.modifiers.iter().map(|&modifier| &found.all[modifier].words).filter(|words| words.end <= first && first - words.end <= 4);
    let first = start.map(|words| words.start).fold(first, usize::min);
    let span = if unit.modifier { reading.span_of(first, last) } else { phrase::span(reading, unit.top, first, last) };
    let mut resolver = Resolver { reading, places, known, found, focus, unit, best, actor: Actor { span, ..Actor::default() }, day: reading.article.day() };
    resolver.run();
    ActorMention { head: best.head, top: unit.top, actor: resolver.actor, entity: 0, pronoun: false, modifier: unit.modifier }
}

struct Resolver<'a, 'r, 'k> {
    reading: &'a Reading<'r>,
    places: &'a [PlaceMention],
    known: &'k Resources,
    found: &'a Found<'k>,
    focus: Option<&'a Focus>,
    unit: &'a Unit,
    best: &'a Candidate<'k>,
    actor: Actor,
    day: Option<Date>,
}

/// What the modifiers of a mention say.
#[derive(Default)]
struct Owner<'k> {
    country: Option<Country>,
    /// Two countries: neither is the answer.
    many: bool,
    body: Option<&'k Organisation>,
    agent: Option<Agent>,
    leader: Option<usize>,
}

impl Owner<'_> {
    fn note(&mut self, country: Country) {
        match self.country {
            Some(known) if known != country => self.many = true,
            _ => self.country = Some(country),
        }
    }
}

impl<'k> Resolver<'_, '_, 'k> {
    fn run(&mut self) {
        let agent = self.agent();
        let owner = self.owner();
        match self.best.kind {
            Kind::Person => self.person(agent, &owner),
            Kind::Body(body) => self.body(body, agent, &owner),
            Kind::Agent(agent) => self.noun(agent, &owner),
            Kind::Country(country, naming) => {
                self.actor.country = Some(country);
                if naming == Naming::Capital {
                    self.actor.sectors = vec![Sector::Gov];
                }
                let stands = matches!(naming, Naming::Capital | Naming::Part);
                self.actor.basis = Some(if stands { ActorBasis::Metonymy } else { ActorBasis::Name });
            }
            Kind::Number => {
                self.actor.country = self.focus.and_then(|focus| focus.of(self.reading, self.best.head, false));
                self.actor.basis = self.actor.country.map(|_| ActorBasis::Pattern);
            }
        }
        self.particulars();
    }

    /// The noun of people among the members: the title of a name.
    fn agent(&self) -> Option<Agent> {
        let agents = self.unit.members.iter().filter_map(|&member| match self.found.all[member].kind {
            Kind::Agent(agent) => Some(agent),
            _ => None,
        });
        agents.max_by_key(|agent| agent.sector.is_some())
    }

    /// What the modifiers say; modifiers of a title count for the name after it.
    fn owner(&self) -> Owner<'k> {
        let mut owner = Owner::default();
        let kinds = self.unit.modifiers.iter().chain(self.unit.members.iter().skip(1)).map(|&index| self.found.all[index].kind);
        for kind in kinds {
            if let Kind::Country(country, _) = kind {
                owner.note(country);
            }
        }
        if owner.country.is_none() {
            self.unit.places.iter().filter_map(|&place| self.places.get(place)?.place.country).for_each(|country| owner.note(country));
        }
        for &index in &self.unit.modifiers {
            match self.found.all[index].kind {
                Kind::Body(Some(body)) => owner.body = owner.body.or(Some(body)),
                Kind::Agent(agent) => owner.agent = owner.agent.or(Some(agent)),
                Kind::Person => owner.leader = owner.leader.or(Some(index)),
                _ => {}
            }
        }
        if owner.many {
            owner.country = None;
        }
        owner
    }

    fn surface(&self, candidate: &Candidate<'_>) -> &str {
        self.reading.surface(self.reading.span_of(candidate.words.start, candidate.words.end - 1))
    }

    fn person(&mut self, agent: Option<Agent>, owner: &Owner<'_>) {
        let country = owner.country.or_else(|| owner.body.and_then(|body| body.country));
        let title = self.title();
        let name = self.surface(self.best).to_owned();
        if let Some(person) = self.office_holder(&name, country, &title) {
            return self.fill(person);
        }
        if !name.contains(' ')
            && let Some(leader) = self.leader(&name)
        {
            return self.fill(leader);
        }
        // Not known: what stands beside the name says who it is.
        self.actor.country = country;
        self.sectors(agent, owner);
        if country.is_some() || !self.actor.sectors.is_empty() {
            self.actor.basis = Some(ActorBasis::Pattern);
        }
    }

    /// The known person of this full name who fits the day, the country and the title.
    fn office_holder(&self, name: &str, country: Option<Country>, title: &str) -> Option<Person> {
        let pack = self.known.actors.pack.as_ref()?;
        if !name.contains([' ', '-']) {
            return None;
        }
        let (mut scratch, mut people) = (String::new(), Vec::new());
        let rough = pack.find(name, &mut scratch, &mut people);
        let read = self.known.actors.posts.read(title);
        let mut best: Option<(u8, u32, Person)> = None;
        let mut tie = false;
        for &person in &people {
            let (mut score, mut latest) = (0u8, 0);
            for stint in pack.stints(person) {
                let inside = self.day.map_or(Some(Fit::Loose), |day| stint.covers(day));
                let same = country.is_some() && stint.country == country;
                if country.is_some() && stint.country.is_some() && !same {
                    continue;
                }
                let titled = !title.is_empty() && self.known.actors.posts.read(stint.post).roles.iter().any(|role| read.roles.contains(role));
                // A name alone is enough for those in office and for the highest; others need something beside it.
                let mut points = match inside {
                    Some(_) => 4,
                    None if stint.rank < 2 => 2,
                    None => 0,
                };
                points += u8::from(same) * 3 + u8::from(titled) * 3 + u8::from(rough && people.len() == 1 && inside.is_some() && stint.rank < 2) * 3;
                score = score.max(points);
                latest = latest.max(stint.start_number());
            }
            let enough = if rough { 7 } else { 2 };
            if score < enough {
                continue;
            }
            match best {
                Some((known, _, _)) if known > score => {}
                Some((known, _, _)) if known == score => tie = true,
                _ => {
                    best = Some((score, latest, person));
                    tie = false;
                }
            }
        }
        best.filter(|_| !tie).map(|(_, _, person)| person)
    }

    /// The head of state or government of this last name on the day: "Assad", "Merkel".
    fn leader(&self, name: &str) -> Option<Person> {
        let (pack, day) = (self.known.actors.pack.as_ref()?, self.day?);
        let (mut scratch, mut people) = (String::new(), Vec::new());
        pack.find_surname(name, &mut scratch, &mut people);
        people.retain(|&person| pack.stints(person).any(|stint| stint.rank == 0 && stint.level == Level::National && stint.covers(day).is_some()));
        match people[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Takes over what is known of a person, with the office of the day.
    fn fill(&mut self, person: Person) {
        let Some(pack) = self.known.actors.pack.as_ref() else { return };
        self.actor.name = Some(pack.name(person).to_owned());
        let number = pack.wikidata(person);
        self.actor.wikidata = (number > 0).then(|| format!("Q{number}"));
        let stints: Vec<Stint<'_>> = pack.stints(person).collect();
        let current = self.day.and_then(|day| {
            let fits = stints.iter().filter_map(|stint| stint.covers(day).map(|fit| (fit, std::cmp::Reverse(stint.rank), stint.start_number(), stint)));
            fits.max_by_key(|(fit, rank, start, _)| (*fit, *rank, *start))
        });
        if let Some((fit, _, _, stint)) = current {
            self.actor.country = stint.country.filter(|_| stint.level != Level::Breakaway);
            self.actor.sectors = match (stint.sector, stint.country) {
                (Some(sector), Some(_)) => vec![sector],
                (_, None) => vec![Sector::Igo],
                (None, _) => vec![Sector::Gov],
            };
            self.actor.role = Some(stint.post.to_owned());
            (self.actor.role_start, self.actor.role_end) = (stint.start(), stint.end());
            self.actor.basis = Some(if fit == Fit::AfterSnapshot { ActorBasis::SnapshotEnd } else { ActorBasis::Name });
            return;
        }
        self.actor.basis = Some(ActorBasis::Name);
        // Out of office: the country stays where all offices were of one.
        let mut countries = stints.iter().filter(|stint| stint.level != Level::Breakaway).map(|stint| stint.country);
        if let Some(first) = countries.next()
            && countries.all(|other| other == first)
        {
            self.actor.country = first;
        }
        if self.day.is_some_and(|day| stints.iter().all(|stint| stint.is_over(day))) {
            self.actor.sectors = vec![Sector::Eli];
        }
    }

    fn body(&mut self, body: Option<&Organisation>, agent: Option<Agent>, owner: &Owner<'_>) {
        match body {
            Some(body) => {
                self.actor.name = Some(body.name.to_owned());
                self.actor.sectors.clone_from(&body.sectors);
                self.actor.basis = Some(ActorBasis::Name);
                let of_many = body.sectors.first().is_some_and(|sector| matches!(sector, Sector::Igo | Sector::Ngo));
                // "Nigeria's Red Cross": a general name takes the country that stands with it; an international body has none.
                self.actor.country = body.country.or(if of_many { None } else { owner.country });
                // "the Philippine Congress": another's body of the same name.
                if !of_many && owner.country.is_some() && body.country.is_some() && owner.country != body.country {
                    self.actor.name = None;
                    self.actor.country = owner.country;
                    self.actor.basis = Some(ActorBasis::Pattern);
                }
            }
            None => {
                self.actor.country = owner.country.or_else(|| owner.body.and_then(|body| body.country));
                let last = self.surface(self.best).rsplit([' ', '\n']).next().unwrap_or("").to_lowercase();
                let own = self.known.actors.agent(&last).filter(|own| own.group);
                self.sectors(agent.or(own), owner);
                if self.actor.country.is_some() || !self.actor.sectors.is_empty() {
                    self.actor.basis = Some(ActorBasis::Pattern);
                }
            }
        }
    }

    fn noun(&mut self, agent: Agent, owner: &Owner<'_>) {
        let plural = self.reading.feats(self.best.head).has(Feats::PLUR);
        if let Some(leader) = owner.leader {
            self.led(leader);
        }
        let country = self.actor.country.or(owner.country).or_else(|| owner.body.and_then(|body| body.country));
        self.actor.country = country;
        self.sectors(Some(agent), owner);
        self.actor.basis = country.map(|_| ActorBasis::Pattern);
        // "Islamic State jihadis" are Islamic State; a "Hamas official" is not Hamas.
        let armed = |sector: Option<Sector>| matches!(sector, Some(Sector::Reb | Sector::Uaf | Sector::Prm | Sector::Mil));
        if let Some(body) = owner.body
            && armed(agent.sector)
            && armed(body.sectors.first().copied())
            && (plural || self.reading.form(self.best.head).ends_with('s'))
        {
            self.actor.name = Some(body.name.to_owned());
            self.actor.basis = Some(ActorBasis::Pattern);
        }
        let title = self.title();
        let read = self.known.actors.posts.read(&title);
        if self.actor.sectors.is_empty() && !read.roles.is_empty() && read.unread == 0 {
            self.actor.sectors.extend(read.sector);
        }
        if read.former {
            self.actor.sectors = vec![Sector::Eli];
        } else if !plural && !read.roles.is_empty() && read.unread == 0 && (country.is_some() || self.actor.sectors.first() == Some(&Sector::Igo)) {
            self.holder(country, &read.roles);
        }
        if self.actor.country.is_none() && !owner.many && owner.body.is_none() && agent.local {
            let government = agent.role || matches!(agent.sector, Some(Sector::Gov | Sector::Leg | Sector::Jud | Sector::Eli));
            self.actor.country = self.focus.and_then(|focus| focus.of(self.reading, self.best.head, government));
            self.actor.basis = self.actor.country.map(|_| ActorBasis::Pattern);
            // "the president" of the country that the story is about.
            let definite = self.reading.children(self.best.head).any(|child| self.reading.form(child).eq_ignore_ascii_case("the"));
            if agent.role && definite && !plural && read.unread == 0 && self.actor.country.is_some() {
                self.holder(self.actor.country, &read.roles);
            }
        }
    }

    /// The one who holds an office of a country on the day of publication.
    fn holder(&mut self, country: Option<Country>, roles: &[String]) {
        let (Some(pack), Some(day)) = (self.known.actors.pack.as_ref(), self.day) else { return };
        let mut best: Option<(Fit, Stint<'_>)> = None;
        let mut many = false;
        for role in roles {
            for stint in pack.in_role(country, role) {
                let Some(fit) = stint.covers(day) else { continue };
                match &best {
                    Some((known, _)) if *known > fit => {}
                    Some((known, other)) if *known == fit && other.person != stint.person => {
                        // "Minister of Home Front Defence" gives way to "Minister of Defence".
                        let (own, its) = (self.unread(stint.post), self.unread(other.post));
                        if own != its {
                            if own < its {
                                best = Some((fit, stint));
                                many = false;
                            }
                            continue;
                        }
                        // Two at once: who came later is the one in office, if the other's end is not known.
                        let open = other.end().is_none() && stint.end().is_none() && other.start_number() != stint.start_number();
                        if open && stint.start_number() > other.start_number() {
                            best = Some((fit, stint));
                        } else if !open {
                            many = true;
                        }
                    }
                    _ => {
                        best = Some((fit, stint));
                        many = false;
                    }
                }
            }
        }
        let Some((fit, stint)) = best.filter(|_| !many) else { return };
        self.actor.name = Some(pack.name(stint.person).to_owned());
        let number = pack.wikidata(stint.person);
        self.actor.wikidata = (number > 0).then(|| format!("Q{number}"));
        self.actor.role = Some(stint.post.to_owned());
        (self.actor.role_start, self.actor.role_end) = (stint.start(), stint.end());
        self.actor.basis = Some(if fit == Fit::AfterSnapshot { ActorBasis::SnapshotEnd } else { ActorBasis::RoleAndDate });
        if let Some(sector) = stint.sector.filter(|_| stint.country.is_some()) {
            self.actor.sectors = vec![sector];
        }
    }

    fn unread(&self, post: &str) -> usize {
        self.known.actors.posts.read(post).unread
    }

    /// "the Assad regime": the country of the one of that name who led it on the day.
    fn led(&mut self, leader: usize) {
        let Some(pack) = self.known.actors.pack.as_ref() else { return };
        let name = self.surface(&self.found.all[leader]);
        let (mut scratch, mut people) = (String::new(), Vec::new());
        let last = name.rsplit(' ').next().unwrap_or(name);
        pack.find_surname(last, &mut scratch, &mut people);
        let mut countries: Vec<(bool, Country)> = Vec::new();
        for &person in &people {
            for stint in pack.stints(person).filter(|stint| stint.rank == 0 && stint.level == Level::National) {
                let now = self.day.is_none_or(|day| stint.covers(day).is_some());
                if let Some(country) = stint.country.filter(|country| !countries.contains(&(now, *country))) {
                    countries.push((now, country));
                }
            }
        }
        // Those in office that day go before those of another time.
        let now: Vec<Country> = countries.iter().filter(|(now, _)| *now).map(|(_, country)| *country).collect();
        let any: Vec<Country> = countries.iter().map(|(_, country)| *country).collect();
        self.actor.country = match (now.as_slice(), any.as_slice()) {
            ([one], _) | ([], [one]) => Some(*one),
            _ => None,
        };
    }

    /// The words of the phrase that tell the office: without countries, names and what hangs behind but "of".
    fn title(&self) -> String {
        let reading = self.reading;
        let mut words: Vec<Word> = Vec::new();
        let agents = self.unit.members.iter().filter(|&&member| matches!(self.found.all[member].kind, Kind::Agent(_)));
        for word in agents.map(|&member| self.found.all[member].head) {
            words.push(word);
            // Nouns and adjectives straight before it, whatever the tree says of them.
            let start = reading.text.sentences[reading.sentence_of(word)].words.start;
            words.extend((start..word).rev().take(6).take_while(|&before| matches!(reading.upos(before), Upos::Noun | Upos::Adj | Upos::Propn)));
            for child in reading.children(word) {
                let (first, last) = match reading.deprel(child) {
                    Deprel::Compound | Deprel::Amod | Deprel::Flat | Deprel::NmodUnmarked | Deprel::NmodDesc | Deprel::Goeswith => {
                        reading.extent(child, &|_| true)
                    }
                    // "minister of defence", "ambassador to the UN"; "secretary-general of the United Nations".
                    Deprel::Nmod => {
                        let Some(case) = reading.child(child, Deprel::Case) else { continue };
                        if !matches!(reading.lemma(case), "of" | "for" | "to") {
                            continue;
                        }
                        reading.extent(child, &|below| !matches!(reading.deprel(below), Deprel::AclRelcl | Deprel::Acl | Deprel::Appos))
                    }
                    _ => continue,
                };
                words.extend(first..=last);
            }
        }
        words.sort_unstable();
        words.dedup();
        let mut title = String::new();
        for word in words {
            // Own names and the country are no part of the title.
            let skip = match self.found.of(word).map(|owner| &self.found.all[owner].kind) {
                Some(Kind::Person | Kind::Country(..)) => true,
                Some(_) => false,
                None => reading.upos(word) == Upos::Punct,
            };
            let form = reading.form(word);
            if !skip && !is_courtesy(form) {
                title.push_str(form);
                title.push(' ');
            }
        }
        title
    }

    /// Sectors from the organisation that stands with the noun, the noun itself, and the noun that modifies it.
    fn sectors(&mut self, agent: Option<Agent>, owner: &Owner<'_>) {
        let mut sectors: Vec<Sector> = Vec::new();
        let mut add = |sector: Option<Sector>| {
            if let Some(sector) = sector
                && !sectors.contains(&sector)
            {
                sectors.push(sector);
            }
        };
        let own = agent.and_then(|agent| agent.sector);
        // A people or faith tells less than what its members do: "Sunni militants".
        let people = owner.body.is_some_and(|body| matches!(body.sectors.first(), None | Some(Sector::Cvl | Sector::Rel)));
        if people {
            add(own);
            owner.body.into_iter().flat_map(|body| &body.sectors).for_each(|&sector| add(Some(sector)));
        } else if let Some(body) = owner.body {
            body.sectors.iter().for_each(|&sector| add(Some(sector)));
            // "Hamas official", "UN spokesman": whose official it is says more than that it is one.
            let telling = matches!(own, Some(Sector::Gov | Sector::Reb | Sector::Uaf | Sector::Mil | Sector::Prm | Sector::Cvl)) || own.is_none();
            add(own.filter(|_| !telling || body.sectors.is_empty()));
        } else {
            let modifier = owner.agent.and_then(|agent| agent.sector);
            // "rebel commander": the modifier tells, where the noun fits any side.
            if agent.is_some_and(|agent| agent.sector.is_none() || agent.weak) || matches!(own, Some(Sector::Gov)) {
                add(modifier.or(own));
            } else {
                add(own);
                add(modifier);
            }
        }
        self.actor.sectors = sectors;
    }

    /// Age, sex and civilian standing as the phrase states them.
    fn particulars(&mut self) {
        let text = self.reading.surface(self.actor.span);
        self.actor.age = age(text);
        let nouns = || self.unit.members.iter().map(|&member| self.reading.lemma(self.found.all[member].head));
        let words = || text.split(|letter: char| !letter.is_alphanumeric());
        let female = nouns().any(is_female) || words().any(|word| matches!(word, "female" | "Mrs" | "Ms" | "Miss" | "Queen" | "Princess" | "Lady" | "Dame"));
        let male = nouns().any(is_male) || words().any(|word| matches!(word, "male" | "Mr" | "Sir" | "King" | "Prince"));
        self.actor.sex = match (female, male) {
            (true, false) => Some("female"),
            (false, true) => Some("male"),
            _ => None,
        };
        if self.actor.sex.is_some()
            && self.reading.feats(self.best.head).has(Feats::PLUR)
            && self.best.words.len() == 1
            && nouns().all(|noun| !is_female(noun) && !is_male(noun))
        {
            self.actor.sex = None;
        }
        let stated = self.unit.members.iter().filter_map(|&member| match self.found.all[member].kind {
            Kind::Agent(agent) => agent.civilian,
            _ => None,
        });
        self.actor.civilian = stated.fold(None, |known, stated| if known == Some(true) { known } else { Some(stated) });
        if words().any(|word| word == "civilian") && self.actor.civilian.is_none() {
            self.actor.civilian = Some(true);
        }
    }
}

fn is_female(lemma: &str) -> bool {
    matches!(
        lemma,
        "woman"
            | "girl"
            | "mother"
            | "daughter"
            | "sister"
            | "wife"
            | "grandmother"
            | "aunt"
            | "niece"
            | "widow"
            | "lady"
            | "queen"
            | "princess"
            | "actress"
            | "nun"
            | "schoolgirl"
            | "spokeswoman"
            | "policewoman"
            | "businesswoman"
            | "congresswoman"
            | "chairwoman"
            | "housewife"
            | "girlfriend"
            | "waitress"
            | "duchess"
            | "granddaughter"
            | "councilwoman"
            | "servicewoman"
    )
}

fn is_male(lemma: &str) -> bool {
    matches!(
        lemma,
        "man"
            | "boy"
            | "father"
            | "son"
            | "brother"
            | "husband"
            | "grandfather"
            | "uncle"
            | "nephew"
            | "king"
            | "prince"
            | "schoolboy"
            | "spokesman"
            | "policeman"
            | "businessman"
            | "congressman"
            | "chairman"
            | "boyfriend"
            | "grandson"
            | "monk"
            | "priest"
            | "gentleman"
            | "gunman"
            | "fisherman"
            | "duke"
            | "councilman"
            | "serviceman"
            | "pope"
            | "imam"
    )
}

/// "a 34-year-old woman", "John Doe, 34,": the age in years.
fn age(text: &str) -> Option<u16> {
    let years = |digits: &str| digits.parse::<u16>().ok().filter(|age| (0..=125).contains(age));
    if let Some(at) = text.find("-year-old").or_else(|| text.find(" year old")).or_else(|| text.find("-year old")) {
        let digits = text[..at].rsplit(|letter: char| !letter.is_ascii_digit()).next().unwrap_or("");
        return years(digits);
    }
    // A number alone between commas after a name.
    text.split(", ").skip(1).find_map(|part| years(part.trim_end_matches(',')))
}

#[cfg(test)]
mod tests {
    use super::age;

    #[test]
    fn ages() {
        for (text, expected) in [("a 34-year-old woman", Some(34)), ("Ana Prado, 61", Some(61)), ("two men", None), ("Unit 731, the 4th", None)] {
            assert_eq!(age(text), expected, "{text}");
        }
    }
}
