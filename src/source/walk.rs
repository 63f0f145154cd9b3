//! Files under folders, in the order of their names.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::Problem;

/// Walks inputs: a file is itself, a folder is what lies under it. Hidden files and folders inside a folder are passed over.
pub(super) struct Walk {
    /// What is still to come, last first.
    stack: Vec<PathBuf>,
    /// Folders already entered, by their real paths: a link back into one would never end.
    entered: BTreeSet<PathBuf>,
}

impl Walk {
    pub(super) fn new(inputs: &[PathBuf]) -> Self {
        Self { stack: inputs.iter().rev().cloned().collect(), entered: BTreeSet::new() }
    }

    fn enter(&mut self, folder: &Path) -> Result<(), Problem> {
        let place = || folder.display().to_string();
        let problem = |error: std::io::Error| Problem::new(place(), error, "check that the folder may be read");
        let real = fs::canonicalize(folder).map_err(problem)?;
        if !self.entered.insert(real) {
            return Err(Problem::new(place(), "a folder that was read already, or a link that leads back to it", "leave it out"));
        }
        let mut inside = Vec::new();
        for entry in fs::read_dir(folder).map_err(problem)? {
            let entry = entry.map_err(problem)?;
            if !entry.file_name().to_string_lossy().starts_with('.') {
                inside.push(entry.path());
            }
        }
        inside.sort();
        self.stack.extend(inside.into_iter().rev());
        Ok(())
    }
}

impl Iterator for Walk {
    type Item = Result<PathBuf, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let path = self.stack.pop()?;
            if path.as_os_str() == "-" {
                return Some(Ok(path));
            }
            let place = path.display().to_string();
            match fs::metadata(&path) {
                Ok(meta) if meta.is_dir() => match self.enter(&path) {
                    Ok(()) => {}
                    Err(problem) => return Some(Err(problem)),
                },
                // A pipe is read as a file; a socket or a device would hang or never end.
                Ok(meta) if meta.is_file() || is_pipe(&meta) => return Some(Ok(path)),
                Ok(_) => return Some(Err(Problem::new(place, "neither a file nor a folder", "leave it out"))),
                Err(error) if path.is_symlink() => return Some(Err(Problem::new(place, format!("a broken link ({error})"), "mend or remove the link"))),
                Err(error) => return Some(Err(Problem::new(place, error, "check the path"))),
            }
        }
    }
}

#[cfg(unix)]
fn is_pipe(meta: &fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    meta.file_type().is_fifo()
}

#[cfg(not(unix))]
fn is_pipe(_meta: &fs::Metadata) -> bool {
    false
}
