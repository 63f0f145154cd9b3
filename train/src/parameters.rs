//! The numbers that training moves, in one vector, and Adam with an average over the steps.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use candle_core::backprop::GradStore;
use candle_core::{Device, Tensor, Var};

use crate::random::Random;

/// Named tensors over one vector of numbers. Tensors are made in order of name, so that the same seed gives the same start.
pub(crate) struct Parameters {
    places: BTreeMap<String, (usize, Vec<usize>)>,
    /// The numbers.
    pub(crate) values: Vec<f32>,
    /// Their average over the last steps, which is what is kept in the end.
    pub(crate) average: Vec<f32>,
    mean: Vec<f32>,
    square: Vec<f32>,
    step: i32,
}

/// Tensors of one step.
pub(crate) type Vars = BTreeMap<String, Var>;

impl Parameters {
    /// Parameters of these shapes and standard deviations.
    pub(crate) fn new(shapes: &[(&str, Vec<usize>, f32)], seed: u64) -> Self {
        let mut shapes: Vec<&(&str, Vec<usize>, f32)> = shapes.iter().collect();
        shapes.sort_by_key(|shape| shape.0);
        let mut random = Random(seed);
        let mut values = Vec::new();
        let mut places = BTreeMap::new();
        for (name, shape, deviation) in shapes {
            places.insert((*name).to_owned(), (values.len(), shape.clone()));
            values.extend((0..shape.iter().product()).map(|_| random.normal() * deviation));
        }
        let count = values.len();
        Self { places, average: values.clone(), values, mean: vec![0.0; count], square: vec![0.0; count], step: 0 }
    }

    /// Puts numbers in place of a named tensor.
    pub(crate) fn set(&mut self, name: &str, numbers: &[f32]) {
        let (start, _) = self.places[name];
        self.values[start..start + numbers.len()].copy_from_slice(numbers);
        self.average[start..start + numbers.len()].copy_from_slice(numbers);
    }

    /// Names of the tensors, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// A named tensor of the averages, and its shape.
    pub(crate) fn get(&self, name: &str) -> anyhow::Result<(&[f32], &[usize])> {
        let (start, shape) = self.places.get(name).with_context(|| format!("no {name} in the model"))?;
        Ok((&self.average[*start..start + shape.iter().product::<usize>()], shape))
    }

    /// Variables to learn with.
    pub(crate) fn vars(&self, average: bool) -> candle_core::Result<Vars> {
        let from = if average { &self.average } else { &self.values };
        self.places
            .iter()
            .map(|(name, (start, shape))| {
                let count: usize = shape.iter().product();
                let tensor = Tensor::from_slice(&from[*start..start + count], shape.as_slice(), &Device::Cpu)?;
                Ok((name.clone(), Var::from_tensor(&tensor)?))
            })
            .collect()
    }

    /// Adds the gradients of `store` to `sum`, which stands as the values do.
    pub(crate) fn gather(&self, vars: &Vars, store: &GradStore, sum: &mut [f32]) -> candle_core::Result<()> {
        for (name, (start, _)) in &self.places {
            if let Some(gradient) = store.get(vars[name].as_tensor()) {
                let gradient = gradient.flatten_all()?.to_vec1::<f32>()?;
                for (sum, value) in sum[*start..].iter_mut().zip(&gradient) {
                    *sum += value;
                }
            }
        }
        Ok(())
    }

    /// One step of Adam with decoupled decay, `rate` by name; gradients longer than 1 in all are shortened to it.
    pub(crate) fn step(&mut self, gradient: &[f32], rate: impl Fn(&str) -> f32, decay: f32) {
        self.step += 1;
        let length = gradient.iter().map(|value| f64::from(*value) * f64::from(*value)).sum::<f64>().sqrt() as f32;
        let shorten = if length > 1.0 { 1.0 / length } else { 1.0 };
        let (b1, b2) = (0.9f32, 0.98f32);
        let (c1, c2) = (1.0 - b1.powi(self.step), 1.0 - b2.powi(self.step));
        // The average forgets its first steps.
        let keep = (1.0 - 1.0 / (1.0 + self.step as f32 * 0.2)).min(0.9985);
        for (name, (start, shape)) in &self.places {
            let rate = rate(name);
            for at in *start..start + shape.iter().product::<usize>() {
                let slope = gradient[at] * shorten;
                self.mean[at] = b1 * self.mean[at] + (1.0 - b1) * slope;
                self.square[at] = b2 * self.square[at] + (1.0 - b2) * slope * slope;
                let value = &mut self.values[at];
                *value -= rate * (self.mean[at] / c1 / ((self.square[at] / c2).sqrt() + 1e-8) + decay * *value);
                self.average[at] = keep * self.average[at] + (1.0 - keep) * *value;
            }
        }
    }

    /// Writes the averages: a line of name and shape for each tensor, an empty line, the numbers.
    pub(crate) fn save(&self, path: &Path) -> anyhow::Result<()> {
        let mut bytes: Vec<u8> = Vec::new();
        for (name, (_, shape)) in &self.places {
            let shape: Vec<String> = shape.iter().map(usize::to_string).collect();
            bytes.extend(format!("{name} {}\n", shape.join(" ")).into_bytes());
        }
        bytes.push(b'\n');
        bytes.extend(self.average.iter().flat_map(|value| value.to_le_bytes()));
        std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
    }

    /// Reads what [`Parameters::save`] wrote.
    pub(crate) fn load(path: &Path) -> anyhow::Result<Self> {
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let end = bytes.windows(2).position(|pair| pair == b"\n\n").context("no table of tensors")?;
        let mut places = BTreeMap::new();
        let mut count = 0;
        for line in std::str::from_utf8(&bytes[..end])?.lines() {
            let mut fields = line.split(' ');
            let name = fields.next().unwrap_or_default().to_owned();
            let shape: Vec<usize> = fields.map(str::parse).collect::<Result<_, _>>()?;
            let size: usize = shape.iter().product();
            places.insert(name, (count, shape));
            count += size;
        }
        let values: Vec<f32> = bytes[end + 2..].chunks_exact(4).filter_map(|four| four.try_into().ok()).map(f32::from_le_bytes).collect();
        anyhow::ensure!(values.len() == count, "{}: {count} numbers expected, {} there", path.display(), values.len());
        Ok(Self { places, average: values.clone(), mean: vec![0.0; count], square: vec![0.0; count], values, step: 0 })
    }
}
