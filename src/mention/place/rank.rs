//! Which of the places of one name is meant: a small sum of what is known about each, in two rounds.
//!
//! A name means one place throughout an article. The weights are few and set by hand: a great place beats a small one, unless
//! the text says where it lies ("Tripoli, Lebanon"), or the other places of the article lie around the small one.

use crate::record::Reading;
use crate::resource::Resources;
use crate::resource::fold::fold;
use crate::resource::places::{Class, Gazetteer, Match, Posting, Record};

use super::spot::{Said, Spot};

/// Worth of a tenfold of people.
const TENFOLD: f64 = 0.5;
/// A name that is not the gazetteer's own for the place.
const OTHER_NAME: f64 = -1.0;
/// Capital of a country.
const CAPITAL: f64 = 0.3;
/// Seat of a first-level division.
const SEAT: f64 = 0.3;
/// County or district named without saying so.
const BARE_DISTRICT: f64 = -0.6;
/// The text says that it is a division, and it is.
const AS_DIVISION: f64 = 4.0;
/// The text says that it is a town, and it is.
const AS_SETTLEMENT: f64 = 1.5;
/// The text says in what it lies ("X, Y"), and it does.
const CONTAINED: f64 = 6.0;
/// All other names of the article lie in its country.
const COUNTRY: f64 = 3.0;
/// All other names of the article lie in its first-level division.
const ADMIN1: f64 = 4.0;
/// Another place of the article lies beside it.
const NEAR: f64 = 1.5;
/// Kilometres at which [`NEAR`] has fallen to a third.
const NEAR_KM: f64 = 150.0;
/// Share of a name's weight in the votes that a demonym has.
const DEMONYM_VOTE: f64 = 0.5;
/// Candidates of one name that are looked at, the most prominent.
const MAX_CANDIDATES: usize = 48;

/// One place that a name may mean.
struct Candidate {
    number: u32,
    record: Record,
    /// Its place on the unit sphere.
    spot: Option<[f64; 3]>,
    prior: f64,
    score: f64,
}

/// All spots with one name: they are taken to mean one place.
struct Group {
    key: String,
    said: Option<Said>,
    /// The group in which the text says that it lies.
    container: Option<usize>,
    candidates: Vec<Candidate>,
    best: usize,
    /// How much it counts in the votes: how clear its best candidate is.
    weight: f64,
}

impl Group {
    fn best(&self) -> Option<&Candidate> {
        self.candidates.get(self.best)
    }
}

/// The record that each spot means; none where the gazetteer has none. `dateline` holds the names of the dateline, inner first.
pub(super) fn resolve(reading: &Reading<'_>, spots: &[Spot], dateline: &[&str], known: &Resources) -> Vec<Option<u32>> {
    let places = &known.places;
    let mut groups: Vec<Group> = Vec::new();
    for name in dateline {
        add(&mut groups, fold(name), None, places.lookup(name), places);
    }
    for inner in 1..groups.len() {
        groups[inner - 1].container = Some(inner);
    }
    let group_of: Vec<Option<usize>> = spots
        .iter()
        .map(|spot| match (spot.abbreviated, spot.hit) {
            (Some(name), _) => add(&mut groups, fold(name), Some(Said::Division), places.lookup(name), places),
            (None, Some(hit)) => {
                let name = reading.surface(reading.span_of(spot.name.start, spot.name.end - 1));
                add(&mut groups, fold(name), spot.kind, places.postings(hit), places)
            }
            (None, None) => None,
        })
        .collect();
    for (index, pair) in spots.windows(2).enumerate() {
        let (Some(first), Some(second)) = (group_of[index], group_of[index + 1]) else { continue };
        let between = || (pair[0].words.end..pair[1].words.start).map(|word| reading.form(word));
        let (inner, outer) = match between().next() {
            Some("," | "(" | "in") if pair[1].words.start == pair[0].words.end + 1 => (first, second),
            Some("'s" | "’s") if pair[1].words.start == pair[0].words.end + 1 => (second, first),
            _ => continue,
        };
        let lies_in = |inner: &Group, outer: &Group| inner.candidates.iter().any(|inner| outer.candidates.iter().any(|outer| contains(outer, inner)));
        if inner != outer && lies_in(&groups[inner], &groups[outer]) {
            groups[inner].container.get_or_insert(outer);
        }
    }
    rank(&mut groups, &votes(reading, known));
    group_of.iter().map(|&group| groups.get(group?)?.best().map(|candidate| candidate.number)).collect()
}

