//! The way to a database: what its address and the environment say, encrypted or not, and what may go wrong.

use std::env;
use std::error::Error;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::error::SqlState;
use postgres::{Client, Config, NoTls};
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::base::text::plainly;
use crate::journal::Problem;

/// How long to wait for a server that does not answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connects to the database at `address`.
///
/// What leaves this machine is encrypted, and the server proves who it is, unless the address says `sslmode=disable`.
pub(super) fn open(address: &str) -> Result<Client, Problem> {
    let mut config = settings(address)?;
    let is_plain = match config.get_ssl_mode() {
        SslMode::Disable => true,
        SslMode::Prefer => stays_here(&config),
        _ => false,
    };
    let connected = if is_plain {
        config.ssl_mode(SslMode::Disable).connect(NoTls)
    } else {
        config.ssl_mode(SslMode::Require).connect(MakeRustlsConnect::new(encryption()?))
    };
    let mut client = connected.map_err(|error| Problem::Unreachable(reason(&error)))?;
    client.batch_execute("SET lock_timeout = '30s'; SET client_min_messages = warning")?;
    Ok(client)
}

/// The settings of an address. What it does not say comes from the environment, as everywhere with PostgreSQL.
fn settings(address: &str) -> Result<Config, Problem> {
    // What cannot be read is not repeated: it may be a password.
    let mut config: Config = address.parse().map_err(|_| Problem::BadAddress("it is not understood".to_owned()))?;
    let from_environment = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    if let (None, Some(user)) = (config.get_user(), from_environment("PGUSER")) {
        config.user(&user);
    }
    if let (None, Some(password)) = (config.get_password(), from_environment("PGPASSWORD")) {
        config.password(password);
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(PATIENCE);
    }
    if config.get_application_name().is_none() {
        config.application_name("dunlin");
    }
    Ok(config)
}

/// Whether the connection does not leave this machine.
fn stays_here(config: &Config) -> bool {
    let is_local = |host: &Host| match host {
        Host::Tcp(name) => name == "localhost" || name.parse().is_ok_and(|address: IpAddr| address.is_loopback()),
        Host::Unix(_) => true,
    };
    config.get_hosts().iter().all(is_local) && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

/// Encryption that trusts whom this machine trusts; `SSL_CERT_FILE` names others.
fn encryption() -> Result<ClientConfig, Problem> {
    let mut trusted = RootCertStore::empty();
    trusted.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if trusted.is_empty() {
        let reason = "this machine trusts no certificate; name a file of them in `SSL_CERT_FILE`";
        return Err(Problem::Unreachable(reason.to_owned()));
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| Problem::Unreachable(error.to_string()))?;
    Ok(builder.with_root_certificates(trusted).with_no_client_auth())
}

/// What the server or the system says.
fn reason(error: &postgres::Error) -> String {
    if let Some(said) = error.as_db_error() {
        return said.message().to_owned();
    }
    let mut deepest: &dyn Error = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    plainly(&deepest.to_string())
}

impl From<postgres::Error> for Problem {
    fn from(error: postgres::Error) -> Self {
        let reason = reason(&error);
        let Some(code) = error.code() else {
            let is_broken = error.is_closed() || error.source().is_some_and(|source| source.is::<io::Error>());
            return if is_broken { Self::Lost(reason) } else { Self::Failed(reason) };
        };
        match code {
            code if *code == SqlState::DISK_FULL => Self::Full,
            code if *code == SqlState::READ_ONLY_SQL_TRANSACTION => Self::ReadOnly,
            code if *code == SqlState::LOCK_NOT_AVAILABLE => Self::Busy,
            code if *code == SqlState::INSUFFICIENT_PRIVILEGE => Self::NoAccess(reason),
            // The server is being stopped.
            code if code.code().starts_with("57P") => Self::Lost(reason),
            _ => Self::Failed(reason),
        }
    }
}
