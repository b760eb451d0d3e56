//! `cargo xtask parity`: lets Terraform make anew what the equivalence suite compares.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::Error;

/// Where the families are.
const FAMILIES: &str = "crates/pipeline/tests/parity";

/// The stand-in for AWS that plans ask and applies fill.
const SERVE: &str = "crates/cli/tests/moto/serve.py";

/// The most seconds an apply may take. What the stand-in lacks is asked for again and again.
const PATIENCE: &str = "150";

/// Writes `plan.json`, `state.json` and `answers/` of some families, or of all: what Terraform plans for the code of the family,
/// what it leaves behind when it is applied to moto, and what a scan of moto is answered then. Says whether it could.
///
/// # Errors
/// When a file cannot be read or written.
pub fn parity(wanted: &[&str], say: &mut dyn FnMut(&str)) -> Result<bool, Error> {
    if !succeeds(Command::new("terraform").arg("version")) {
        say("terraform is not here: the suite is compared with what was made of it before");
        return Ok(false);
    }
    if !crate::moto(say)? {
        return Ok(false);
    }
    let root = crate::root();
    if !succeeds(Command::new(env!("CARGO")).args(["build", "--quiet", "--package", "cli"]).current_dir(&root)) {
        return Ok(false);
    }
    let mirror = mirror();
    for family in crate::workspace::folders(&root.join(FAMILIES))? {
        if wanted.is_empty() || wanted.contains(&family.as_str()) {
            say(&family);
            renew(&root.join(FAMILIES).join(family), mirror.as_deref(), say)?;
        }
    }
    Ok(true)
}

/// A folder of providers, where there is one: named by `TF_PLUGIN_DIR`, or found.
fn mirror() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("TF_PLUGIN_DIR") {
        return Some(named.into());
    }
    let search = ["/", "-xdev", "-name", "terraform-provider-aws*", "-not", "-path", "/proc/*"];
    let found = Command::new("find").args(search).stderr(Stdio::null()).output().ok()?;
    let found = String::from_utf8(found.stdout).ok()?;
    // <mirror>/registry.terraform.io/hashicorp/aws/<version>/<platform>/<file>
    Path::new(found.lines().next()?).ancestors().nth(6).map(Path::to_owned)
}

fn renew(folder: &Path, mirror: Option<&Path>, say: &mut dyn FnMut(&str)) -> Result<(), Error> {
    let work = std::env::temp_dir().join(format!("pilaster-parity-{}", std::process::id()));
    let failed = |verb, path: &Path| {
        let path = path.to_owned();
        move |source| Error::File { verb, path, source }
    };
    fs::create_dir_all(&work).map_err(failed("make", &work))?;
    for entry in fs::read_dir(folder).map_err(failed("list", folder))? {
        let file = entry.map_err(failed("list", folder))?.path();
        let made = file.extension().is_some_and(|extension| extension == "json");
        if let (true, false, Some(name)) = (file.is_file(), made, file.file_name()) {
            fs::copy(&file, work.join(name)).map_err(failed("copy", &file))?;
        }
    }
    let Some(moto) = Moto::start() else {
        say("moto does not start");
        return Ok(());
    };
    let terraform = |arguments: &[&OsStr]| {
        let mut command = Command::new("timeout");
        command.arg(PATIENCE).arg("terraform").args(arguments).current_dir(&work).stdout(Stdio::null());
        moto.named_to(&mut command);
        succeeds(&mut command)
    };
    let mut init: Vec<&OsStr> = vec!["init".as_ref(), "-input=false".as_ref()];
    let named = mirror.map(|mirror| format!("-plugin-dir={}", mirror.display()));
    init.extend(named.as_ref().map(OsStr::new));
    let show = |what: &[&str], to: PathBuf| {
        let output = File::create(&to).map_err(failed("write", &to))?;
        let mut command = Command::new("terraform");
        command.args(["show", "-json"]).args(what).current_dir(&work).stdout(output);
        moto.named_to(&mut command);
        Ok::<bool, Error>(succeeds(&mut command))
    };
    let planned = terraform(&init)
        && terraform(&["plan".as_ref(), "-input=false".as_ref(), "-out=plan".as_ref()])
        && show(&["plan"], folder.join("plan.json"))?;
    if !planned {
        say("  it cannot be planned");
    } else {
        // What moto lacks is not there in the end, and is not compared.
        if !terraform(&["apply".as_ref(), "-input=false".as_ref(), "-auto-approve".as_ref()]) {
            say("  it can be applied to moto only in part");
        }
        show(&[], folder.join("state.json"))?;
        let answers = folder.join("answers");
        let _ = fs::remove_dir_all(&answers);
        let mut scan = Command::new(pilaster());
        scan.args(["scan", "--region", "eu-west-1", "--no-progress", "--fail-on", "never", "--endpoint-url"]);
        scan.arg(moto.address()).arg("--record").arg(&answers).stdout(Stdio::null());
        moto.named_to(&mut scan);
        if !succeeds(&mut scan) {
            say("  what was applied cannot be scanned");
        }
    }
    let _ = fs::remove_dir_all(&work);
    Ok(())
}

fn pilaster() -> PathBuf {
    crate::moto::target().join("debug").join("pilaster")
}

fn succeeds(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// An empty account in moto. It ends with this.
struct Moto {
    server: Child,
    port: u16,
}

impl Moto {
    fn start() -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0").ok()?.local_addr().ok()?.port();
        let python = crate::moto::target().join("moto").join("bin").join("python3");
        let mut command = Command::new(python);
        command.arg(crate::root().join(SERVE)).arg("-p").arg(port.to_string());
        command.env("MOTO_IAM_LOAD_MANAGED_POLICIES", "true").env("MOTO_EC2_LOAD_DEFAULT_AMIS", "false");
        let server = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
        let moto = Self { server, port };
        for _ in 0..150 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(moto);
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        None
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Has a command speak to it.
    fn named_to(&self, command: &mut Command) {
        let fixed = [
            ("AWS_ACCESS_KEY_ID", "testing"),
            ("AWS_SECRET_ACCESS_KEY", "testing"),
            ("AWS_REGION", "eu-west-1"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("AWS_MAX_ATTEMPTS", "2"),
            ("CHECKPOINT_DISABLE", "1"),
        ];
        command.envs(fixed).env("AWS_ENDPOINT_URL", self.address());
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