/// The group of a name, made where there is none yet; none where the name means nothing.
fn add(groups: &mut Vec<Group>, key: Option<String>, said: Option<Said>, postings: impl Iterator<Item = Posting>, places: &Gazetteer) -> Option<usize> {
    let key = key?;
    let said = said.filter(|said| *said != Said::Site);
    if let Some(known) = groups.iter().position(|group| group.said == said && group.key == key) {
        return Some(known);
    }
    let candidate = |posting: Posting| {
        let record = places.record(posting.record)?;
        let prior = prior(&record, posting.kind, said);
        let spot = record.point.map(|(lat, lon)| {
            let (lat, lon) = (lat.to_radians(), lon.to_radians());
            [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
        });
        Some(Candidate { number: posting.record, record, spot, prior, score: prior })
    };
    let candidates: Vec<Candidate> = postings.take(MAX_CANDIDATES).filter_map(candidate).collect();
    if candidates.is_empty() {
        return None;
    }
    groups.push(Group { key, said, container: None, candidates, best: 0, weight: 1.0 });
    Some(groups.len() - 1)
}

/// What a bare name says for a place.
fn prior(record: &Record, kind: Match, said: Option<Said>) -> f64 {
    let mut score = TENFOLD * f64::from(record.prominence().max(1)).log10();
    if kind != Match::Main {
        score += OTHER_NAME;
    }
    score += match record.class {
        Class::Capital => CAPITAL,
        Class::Seat => SEAT,
        Class::Admin2 if said.is_none() => BARE_DISTRICT,
        _ => 0.0,
    };
    score
        + match said {
            Some(Said::Division) if matches!(record.class, Class::Admin1 | Class::Admin2 | Class::Region) => AS_DIVISION,
            Some(Said::Settlement) if record.class.is_town() || matches!(record.class, Class::Quarter | Class::Camp) => AS_SETTLEMENT,
            _ => 0.0,
        }
}

/// Whether one place lies in the other, as far as codes and nearness tell.
fn contains(outer: &Candidate, inner: &Candidate) -> bool {
    if outer.number == inner.number || inner.record.class == Class::Country {
        return false;
    }
    let same_country = outer.record.country == inner.record.country;
    let near = |km: f64| distance(outer, inner).is_some_and(|apart| apart < km);
    match outer.record.class {
        Class::Country => same_country,
        Class::Admin1 => same_country && outer.record.admin1 == inner.record.admin1 && inner.record.class != Class::Admin1,
        Class::Admin2 => same_country && outer.record.admin1 == inner.record.admin1 && inner.record.class.is_spot() && near(120.0),
        Class::Capital | Class::Seat => same_country && matches!(inner.record.class, Class::Quarter | Class::Camp | Class::Site) && near(40.0),
        _ => false,
    }
}

/// Kilometres between two places; none where either has no point.
fn distance(one: &Candidate, other: &Candidate) -> Option<f64> {
    let (one, other) = (one.spot?, other.spot?);
    let square = (one[0] - other[0]).powi(2) + (one[1] - other[1]).powi(2) + (one[2] - other[2]).powi(2);
    Some(2.0 * 6371.0 * (square.sqrt() / 2.0).min(1.0).asin())
}

/// Numbers of the countries whose adjectives and peoples stand in the text, with how often.
fn votes(reading: &Reading<'_>, known: &Resources) -> Vec<(u8, f64)> {
    let mut votes: Vec<(u8, f64)> = Vec::new();
    for (_, country) in super::demonyms(reading, known) {
        let Some(number) = known.places.country_number(country) else { continue };
        match votes.iter_mut().find(|(other, _)| *other == number) {
            Some((_, count)) => *count += 1.0,
            None => votes.push((number, 1.0)),
        }
    }
    votes
}

fn rank(groups: &mut [Group], demonyms: &[(u8, f64)]) {
    for group in groups.iter_mut() {
        choose(group);
    }
    for _ in 0..2 {
        for index in 0..groups.len() {
            let scores: Vec<f64> = groups[index].candidates.iter().map(|candidate| score(candidate, index, groups, demonyms)).collect();
            for (candidate, score) in groups[index].candidates.iter_mut().zip(scores) {
                candidate.score = score;
            }
            choose(&mut groups[index]);
        }
    }
}

/// Sets the best candidate and how clear it is.
fn choose(group: &mut Group) {
    let (mut best, mut second) = (0, f64::NEG_INFINITY);
    for (index, candidate) in group.candidates.iter().enumerate().skip(1) {
        let lead = group.candidates[best].score;
        if candidate.score > lead {
            second = lead;
            best = index;
        } else {
            second = second.max(candidate.score);
        }
    }
    group.best = best;
    let lead = group.candidates.get(best).map_or(0.0, |candidate| candidate.score);
    group.weight = 1.0 - (-(lead - second) / 2.0).exp();
}

fn score(candidate: &Candidate, own: usize, groups: &[Group], demonyms: &[(u8, f64)]) -> f64 {
    let mut score = candidate.prior;
    let record = &candidate.record;
    if let Some(outer) = groups[own].container.and_then(|outer| groups.get(outer))
        && outer.candidates.iter().any(|outer| contains(outer, candidate))
    {
        score += CONTAINED;
    }
    let (mut all, mut country, mut admin1) = (1.0, 0.0, 0.0);
    let mut nearest = f64::INFINITY;
    for (index, group) in groups.iter().enumerate().filter(|(index, _)| *index != own) {
        let Some(best) = group.best() else { continue };
        all += group.weight;
        // What lies in it speaks for a container as for a country.
        if group.container == Some(own) && contains(candidate, best) {
            score += CONTAINED / 4.0;
        }
        if best.record.country == record.country && record.country != Record::NO_COUNTRY {
            country += group.weight;
            if best.record.admin1 == record.admin1 && record.admin1 != Record::NO_ADMIN1 {
                admin1 += group.weight;
            }
        }
        if best.record.class.is_spot() && record.class.is_spot() && groups[own].container != Some(index) {
            nearest = nearest.min(distance(candidate, best).unwrap_or(f64::INFINITY));
        }
    }
    for &(number, count) in demonyms {
        let weight = DEMONYM_VOTE * (1.0 + count).log2();
        all += weight;
        if number == record.country {
            country += weight;
        }
    }
    score + COUNTRY * country / all + ADMIN1 * admin1 / all + NEAR * (-nearest / NEAR_KM).exp()
}
