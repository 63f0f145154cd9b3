//! Learning: two batches at a time, one on each core.

use std::path::Path;
use std::time::Instant;

use anyhow::Context as _;
use train::conllu::Sentence;
use whodid::record::Deprel;
use whodid::resource::Weights;

use crate::data::{Example, batch, batches};
use crate::network::{Batch, Noise, largest};
use crate::parameters::{Parameters, Vars};
use crate::random::Random;

/// Encoders turn words into states; the scorers over them are the same.
pub(crate) trait Encoder: Sync {
    /// One row a word, padding included.
    fn states(&self, vars: &Vars, batch: &Batch, examples: &[&Example], noise: &mut Noise) -> candle_core::Result<candle_core::Tensor>;
    /// Learning rate of a tensor, as a share of the highest.
    fn rate(&self, name: &str) -> f32;
}

/// The small network.
pub(crate) struct Small;

impl Encoder for Small {
    fn states(&self, vars: &Vars, batch: &Batch, _: &[&Example], noise: &mut Noise) -> candle_core::Result<candle_core::Tensor> {
        batch.states(vars, noise)
    }

    fn rate(&self, _: &str) -> f32 {
        1.0
    }
}

/// How to learn.
pub(crate) struct Plan {
    /// Passes over the examples.
    pub(crate) epochs: usize,
    /// Words in a batch.
    pub(crate) words: usize,
    /// Highest learning rate.
    pub(crate) rate: f32,
    /// Epochs between looks at the development sets.
    pub(crate) look: usize,
}

/// Development sets: a name and its sentences.
pub(crate) type Dev = Vec<(String, Vec<Sentence>)>;

