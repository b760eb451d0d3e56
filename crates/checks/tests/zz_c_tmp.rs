#[test]
fn show() {
    let text = std::fs::read_to_string("/tmp/c/t.yaml").unwrap();
    let inv = testbed::inventory(&text);
    for check in checks::all() {
        let j = testbed::judge(check, &inv);
        for f in j.findings {
            if matches!(f.outcome, model::Outcome::Fail | model::Outcome::Unknown) {
                println!("{} {} {:?}", check.id, inv.resource(f.resource).id, f.outcome);
                for e in f.evidence { println!("      {} = {}   want {}   @{}", e.path, e.observed, e.expected, e.origin.line); }
            }
        }
    }
}
