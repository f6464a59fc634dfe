//! The program: hands over to the command line, which knows everything else.

use std::process::ExitCode;

use diarium::session::Session;
use diarium::terminal::{self, Environment, Settings};

fn main() -> ExitCode {
    let environment = Environment::read(|name| std::env::var(name).ok());
    let settings = Settings { environment, ..Settings::default() };
    match terminal::run(&settings, |_, _| Session::default()) {
        Ok((ended, _)) => ended.signal_status().map_or(ExitCode::SUCCESS, ExitCode::from),
        Err(_) => ExitCode::from(2),
    }
}
