//! Tells Zed how Dunlin's language server is started.

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{self as zed, Command, LanguageServerId, Result, Worktree};

struct Dunlin;

impl zed::Extension for Dunlin {
    fn new() -> Self {
        Self
    }

    /// What the settings say, else `dunlin lsp`, else the server itself.
    fn language_server_command(&mut self, id: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let settings = LspSettings::for_worktree(id.as_ref(), worktree)?;
        let env = worktree.shell_env();
        if let Some(binary) = settings.binary
            && let Some(command) = binary.path
        {
            return Ok(Command { command, args: binary.arguments.unwrap_or_default(), env });
        }
        if let Some(command) = worktree.which("dunlin") {
            return Ok(Command { command, args: vec!["lsp".to_owned()], env });
        }
        match worktree.which("dunlin-lsp") {
            Some(command) => Ok(Command { command, args: Vec::new(), env }),
            None => Err("neither `dunlin` nor `dunlin-lsp` is on the PATH: install Dunlin".to_owned()),
        }
    }
}

zed::register_extension!(Dunlin);