/// Learns, and writes what does best on the development sets (sum of LAS) to `out`.
pub(crate) fn learn(
    encoder: &impl Encoder,
    mut model: Parameters,
    examples: &[Example],
    dev: &Dev,
    known: &Weights,
    plan: &Plan,
    out: &Path,
) -> anyhow::Result<()> {
    let mut random = Random(17);
    let words: usize = examples.iter().map(|example| example.forms.len()).sum();
    eprintln!("{} sentences, {words} words, {} parameters", examples.len(), model.values.len());
    let start = Instant::now();
    let each = batches(examples, plan.words, &mut random.clone()).len().div_ceil(2);
    let steps = each * plan.epochs;
    let (mut step, mut best) = (0usize, 0.0);
    for epoch in 1..=plan.epochs {
        let (mut lost, mut seen) = (0f64, 0f64);
        let order = batches(examples, plan.words, &mut random);
        for pair in order.chunks(2) {
            let seeds: Vec<u64> = pair.iter().map(|_| random.next()).collect();
            let made: Vec<(Batch, Vec<&Example>, u64)> = std::thread::scope(|scope| {
                let jobs: Vec<_> = pair
                    .iter()
                    .zip(&seeds)
                    .map(|(indices, &seed)| {
                        scope.spawn(move || {
                            let chosen: Vec<&Example> = indices.iter().map(|&index| &examples[index]).collect();
                            let mut random = Random(seed);
                            (batch(&chosen, known, Some(&mut random)), chosen, random.next())
                        })
                    })
                    .collect();
                jobs.into_iter().filter_map(|job| job.join().ok()).collect()
            });
            let sum = |weights: fn(&Batch) -> &Vec<f32>| made.iter().flat_map(|made| weights(&made.0)).sum::<f32>().max(1.0);
            let factors = (1.0 / sum(|batch| &batch.tag_weight), 1.0 / sum(|batch| &batch.tree_weight), 1.0 / sum(|batch| &batch.name_weight));
            let vars = model.vars(false)?;
            let model_ref = &model;
            let vars_ref = &vars;
            let results: Vec<anyhow::Result<(f32, Vec<f32>)>> = std::thread::scope(|scope| {
                let jobs: Vec<_> = made
                    .iter()
                    .map(|(batch, chosen, seed)| {
                        scope.spawn(move || {
                            let mut noise = Noise { random: Random(*seed), learning: true };
                            let state = encoder.states(vars_ref, batch, chosen, &mut noise)?;
                            let loss = batch.loss(vars_ref, &state, factors, &mut noise)?;
                            let store = loss.backward()?;
                            let mut sum = vec![0f32; model_ref.values.len()];
                            model_ref.gather(vars_ref, &store, &mut sum)?;
                            anyhow::Ok((loss.to_scalar::<f32>()?, sum))
                        })
                    })
                    .collect();
                jobs.into_iter().map(|job| job.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a thread of learning failed")))).collect()
            });
            let mut gradient = vec![0f32; model.values.len()];
            for result in results {
                let (loss, sum) = result?;
                lost += f64::from(loss);
                for (gradient, value) in gradient.iter_mut().zip(sum) {
                    *gradient += value;
                }
            }
            seen += 1.0;
            let progress = step as f32 / steps as f32;
            let warm = (step as f32 / (steps as f32 * 0.04).max(1.0)).min(1.0);
            let rate = plan.rate * warm * (0.02 + 0.98 * 0.5 * (1.0 + (std::f32::consts::PI * progress).cos()));
            model.step(&gradient, |name| rate * encoder.rate(name), 0.01);
            step += 1;
            if step.is_multiple_of(20) {
                let spent = start.elapsed().as_secs_f64();
                eprint!("\rstep {step} of {steps}, {spent:.0} s, {:.0} s left    ", spent / step as f64 * steps.saturating_sub(step) as f64);
            }
        }
        let spent = start.elapsed().as_secs_f64();
        eprint!("\repoch {epoch}: loss {:.4}, {:.0} words/s, {spent:.0} s", lost / seen, (words * epoch) as f64 / spent);
        if epoch % plan.look == 0 || epoch == plan.epochs {
            let vars = model.vars(true)?;
            let mut sum = 0.0;
            for (name, sentences) in dev {
                let (tags, uas, las) = look(encoder, &vars, sentences, known)?;
                eprint!("; {name} tags {tags:.2} UAS {uas:.2} LAS {las:.2}");
                sum += las;
            }
            if sum >= best {
                best = sum;
                model.save(out).with_context(|| format!("cannot write {}", out.display()))?;
            }
        }
        eprintln!();
    }
    Ok(())
}

/// Shares of right parts of speech, governors, and both with the relation, each governor chosen for itself.
fn look(encoder: &impl Encoder, vars: &Vars, sentences: &[Sentence], known: &Weights) -> anyhow::Result<(f64, f64, f64)> {
    let examples: Vec<Example> = sentences.iter().map(|sentence| Example::tree(sentence, &known.tagset)).collect();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    order.sort_by_key(|&index| examples[index].forms.len());
    let half = std::sync::Mutex::new(order.chunks(40).collect::<Vec<_>>());
    let base = |label: u32| Deprel::ALL[label as usize].as_str().split(':').next();
    let work = || -> anyhow::Result<[usize; 4]> {
        let mut counts = [0usize; 4];
        loop {
            let Some(indices) = half.lock().ok().and_then(|mut rest| rest.pop()) else { return Ok(counts) };
            let chosen: Vec<&Example> = indices.iter().map(|&index| &examples[index]).collect();
            let batch = batch(&chosen, known, None);
            let mut noise = Noise { random: Random(0), learning: false };
            let state = encoder.states(vars, &batch, &chosen, &mut noise)?;
            let scores = batch.scores(vars, &state, &mut noise)?;
            let (tags, heads) = (largest(&scores.tags)?, largest(&scores.arcs)?);
            let labels = largest(&batch.relations(vars, &scores, &heads, &mut noise)?)?;
            for at in 0..heads.len() {
                if batch.real[at] == 0.0 {
                    continue;
                }
                let sentence = &sentences[indices[at / batch.size.1]];
                counts[0] += 1;
                counts[1] += usize::from(known.tagset[tags[at] as usize].0 == sentence.upos[at % batch.size.1]);
                counts[2] += usize::from(heads[at] == batch.heads[at]);
                counts[3] += usize::from(heads[at] == batch.heads[at] && base(labels[at]) == base(batch.labels[at]));
            }
        }
    };
    let counts: Vec<anyhow::Result<[usize; 4]>> = std::thread::scope(|scope| {
        let jobs = [scope.spawn(work), scope.spawn(work)];
        jobs.into_iter().map(|job| job.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a thread of scoring failed")))).collect()
    });
    let mut sum = [0usize; 4];
    for result in counts {
        for (sum, count) in sum.iter_mut().zip(result?) {
            *sum += count;
        }
    }
    let share = |part: usize| 100.0 * part as f64 / sum[0] as f64;
    Ok((share(sum[1]), share(sum[2]), share(sum[3])))
}

/// Tag, governor and relation of each word.
pub(crate) type Labels = Vec<(u32, u32, u32)>;

/// Labels sentences by the averages of a model.
pub(crate) fn label(encoder: &impl Encoder, model: &Parameters, examples: &[Example], known: &Weights) -> anyhow::Result<Vec<Labels>> {
    let vars = model.vars(true)?;
    let mut order: Vec<usize> = (0..examples.len()).collect();
    order.sort_by_key(|&index| examples[index].forms.len());
    let rest = std::sync::Mutex::new(order.chunks(24).collect::<Vec<_>>());
    let work = || -> anyhow::Result<Vec<(usize, Labels)>> {
        let mut labelled = Vec::new();
        loop {
            let Some(indices) = rest.lock().ok().and_then(|mut rest| rest.pop()) else { return Ok(labelled) };
            let chosen: Vec<&Example> = indices.iter().map(|&index| &examples[index]).collect();
            let batch = batch(&chosen, known, None);
            let mut noise = Noise { random: Random(0), learning: false };
            let state = encoder.states(&vars, &batch, &chosen, &mut noise)?;
            let scores = batch.scores(&vars, &state, &mut noise)?;
            let (tags, heads) = (largest(&scores.tags)?, largest(&scores.arcs)?);
            let labels = largest(&batch.relations(&vars, &scores, &heads, &mut noise)?)?;
            for (place, &index) in indices.iter().enumerate() {
                let first = place * batch.size.1;
                labelled.push((index, (first..first + examples[index].forms.len()).map(|at| (tags[at], heads[at], labels[at])).collect()));
            }
        }
    };
    let results: Vec<_> = std::thread::scope(|scope| {
        let jobs = [scope.spawn(work), scope.spawn(work)];
        jobs.into_iter().map(|job| job.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a thread of labelling failed")))).collect()
    });
    let mut all = vec![Vec::new(); examples.len()];
    for result in results {
        for (index, labels) in result? {
            all[index] = labels;
        }
    }
    Ok(all)
}
