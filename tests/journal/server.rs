//! A PostgreSQL server of our own: on a free port of this machine, in a folder that goes away with it.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use postgres::{Client, NoTls};

/// The password of the server's only user. It has signs that an address must not take as its own.
pub(super) const PASSWORD: &str = "open sesame";
/// The same in an address.
const PASSWORD_IN_ADDRESS: &str = "open%20sesame";

/// Makes the server's folder, runs the server, and ends it when the test binary is gone, however it went:
/// then the standard input closes.
const SCRIPT: &str = r#"
set -e
"$BIN/initdb" -D "$DIR/data" -U dunlin -A scram-sha-256 --pwfile="$DIR/password" --locale=C --encoding=UTF8 -N
ssl=off
if command -v openssl; then
    ssl=on
    cd "$DIR"
    curve="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
    openssl req -x509 $curve -days 30 -subj "/CN=authority of a test" -keyout authority.key -out authority.pem
    openssl req $curve -subj /CN=localhost -keyout server.key -out server.csr
    echo subjectAltName=DNS:localhost > server.ext
    openssl x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 30 -extfile server.ext -out server.pem
    chmod a+rx .
    cd /
fi
"$BIN/postgres" -D "$DIR/data" -c ssl=$ssl -c ssl_cert_file="$DIR/server.pem" -c ssl_key_file="$DIR/server.key" -p "$PORT" -k "" -F -c listen_addresses=127.0.0.1 -c max_connections=100 &
server=$!
read -r _ || true
kill -INT $server
wait $server || true
rm -rf "$DIR"
"#;

pub(super) struct Server {
    port: u16,
    /// The certificate of the authority that vouches for the server; the file is missing where there is no openssl.
    pub(super) authority: PathBuf,
    databases: AtomicU32,
    /// Held so that its standard input stays open.
    _keeper: Child,
}

impl Server {
    /// The server of this test binary, started by the first who asks; none where there is no PostgreSQL.
    pub(super) fn running() -> Option<&'static Self> {
        static SERVER: OnceLock<Option<Server>> = OnceLock::new();
        SERVER.get_or_init(Self::start).as_ref()
    }

    fn start() -> Option<Self> {
        let Some(binaries) = binaries() else {
            let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
            let missing = "there is no PostgreSQL server on this machine; `apt-get install postgresql` brings one";
            assert!(!is_set("CI") && !is_set("DUNLIN_TEST_POSTGRES"), "{missing}");
            super::tell_skipped(&format!("the journal in PostgreSQL, for {missing}"));
            return None;
        };
        // Somebody else may take the port between finding and using it.
        let server = (0..3).find_map(|_| Self::start_on(free_port(), &binaries));
        Some(server.expect("the PostgreSQL server starts"))
    }

    fn start_on(port: u16, binaries: &Path) -> Option<Self> {
        let folder = tempfile::Builder::new().prefix("dunlin-postgres").tempdir().expect("a folder").keep();
        fs::write(folder.join("password"), PASSWORD).expect("a file can be written");
        let is_root = fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
        // The server refuses to be root.
        let mut command = if is_root {
            let done = Command::new("chown").args(["-R", "postgres"]).arg(&folder).status();
            assert!(done.is_ok_and(|status| status.success()), "there is no user `postgres` to run the server as");
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", "sh"]);
            command
        } else {
            Command::new("sh")
        };
        let log = fs::File::create(folder.with_extension("log")).expect("a file can be written");
        command
            .args(["-c", SCRIPT])
            .current_dir("/")
            .env("BIN", binaries)
            .env("DIR", &folder)
            .env("PORT", port.to_string());
        command.stdin(Stdio::piped()).stdout(log.try_clone().expect("a file")).stderr(log);
        let keeper = command.spawn().expect("a shell starts");
        let mut server =
            Self { port, authority: folder.join("authority.pem"), databases: AtomicU32::new(0), _keeper: keeper };
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(60) {
            if Client::connect(&server.address("postgres"), NoTls).is_ok() {
                let _ = fs::remove_file(folder.with_extension("log"));
                return Some(server);
            }
            if server._keeper.try_wait().is_ok_and(|ended| ended.is_some()) {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let said = fs::read_to_string(folder.with_extension("log")).unwrap_or_default();
        super::tell_skipped(&format!("PostgreSQL did not start on port {port}:\n{said}"));
        None
    }

    /// The address of a new, empty database.
    pub(super) fn database(&self) -> String {
        let name = format!("journal{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.client("postgres").batch_execute(&format!("CREATE DATABASE {name}")).expect("a database can be made");
        self.address(&name)
    }

    pub(super) fn address(&self, database: &str) -> String {
        format!("postgres://dunlin:{PASSWORD_IN_ADDRESS}@127.0.0.1:{}/{database}", self.port)
    }

    pub(super) fn client(&self, database: &str) -> Client {
        Client::connect(&self.address(database), NoTls).expect("the server answers")
    }
}

/// The folder of `initdb` and `postgres`: Debian keeps them out of the `PATH`.
fn binaries() -> Option<PathBuf> {
    let debian =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    let mut debian: Vec<PathBuf> = debian.collect();
    debian.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = debian.into_iter().rev().chain(std::env::split_paths(&path));
    folders.into_iter().find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}
