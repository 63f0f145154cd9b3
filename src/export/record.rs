//! What was coded, as JSON objects: the fields of `record::fields`, `kind` first, keys with nothing to say left out.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::offsets::CodePoints;
use crate::record::{
    Actor, ActorBasis, ActorMention, Alias, Article, Caption, Cause, Claim, Coded, Country, Coverage, Event, EventType, Figure, FlowOrStock, Head, Involvement,
    Issue, Link, Party, Place, PlaceBasis, PlacePrecision, Pledge, Quote, Source, Span, Stamp, What, When, identity,
};

/// Every record of a document, in the order of `fields::KINDS`, each kind in text order.
#[must_use]
pub fn records(coded: &Coded) -> Vec<Value> {
    let mut ids = Ids::new(&coded.article.id);
    let events: Vec<String> = coded.events.iter().map(|event| ids.next("event", event.head.trigger)).collect();
    let figures: Vec<String> = coded.figures.iter().map(|figure| ids.next("figure", figure.head.trigger)).collect();
    let writer = Writer { article: &coded.article, points: CodePoints::of(&coded.article.text), events: &events, figures: &figures };

    let mut records = Vec::with_capacity(1 + coded.mentions.actors.len() + events.len() + figures.len());
    records.push(writer.article(&coded.mentions.aliases));
    for mention in coded.mentions.actors.iter().filter(|mention| !mention.pronoun && !mention.modifier) {
        let id = ids.next("actor", mention.actor.span);
        records.push(writer.actor_record(id, mention));
    }
    for (event, id) in coded.events.iter().zip(&events) {
        records.push(writer.event(id, event));
    }
    for quote in &coded.quotes {
        let id = ids.next("quote", quote.head.trigger);
        records.push(writer.quote(id, quote));
    }
    for (figure, id) in coded.figures.iter().zip(&figures) {
        records.push(writer.figure(id, figure));
    }
    for pledge in &coded.pledges {
        let id = ids.next("pledge", pledge.head.trigger);
        records.push(writer.pledge(id, pledge));
    }
    for issue in &coded.issues {
        let id = ids.next("issue", issue.span.unwrap_or_default());
        records.push(writer.issue(id, issue));
    }
    records
}

/// An issue of a document that no article came of.
#[must_use]
pub fn source_issue(source: &str, issue: &Issue) -> Value {
    let id = Ids::new(source).next("issue", Span::default());
    let mut object = Object::default();
    object.text("kind", "issue");
    object.text("id", id);
    object.text("source", source);
    object.text("stage", issue.stage.as_str());
    object.text("problem", issue.problem.as_str());
    object.value()
}

/// An object under construction: what is empty is never put in.
#[derive(Default)]
struct Object(Map<String, Value>);

impl Object {
    fn text(&mut self, name: &str, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.0.insert(name.to_owned(), Value::String(text));
        }
    }

    fn maybe(&mut self, name: &str, text: Option<impl Into<String>>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    fn whole(&mut self, name: &str, number: impl Into<u64>) {
        self.0.insert(name.to_owned(), Value::from(number.into()));
    }

    /// A number; whole ones without a decimal point. What is not finite cannot be written in JSON and is left out.
    fn number(&mut self, name: &str, number: Option<f64>) {
        let Some(number) = number else { return };
        let value = if number.fract() == 0.0 && number.abs() < 9e15 { Value::from(number as i64) } else { Value::from(number) };
        if !value.is_null() {
            self.0.insert(name.to_owned(), value);
        }
    }

    /// A share of one, to three decimals.
    fn share(&mut self, name: &str, share: f32) {
        let thousandths = (f64::from(share) * 1000.0).round().clamp(0.0, 1000.0);
        self.number(name, Some(thousandths / 1000.0));
    }

    fn flag(&mut self, name: &str, flag: bool) {
        self.0.insert(name.to_owned(), Value::Bool(flag));
    }

    fn object(&mut self, name: &str, object: Object) {
        if !object.0.is_empty() {
            self.0.insert(name.to_owned(), object.value());
        }
    }

    fn list<V: Into<Value>>(&mut self, name: &str, items: impl IntoIterator<Item = V>) {
        let items: Vec<Value> = items.into_iter().map(Into::into).collect();
        if !items.is_empty() {
            self.0.insert(name.to_owned(), Value::Array(items));
        }
    }

    fn value(self) -> Value {
        Value::Object(self.0)
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Value {
        object.value()
    }
}

struct Writer<'a> {
    article: &'a Article,
    points: CodePoints<'a>,
    /// Ids of the events and figures, by index.
    events: &'a [String],
    figures: &'a [String],
}

