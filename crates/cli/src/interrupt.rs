//! Ctrl-C.

use pipeline::{Ending, Stop};

/// What a shell reports of a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// Ends a scan with what it has read when the user asks for it, and the program when they insist.
#[expect(clippy::print_stderr, reason = "the user waits for a sign that they were heard")]
pub(crate) fn ends(stop: &Stop) {
    let stop = stop.clone();
    std::thread::spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        runtime.block_on(async {
            while tokio::signal::ctrl_c().await.is_ok() {
                if stop.ending().is_some() {
                    std::process::exit(INTERRUPTED);
                }
                eprintln!("pilaster: ending the scan with what has been read; Ctrl-C again ends the program");
                stop.now(Ending::Interrupted);
            }
        });
    });
}
