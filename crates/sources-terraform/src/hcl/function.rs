//! Calls of functions.

use std::borrow::Cow;
use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine};
use hcl_edit::expr::{Expression as Syntax, FuncCall};
use hcl_edit::parser::parse_template;
use model::{Expression, ExpressionKind, Node, Value, Why};

use super::functions::{self, Answer};
use super::run::{Frame, Run, short, weight};
use super::syntax::File;
use super::traverse::Held;
use super::value::{
    Fault, Outcome, as_string, boolean, is_hidden_kind, is_surely_set, is_unknown, is_wholly_known, note, strongest,
};

/// Functions of text that give text, and never none of it for some.
const OF_TEXT: [&str; 17] = [
    "lower",
    "upper",
    "title",
    "base64encode",
    "base64gzip",
    "urlencode",
    "md5",
    "sha1",
    "sha256",
    "sha512",
    "base64sha256",
    "base64sha512",
    "filemd5",
    "filesha256",
    "filebase64sha256",
    "abspath",
    "basename",
];

/// Functions that give something else every time.
const ALWAYS_NEW: [&str; 5] = ["timestamp", "plantimestamp", "uuid", "uuidv5", "bcrypt"];

/// Functions that give one of the values that are in what they are given, as it is.
const PICKING: [&str; 4] = ["lookup", "element", "one", "coalesce"];

impl<'a> Run<'a> {
    /// What a function gives.
    pub(super) fn call_function(&self, call: &FuncCall, syntax: &Syntax, frame: &Frame<'_, 'a>) -> Outcome {
        let core = call.name.namespace.iter().all(|name| name.as_str() == "core");
        let name = if core { call.name.name.as_str() } else { "" };
        match name {
            "try" => return self.try_each(call, syntax, frame),
            "can" => {
                let Some(only) = call.args.get(0) else { return Err(Fault::new("nothing to try")) };
                return match self.attempt(only, frame) {
                    Ok(node) if is_unknown(&node) => Ok(self.worked_out(None, &[&node], syntax, frame)),
                    Ok(node) => Ok(self.worked_out(Some(boolean(true)), &[&node], syntax, frame)),
                    Err(_) => Ok(self.worked_out(Some(boolean(false)), &[], syntax, frame)),
                };
            }
            _ => {}
        }
        let mut held: Vec<Held<'_>> = Vec::with_capacity(call.args.len());
        for argument in call.args.iter() {
            held.push(self.held(argument, frame)?);
        }
        if call.args.expand_final()
            && let Some(last) = held.pop()
        {
            match &last.node().value {
                Value::List(items) => held.extend(items.iter().map(|item| Held::Owned(item.clone()))),
                _ => return Ok(self.worked_out(None, &[last.node()], syntax, frame)),
            }
        }
        let arguments: Vec<&Node> = held.iter().map(Held::node).collect();
        match name {
            "sensitive" | "nonsensitive" | "ephemeralasnull" => {
                let Some(only) = arguments.first() else { return Err(Fault::new("an argument is missing")) };
                return Ok(self.marked(name == "sensitive", only, syntax, frame));
            }
            "issensitive" => {
                let hidden = is_hidden_kind(&strongest(arguments.iter().copied()));
                return Ok(self.worked_out(Some(boolean(hidden)), &[], syntax, frame));
            }
            _ => {}
        }
        let answer = self.answer(name, &arguments, frame)?;
        let is_known = answer.is_some();
        if let Some(answer) = &answer {
            self.spend(weight(answer), frame, syntax)?;
        }
        if PICKING.contains(&name)
            && let Some(picked) = answer
        {
            return Ok(self.noted(picked, syntax, frame, None));
        }
        let mut node = self.worked_out(answer, &arguments, syntax, frame);
        let surely_set = ALWAYS_NEW.contains(&name)
            || OF_TEXT.contains(&name) && arguments.iter().all(|argument| is_surely_set(argument));
        if let Value::Unknown(Why::Unresolved(expression)) = &mut node.value
            && !is_known
            && surely_set
        {
            *expression = Arc::new(Expression { set: true, ..expression.as_ref().clone() });
        }
        Ok(node)
    }