impl Writer<'_> {
    fn surface(&self, span: Span) -> &str {
        span.of(&self.article.text)
    }

    fn start(&self, kind: &str, id: impl Into<String>) -> Object {
        let mut object = Object::default();
        object.text("kind", kind);
        object.text("id", id);
        object.text("article", self.article.id.as_str());
        object
    }

    fn article(&self, aliases: &[Alias]) -> Value {
        let article = self.article;
        let mut object = Object::default();
        object.text("kind", "article");
        object.text("id", article.id.as_str());
        object.maybe("url", article.url.as_deref());
        object.maybe("title", article.title.as_deref());
        object.maybe("publisher", article.publisher.as_deref());
        if let Some((stamp, basis)) = article.published {
            object.text("published", moment(stamp));
            object.text("published_basis", basis.as_str());
        }
        object.maybe("modified", article.modified.map(moment));
        object.maybe("retrieved", article.retrieved.map(moment));
        object.text("sha256", article.sha256.as_str());
        object.maybe("licence", article.licence.as_deref());
        object.maybe("language", article.language.as_deref());
        object.maybe("byline", article.byline.map(|span| self.surface(span)));
        object.maybe("dateline", article.dateline.map(|span| self.surface(span)));
        object.text("text", article.text.as_str());
        object.text("body_text", body(article));
        object.list(
            "zones",
            article.zones.iter().map(|block| {
                let mut zone = Object::default();
                zone.whole("start", block.span.start);
                zone.whole("end", block.span.end);
                zone.text("zone", block.zone.as_str());
                zone
            }),
        );
        object.list("captions", article.captions.iter().filter(|caption| !caption.text.is_empty()).map(|caption| self.caption(caption)));
        object.list("related", article.related.iter().map(|&span| self.surface(span)));
        object.list("wire_credits", article.wire_credits.iter().map(|&span| self.surface(span)));
        object.list(
            "aliases",
            aliases.iter().map(|alias| {
                let mut object = Object::default();
                object.text("alias", self.surface(alias.alias));
                object.text("name", alias.name.as_str());
                object
            }),
        );
        object.value()
    }

    fn caption(&self, caption: &Caption) -> Object {
        let mut object = Object::default();
        object.text("text", self.surface(caption.text));
        object.maybe("credit", caption.credit.map(|span| self.surface(span)));
        object
    }

    fn actor_record(&self, id: String, mention: &ActorMention) -> Value {
        let mut object = self.start("actor", id);
        self.put_actor(&mut object, &mention.actor);
        object.whole("entity", mention.entity);
        object.list("evidence", [self.evidence(mention.actor.span)]);
        object.value()
    }

    fn event(&self, id: &str, event: &Event) -> Value {
        let mut object = self.start("event", id);
        self.put_what(&mut object, &event.what);
        object.list("contexts", event.contexts.iter().map(|context| context.as_str()));
        object.maybe("cameo", event.cameo.as_deref());
        object.list("figures", event.figures.iter().filter_map(|&figure| self.figures.get(figure)).map(String::as_str));
        object.flag("background", event.background);
        if let Some(content) = &event.content {
            let mut inner = Object::default();
            self.put_what(&mut inner, content);
            object.object("content", inner);
        }
        self.put_head(&mut object, &event.head);
        object.value()
    }

    fn quote(&self, id: String, quote: &Quote) -> Value {
        let mut object = self.start("quote", id);
        let halves: Vec<&str> = quote.spans.iter().map(|&span| self.surface(span)).collect();
        object.text("text", halves.join(" "));
        object.text("form", quote.form.as_str());
        object.object("speaker", self.maybe_actor(quote.speaker.as_ref()));
        object.object("addressee", self.maybe_actor(quote.addressee.as_ref()));
        object.maybe("cue", quote.cue.map(|span| self.surface(span)));
        self.put_when(&mut object, "date", quote.date.as_ref());
        if let Some(place) = &quote.place {
            object.object("place", self.place(place));
        }
        self.put_head(&mut object, &quote.head);
        object.value()
    }

    fn figure(&self, id: &str, figure: &Figure) -> Value {
        let mut object = self.start("figure", id);
        object.number("value", figure.value);
        object.number("low", figure.low);
        object.number("high", figure.high);
        object.text("qualifier", figure.qualifier.as_str());
        object.text("unit", figure.unit.as_str());
        object.maybe("currency", figure.currency);
        object.maybe("per", figure.per.as_deref());
        object.text("measure", figure.measure.as_str());
        object.text("figure_kind", figure.kind.as_str());
        object.maybe("flow_or_stock", figure.flow_or_stock.map(FlowOrStock::as_str));
        object.maybe("coverage", figure.coverage.map(Coverage::as_str));
        object.maybe("population", figure.population.map(|span| self.surface(span)));
        object.maybe("population_country", figure.population_country.as_ref().map(Country::as_str));
        object.maybe("destination_country", figure.destination_country.as_ref().map(Country::as_str));
        object.list("places", figure.places.iter().map(|place| self.place(place)));
        object.list("origin_places", figure.origin_places.iter().map(|place| self.place(place)));
        object.list("destination_places", figure.destination_places.iter().map(|place| self.place(place)));
        self.put_when(&mut object, "period", figure.period.as_ref());
        self.put_when(&mut object, "as_of", figure.as_of.as_ref());
        object.maybe("event", figure.event.and_then(|event| self.events.get(event)).map(String::as_str));
        object.maybe("cause", figure.cause.map(Cause::as_str));
        object.share("salience", figure.salience);
        object.list(
            "relations",
            figure.relations.iter().filter_map(|&(relation, other)| {
                let mut object = Object::default();
                object.text("type", relation.as_str());
                object.text("figure", self.figures.get(other)?.as_str());
                Some(object)
            }),
        );
        self.put_head(&mut object, &figure.head);
        object.value()
    }

    fn pledge(&self, id: String, pledge: &Pledge) -> Value {
        let mut object = self.start("pledge", id);
        object.object("promiser", self.maybe_actor(pledge.promiser.as_ref()));
        object.maybe("action", pledge.action.map(|span| self.surface(span)));
        object.text("polarity", pledge.polarity.as_str());
        object.object("beneficiary", self.maybe_actor(pledge.beneficiary.as_ref()));
        object.maybe("target", pledge.target.and_then(|figure| self.figures.get(figure)).map(String::as_str));
        self.put_when(&mut object, "deadline", pledge.deadline.as_ref());
        self.put_when(&mut object, "made_on", pledge.made_on.as_ref());
        object.text("state", pledge.state.as_str());
        object.list("state_attribution", pledge.state_attribution.iter().map(|source| self.source(source)));
        self.put_head(&mut object, &pledge.head);
        object.value()
    }

    fn issue(&self, id: String, issue: &Issue) -> Value {
        let mut object = self.start("issue", id);
        object.text("stage", issue.stage.as_str());
        if let Some(span) = issue.span {
            object.whole("start", span.start);
            object.whole("end", span.end);
        }
        object.text("problem", issue.problem.as_str());
        object.value()
    }

    fn put_head(&self, object: &mut Object, head: &Head) {
        object.text("claim", head.claim.as_str());
        object.text("realis", head.realis.as_str());
        object.text("status", head.status().as_str());
        object.list("attribution", head.attribution.iter().map(|source| self.source(source)));
        object.list("links", head.links.iter().map(|link| self.link(link)));
        let mut trigger = Object::default();
        trigger.whole("start", head.trigger.start);
        trigger.whole("end", head.trigger.end);
        trigger.text("text", self.surface(head.trigger));
        object.object("trigger", trigger);
        object.list("evidence", head.evidence.iter().map(|&span| self.evidence(span)));
        object.share("confidence", head.confidence);
    }

    fn put_what(&self, object: &mut Object, what: &What) {
        object.maybe("event_type", what.event_type.map(EventType::as_str));
        object.list("modes", what.modes.iter().map(|mode| mode.as_str()));
        object.list("actors", what.actors.iter().map(|party| self.party(party)));
        object.list("recipients", what.recipients.iter().map(|party| self.party(party)));
        self.put_when(object, "date", what.date.as_ref());
        object.list("places", what.places.iter().map(|place| self.place(place)));
    }

    fn evidence(&self, span: Span) -> Object {
        let mut object = Object::default();
        object.whole("start", span.start);
        object.whole("end", span.end);
        object.whole("start_char", self.points.before(span.start));
        object.whole("end_char", self.points.before(span.end));
        object.text("text", self.surface(span));
        object.text("zone", self.article.zone_at(span.start).as_str());
        object
    }

    fn put_words(&self, object: &mut Object, span: Span) {
        if !span.is_empty() {
            object.text("text", self.surface(span));
            object.whole("start", span.start);
            object.whole("end", span.end);
        }
    }

    fn maybe_actor(&self, actor: Option<&Actor>) -> Object {
        let mut object = Object::default();
        if let Some(actor) = actor {
            self.put_actor(&mut object, actor);
        }
        object
    }

    fn put_actor(&self, object: &mut Object, actor: &Actor) {
        self.put_words(object, actor.span);
        object.maybe("name", actor.name.as_deref());
        object.maybe("wikidata", actor.wikidata.as_deref());
        object.maybe("country", actor.country.as_ref().map(Country::as_str));
        object.list("sectors", actor.sectors.iter().map(|sector| sector.as_str()));
        object.maybe("role", actor.role.as_deref());
        object.maybe("role_start", actor.role_start.map(|date| date.to_string()));
        object.maybe("role_end", actor.role_end.map(|date| date.to_string()));
        if let Some(age) = actor.age {
            object.whole("age", age);
        }
        object.maybe("sex", actor.sex);
        if let Some(civilian) = actor.civilian {
            object.flag("civilian", civilian);
        }
        object.maybe("basis", actor.basis.map(ActorBasis::as_str));
    }

    fn party(&self, party: &Party) -> Object {
        let mut object = Object::default();
        self.put_actor(&mut object, &party.actor);
        object.maybe("involvement", party.involvement.map(Involvement::as_str));
        object.maybe("claim", party.claim.map(Claim::as_str));
        object.list("attribution", party.attribution.iter().map(|source| self.source(source)));
        object
    }

    fn source(&self, source: &Source) -> Object {
        let actor = &source.actor;
        let mut object = Object::default();
        if !actor.span.is_empty() {
            object.text("text", self.surface(actor.span));
        }
        object.maybe("name", actor.name.as_deref());
        object.maybe("wikidata", actor.wikidata.as_deref());
        object.maybe("country", actor.country.as_ref().map(Country::as_str));
        object.list("sectors", actor.sectors.iter().map(|sector| sector.as_str()));
        object.maybe("cue", source.cue.map(|span| self.surface(span)));
        if !actor.span.is_empty() {
            object.whole("start", actor.span.start);
            object.whole("end", actor.span.end);
        }
        self.put_when(&mut object, "date", source.date.as_ref());
        object.text("role", source.role.as_str());
        object.text("source_type", source.source_type.as_str());
        object.flag("anonymous", source.anonymous);
        if let Some(party) = source.party_to_event {
            object.flag("party_to_event", party);
        }
        object
    }

    fn link(&self, link: &Link) -> Object {
        let mut object = Object::default();
        object.text("type", link.link.as_str());
        object.maybe("record", link.event.and_then(|event| self.events.get(event)).map(String::as_str));
        object.object("by", self.maybe_actor(link.by.as_ref()));
        object.list("evidence", [self.evidence(link.evidence)]);
        object
    }

    fn put_when(&self, object: &mut Object, name: &str, when: Option<&When>) {
        let Some(when) = when else { return };
        let mut inner = Object::default();
        inner.maybe("start", when.start.map(|date| date.to_string()));
        inner.maybe("end", when.end.map(|date| date.to_string()));
        inner.maybe("text", when.span.map(|span| self.surface(span)));
        inner.text("timex", when.timex.as_str());
        inner.text("basis", when.basis.as_str());
        inner.text("precision", when.precision.as_str());
        object.object(name, inner);
    }

    fn place(&self, place: &Place) -> Object {
        let mut object = Object::default();
        self.put_words(&mut object, place.span);
        object.maybe("name", place.name.as_deref());
        if let Some(id) = place.geonames_id {
            object.whole("geonames_id", id);
        }
        object.number("lat", place.lat);
        object.number("lon", place.lon);
        object.maybe("country", place.country.as_ref().map(Country::as_str));
        object.maybe("admin1", place.admin1.as_deref());
        object.maybe("precision", place.precision.map(PlacePrecision::as_str));
        object.maybe("relation", place.relation.as_deref());
        object.maybe("basis", place.basis.map(PlaceBasis::as_str));
        object
    }
}

