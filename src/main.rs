//! The program: hands over to the command line, which knows everything else.

use std::process::ExitCode;

fn main() -> ExitCode {
    diarium::cli::main()
}
