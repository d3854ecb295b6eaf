//! Databases that cannot be reached or used: clear messages, and never a password.

use std::process::Output;

use super::server::{PASSWORD, Server};
use super::{Stage, sample, text};

/// Runs `dunlin journal list` on an address; says what it printed.
fn list(stage: &Stage, place: &str, password: Option<&str>) -> (Output, String) {
    let mut command = super::dunlin(stage.folder.path());
    command.args(["journal", "--journal", place]).env_remove("PGPASSWORD").env_remove("PGUSER");
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    let output = command.output().expect("dunlin starts");
    let said = text(&output.stderr);
    (output, said)
}

#[test]
fn addresses_that_cannot_be_used() {
    let stage = Stage::file();
    let refused = [
        ("postgres://ann:secret@127.0.0.1:1/credit", "cannot be reached: "),
        ("postgres://ann:secret@127.0.0.1:1/credit?sslmode=require", "cannot be reached: "),
        ("postgres://ann:secret@127.0.0.1/credit?flavour=secret", "it is not understood"),
    ];
    for (place, reason) in refused {
        let (output, said) = list(&stage, place, None);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.starts_with("error: ") && said.contains(reason) && said.contains("\n  help: "), "{said}");
        assert!(!said.contains("secret"), "{said}");
    }
}

#[test]
fn the_password_may_stand_in_the_environment() {
    let Some(stage) = Stage::postgres() else { return };
    let (before, after) = stage.place.rsplit_once('@').expect("an address with a password");
    let name = before.rsplit_once(':').expect("a name and a password").0;
    let without = format!("{name}@{after}");
    let (output, said) = list(&stage, &without, Some(PASSWORD));
    assert!(output.status.success(), "{said}");
    assert!(said.starts_with("note: there is no journal yet at `postgres://dunlin@127.0.0.1:"), "{said}");
    let (output, said) = list(&stage, &without, Some("quite wrong"));
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("password authentication failed") && !said.contains("quite wrong"), "{said}");
    let (output, said) = list(&stage, &format!("{without}_not_there"), Some(PASSWORD));
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("does not exist"), "{said}");
}

#[test]
fn one_database_holds_the_journals_of_several_programs() {
    let Some(stage) = Stage::postgres() else { return };
    let server = Server::running().expect("a server");
    let database = stage.place.rsplit_once('/').expect("a database").1.to_owned();
    server.client(&database).batch_execute("CREATE SCHEMA acme; CREATE SCHEMA zenith").expect("schemas");
    let of = |schema: &str, number| {
        let place = format!("{}?options=-csearch_path%3D{schema}", stage.place);
        let own = Stage { place, folder: tempfile::tempdir().expect("a folder") };
        assert!(own.dunlin(&["import", &own.export("own.csv", &sample(schema, number))]).status.success());
        own
    };
    let (acme, zenith) = (of("acme", 3), of("zenith", 4));
    assert_eq!((acme.entries(), zenith.entries()), (sample("acme", 3), sample("zenith", 4)));
    assert_eq!(stage.entries(), []);
}

#[test]
fn whoever_may_only_read_and_add_can_work() {
    let Some(stage) = Stage::postgres() else { return };
    let server = Server::running().expect("a server");
    assert!(stage.dunlin(&["import", &stage.export("few.csv", &sample("few", 3))]).status.success());
    let database = stage.place.rsplit_once('/').expect("a database").1.to_owned();
    let roles = "CREATE ROLE clerk LOGIN PASSWORD 'clerk'; GRANT SELECT, INSERT ON dunlin_journal TO clerk; \
                 GRANT SELECT ON dunlin_journal_version TO clerk; CREATE ROLE guest LOGIN PASSWORD 'guest'";
    server.client(&database).batch_execute(roles).expect("roles");
    let host = stage.place.rsplit_once('@').expect("a host").1;
    let file = stage.export("more.csv", &sample("more", 3));
    let clerk =
        Stage { place: format!("postgres://clerk:clerk@{host}"), folder: tempfile::tempdir().expect("a folder") };
    assert!(clerk.dunlin(&["import", &file]).status.success());
    assert_eq!(stage.entries().len(), 6);
    let guest =
        Stage { place: format!("postgres://guest:guest@{host}"), folder: tempfile::tempdir().expect("a folder") };
    let output = guest.dunlin(&["list"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("cannot be opened: permission denied"), "{}", text(&output.stderr));
}

#[test]
fn a_server_that_goes_away_is_told() {
    let Some(stage) = Stage::postgres() else { return };
    let mut journal = stage.open();
    let database = stage.place.rsplit_once('/').expect("a database").1;
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    Server::running().expect("a server").client(database).execute(end, &[]).expect("connections end");
    let error = journal.append(0, &sample("lost", 3)).expect_err("the connection is gone");
    assert!(error.message().contains("was lost: "), "{}", error.message());
    assert_eq!(stage.entries(), []);
}

#[test]
fn a_connection_may_be_encrypted_and_then_the_server_proves_who_it_is() {
    let Some(stage) = Stage::postgres() else { return };
    let authority = &Server::running().expect("a server").authority;
    if !authority.exists() {
        return super::tell_skipped("encrypted connections, for there is no openssl to make a certificate");
    }
    let said = |host: &str, trusted: Option<&std::path::Path>| {
        let place = format!("{}?sslmode=require", stage.place.replace("127.0.0.1", host));
        let mut command = super::dunlin(stage.folder.path());
        command.args(["journal", "--journal", &place]).env_remove("SSL_CERT_FILE").env_remove("SSL_CERT_DIR");
        command.envs(trusted.map(|file| ("SSL_CERT_FILE", file)));
        let output = command.output().expect("dunlin starts");
        (output.status.code(), text(&output.stderr))
    };
    let (status, error) = said("localhost", Some(authority));
    assert_eq!(status, Some(0), "{error}");
    let (status, error) = said("localhost", None);
    assert!(status == Some(2) && error.contains("certificate"), "{error}");
    // The certificate is of another name.
    let (status, error) = said("127.0.0.1", Some(authority));
    assert!(status == Some(2) && error.contains("certificate"), "{error}");
}