/// The body zones of an article, joined by newlines.
fn body(article: &Article) -> String {
    let blocks: Vec<&str> = article.zones.iter().filter(|block| block.zone == crate::record::Zone::Body).map(|block| block.span.of(&article.text)).collect();
    blocks.join("\n")
}

/// ISO 8601 of a stamp, as fine as it is known.
fn moment(stamp: Stamp) -> String {
    let mut text = stamp.date.to_string();
    if let Some(time) = stamp.time {
        text.push_str(&time.strftime("T%H:%M:%S").to_string());
        match stamp.offset {
            Some(0) => text.push('Z'),
            Some(offset) => {
                let sign = if offset < 0 { '-' } else { '+' };
                let minutes = offset.unsigned_abs();
                text.push_str(&format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60));
            }
            None => {}
        }
    }
    text
}

/// Gives ids; records of one kind that share a trigger are told apart by their order.
struct Ids<'a> {
    article: &'a str,
    given: FxHashMap<(&'static str, Span), usize>,
}

impl<'a> Ids<'a> {
    fn new(article: &'a str) -> Self {
        Self { article, given: FxHashMap::default() }
    }

    fn next(&mut self, kind: &'static str, trigger: Span) -> String {
        let ordinal = self.given.entry((kind, trigger)).or_insert(0);
        let id = identity::record(self.article, kind, trigger, *ordinal);
        *ordinal += 1;
        id
    }
}
