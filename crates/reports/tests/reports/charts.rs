//! Every chart, of data that shows what it can do.

use framework::Severity;
use reports::charts::*;

/// What a chart must be, whatever it shows: well-formed, described, and on its own.
fn sound(svg: &str) {
    let mut reader = quick_xml::Reader::from_str(svg);
    reader.config_mut().check_end_names = true;
    let mut elements = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(start) | quick_xml::events::Event::Empty(start) => {
                assert!(start.attributes().all(|attribute| attribute.is_ok()), "{svg}");
                elements.push(start.name().as_ref().to_owned());
            }
            _ => {}
        }
    }
    assert_eq!(elements[..3], ["svg", "title", "desc"]);
    assert!(svg.starts_with("<svg ") && svg.contains(" role=\"img\" "));
    for never in ["<script", "style=", "href", "url(", "NaN", "inf"] {
        assert!(!svg.contains(never), "{never} in {svg}");
    }
}

macro_rules! assert_chart {
    ($svg:expr) => {
        let svg = $svg;
        sound(&svg);
        insta::assert_snapshot!(svg);
    };
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn a_gauge() {
    let note = "63% decided".to_owned();
    assert_chart!(gauge(&Gauge { title: "Security".to_owned(), score: Some(72), note }));
}

#[test]
fn a_gauge_without_a_score() {
    let gauge = gauge(&Gauge { title: "Sustainability".to_owned(), score: None, note: "nothing decided".to_owned() });
    assert!(gauge.contains(">–</text>") && gauge.matches("<path").count() == 1);
    sound(&gauge);
}

#[test]
fn bars_with_names_of_others() {
    let tone = Tone::Plain;
    let bar = |label: &str, value| Bar { label: label.to_owned(), value, tone };
    let hostile = "<script>alert(1)</script>\u{202e}&\"";
    let all = vec![bar("s3", 120), bar("a service with a long name", 7), bar("iam", 0), bar(hostile, 1)];
    assert_chart!(bars(&Bars { title: "Failures by service".to_owned(), bars: all }));
}

#[test]
fn long_numbers_have_room_beside_bars() {
    let bar = Bar { label: "rds".to_owned(), value: 123_456_789, tone: Tone::Good };
    let svg = bars(&Bars { title: "USD a month".to_owned(), bars: vec![bar] });
    let text = svg.split("<text").find(|text| text.contains(">123456789<")).unwrap();
    let x: f64 = text.split("x=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
    // Nine digits of 13 pixels, none wider than two thirds of that.
    assert!(x + 9.0 * 8.5 <= 340.0, "{svg}");
}

#[test]
fn a_stack() {
    let part = |severity: Severity, value| Part { label: severity.id().to_owned(), value, tone: Tone::Of(severity) };
    let parts = vec![
        part(Severity::Critical, 1),
        part(Severity::High, 20),
        part(Severity::Medium, 1979),
        part(Severity::Low, 0),
    ];
    assert_chart!(stack(&Stack { title: "Failures by severity".to_owned(), parts }));
}

#[test]
fn a_line() {
    let line = line(&Line {
        title: "Scores".to_owned(),
        moments: names(&["2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01"]),
        series: vec![
            Series {
                label: "Security".to_owned(),
                values: vec![Some(40), Some(55), Some(61), Some(72)],
                tone: Tone::Plain,
            },
            Series {
                label: "Reliability".to_owned(),
                values: vec![Some(80), None, Some(70), Some(71)],
                tone: Tone::Good,
            },
        ],
    });
    assert_chart!(line);
}

#[test]
fn a_matrix() {
    let matrix = matrix(&Matrix {
        title: "Risks".to_owned(),
        across: Axis { name: "Effort".to_owned(), steps: names(&["small", "medium", "large"]) },
        down: Axis { name: "Impact".to_owned(), steps: names(&["critical", "high", "medium", "low"]) },
        cells: vec![vec![2, 0, 0], vec![14, 3, 1], vec![30, 4, 0], vec![5, 0, 0]],
    });
    assert_chart!(matrix);
}

#[test]
fn a_grid() {
    let heat = heat(&Heat {
        title: "Failures by service and region".to_owned(),
        rows: names(&["s3", "ec2"]),
        columns: names(&["eu-west-1", "us-east-1", "ap-southeast-2"]),
        cells: vec![vec![Some(12), Some(0), None], vec![Some(400), Some(1), Some(30)]],
    });
    assert_chart!(heat);
}

#[test]
fn a_waterfall() {
    let step = |label: &str, change| Step { label: label.to_owned(), change };
    let waterfall = waterfall(&Waterfall {
        title: "Security, from May to November".to_owned(),
        from: ("May".to_owned(), 58.2),
        steps: vec![step("Fixed", 19.2), step("New", -6.0), step("Scope", 0.8)],
        to: ("November".to_owned(), 72.2),
    });
    assert_chart!(waterfall);
}

#[test]
fn charts_of_nothing() {
    let title = String::new();
    sound(&bars(&Bars { title: title.clone(), bars: Vec::new() }));
    sound(&stack(&Stack { title: title.clone(), parts: Vec::new() }));
    sound(&trend(&Trend { title: title.clone(), scores: Vec::new() }));
    sound(&line(&Line { title: title.clone(), moments: Vec::new(), series: Vec::new() }));
    sound(&heat(&Heat { title: title.clone(), rows: Vec::new(), columns: Vec::new(), cells: Vec::new() }));
    let axis = Axis { name: String::new(), steps: Vec::new() };
    sound(&matrix(&Matrix { title: title.clone(), across: axis.clone(), down: axis, cells: Vec::new() }));
    let end = (String::new(), 0.0);
    sound(&waterfall(&Waterfall { title, from: end.clone(), steps: Vec::new(), to: end }));
}

#[test]
fn a_trend() {
    let score = |day: &str, score| (day.parse().unwrap(), score);
    assert_chart!(trend(&Trend {
        title: "Score of Security over time".to_owned(),
        scores: vec![
            score("2026-07-01", Some(0)),
            score("2026-08-01", Some(40)),
            score("2026-09-01", None),
            score("2026-10-01", Some(72)),
            score("2026-11-01", Some(100)),
        ],
    }));
    let once = trend(&Trend { title: "Once".to_owned(), scores: vec![score("2026-07-01", Some(50))] });
    sound(&once);
    assert!(once.contains("<circle") && !once.contains("<path"), "{once}");
}