    fn answer(&self, name: &str, arguments: &[&Node], frame: &Frame<'_, 'a>) -> Answer {
        if let Some(answer) = self.of_files(name, arguments, frame) {
            return answer;
        }
        let scalar = |node: &Node| self.scalar(node.clone());
        let is_open = |node: &Node| match &node.value {
            Value::Reference(reference) if reference.attribute.is_empty() => {
                self.slot(reference.target.0 as usize).is_none_or(|slot| slot.open.is_some())
            }
            Value::Reference(reference) => {
                self.slot(reference.target.0 as usize).is_some_and(|slot| slot.open.is_some())
            }
            _ => false,
        };
        if let Some(answer) = functions::collection::lenient(name, arguments, &scalar, &is_open) {
            return answer;
        }
        let settled: Vec<Cow<'_, Node>> = arguments
            .iter()
            .map(|argument| match is_wholly_known(argument) {
                true => Cow::Borrowed(*argument),
                false => Cow::Owned(self.settled((*argument).clone())),
            })
            .collect();
        let settled: Vec<&Node> = settled.iter().map(|argument| argument.as_ref()).collect();
        if let Some(answer) = functions::string::lenient(name, &settled) {
            return answer;
        }
        if !settled.iter().all(|argument| is_wholly_known(argument)) {
            return Ok(None);
        }
        let strict = [
            functions::numeric::call,
            functions::string::call,
            functions::pattern::call,
            functions::collection::call,
            functions::encoding::call,
            functions::network::call,
        ];
        // What nobody here knows has a value that nobody here knows.
        strict.iter().find_map(|group| group(name, &settled)).unwrap_or(Ok(None))
    }

    /// The value of an expression that may go wrong.
    fn attempt(&self, syntax: &Syntax, frame: &Frame<'_, 'a>) -> Outcome {
        self.trying.set(self.trying.get() + 1);
        let outcome = self.evaluate(syntax, frame);
        self.trying.set(self.trying.get().saturating_sub(1));
        outcome
    }

    fn try_each(&self, call: &FuncCall, syntax: &Syntax, frame: &Frame<'_, 'a>) -> Outcome {
        let mut last = Fault::new("nothing to try");
        for argument in call.args.iter() {
            match self.attempt(argument, frame) {
                Ok(node) => return Ok(self.noted(node, syntax, frame, None)),
                Err(fault) => last = fault,
            }
        }
        Err(last)
    }

    /// A value that is declared to be, or not to be, one that must not be shown.
    fn marked(&self, hidden: bool, node: &Node, syntax: &Syntax, frame: &Frame<'_, 'a>) -> Node {
        let text = short(frame.file.written(syntax));
        let kind = ExpressionKind::Parameter { name: text.clone(), hidden };
        let mut node = node.clone();
        note(&mut node, &Arc::new(Expression::new(text, kind.clone())));
        self.noted(node, syntax, frame, Some(kind))
    }

    /// Functions that read files.
    fn of_files(&self, name: &str, arguments: &[&Node], frame: &Frame<'_, 'a>) -> Option<Answer> {
        if !matches!(name, "file" | "filebase64" | "templatefile" | "templatestring" | "fileexists") {
            return None;
        }
        let first = self.scalar((*arguments.first()?).clone());
        if name == "templatestring" {
            let Some(text) = as_string(&first) else { return Some(Ok(None)) };
            return Some(self.render_text(&text, arguments.get(1).copied(), frame));
        }
        let Some(path) = as_string(&first) else { return Some(Ok(None)) };
        let path = files::clean(&self.root.join(path));
        // Whether there is anything elsewhere is not even looked at.
        if !self.boundary.holds(&path) {
            return Some(Ok(None));
        }
        if name == "fileexists" {
            return Some(Ok(Some(boolean(path.is_file()))));
        }
        let Ok(text) = super::syntax::text_of(&path) else {
            return Some(match path.exists() {
                true => Ok(None),
                false => Err(Fault::new(format!("{} is not there", files::shown(&path)))),
            });
        };
        if text.len() > MAX_TEXT {
            return Some(Ok(None));
        }
        Some(match name {
            "file" => Ok(Some(super::value::text(text))),
            "filebase64" => Ok(Some(super::value::text(BASE64_STANDARD.encode(text)))),
            _ => self.render_text(&text, arguments.get(1).copied(), frame),
        })
    }

    fn render_text(&self, text: &str, variables: Option<&Node>, frame: &Frame<'_, 'a>) -> Answer {
        let Ok(template) = parse_template(text) else { return Ok(None) };
        let entries = match variables.map(|variables| &variables.value) {
            Some(Value::Map(entries)) => entries,
            _ => return Ok(None),
        };
        let file = File::detached(frame.file.name.clone(), frame.file.source, text);
        let at = frame.at.unwrap_or_else(|| frame.file.origin(0));
        let variables = Some(entries);
        let inner = Frame { file: &file, at: Some(at), isolated: true, bindings: None, variables, ..*frame };
        self.rendered(&template, &inner).map(Some)
    }
}

/// Longer texts of files are not looked into.
const MAX_TEXT: usize = 1 << 20;
