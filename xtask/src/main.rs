//! Packs, scores, benches and checks of whodid. Run as `cargo xtask COMMAND`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a developer's tool that talks to its caller")]

mod check;
mod pack;
mod score;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask score TASK --data PATH\n       cargo xtask score all\n       cargo xtask pack NAME\n       cargo xtask check";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["score", "all"] => score::all(),
        ["score", task, "--data", path] => score::one(task, path.as_ref()).map(|line| println!("{line}")),
        ["score", task] => score::one(task, score::usual_set(task).as_ref()).map(|line| println!("{line}")),
        ["check"] => check::run(),
        ["pack", rest @ ..] => pack::run(rest),
        _ => Err(anyhow::anyhow!("{USAGE}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(2)
        }
    }
}
