use std::collections::BTreeMap;
#[test]
fn corpus() {
    let t = std::time::Instant::now();
    let mut b = model::Builder::new();
    let root = std::env::var("CORPUS").unwrap();
    sources_cloudformation::read(&[root.clone().into()], &Default::default(), &mut |_| {}, &mut b).unwrap();
    let inv = b.build();
    println!("{:?} resources {} gaps {} skipped {} supp {} sources {}", t.elapsed(), inv.resources.len(), inv.gaps.len(), inv.skipped.len(), inv.suppressions.len(), inv.sources.len());
    let mut k: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for g in &inv.gaps { let r: String = g.reason.chars().filter(|c| !c.is_ascii_digit()).collect(); let e = k.entry(r).or_default(); e.0 += 1; e.1 = format!("{}:{}", g.file.clone().unwrap().replace(&root, ""), g.line.unwrap_or(0)); }
    for (r, (n, f)) in k { println!("{n} {} [{f}]", r.chars().take(150).collect::<String>()); }
    let mut s: BTreeMap<String, usize> = BTreeMap::new();
    for g in &inv.skipped { *s.entry(g.reason.clone()).or_default() += 1; }
    println!("{s:?}");
}
