"""The language server as real editors greet it: with what each of them says it can do (pytest-lsp knows that), asked
about a copy of `examples/standard`. pytest-lsp reads every message by the types of the protocol and refuses what an
editor did not say it can take. `run` sets DUNLIN_EXAMPLES and PATH."""

import asyncio
import os
import shutil
import sys
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

EDITORS = ["visual_studio_code@1.65.2", "neovim@0.7.0", "neovim@0.11.0", "emacs@29.1"]

MISTAKE = "\ndefine large = total_due > EUR 250\n"


@pytest.fixture(scope="session")
def company(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("company") / "größe 1"
    shutil.copytree(Path(os.environ["DUNLIN_EXAMPLES"]) / "standard", folder)
    return folder


@pytest_lsp.fixture(params=EDITORS, config=ClientServerConfig(server_command=["dunlin-lsp"]))
async def client(request, lsp_client: LanguageClient, company: Path):
    # What the editors do and pytest-lsp leaves open.
    for method in ["client/registerCapability", "workspace/inlayHint/refresh", "workspace/codeLens/refresh"]:
        lsp_client.feature(method)(lambda *_: None)
    folder = types.WorkspaceFolder(uri=company.as_uri(), name="company")
    greeting = types.InitializeParams(capabilities=client_capabilities(request.param), workspace_folders=[folder])
    lsp_client.offers = (await lsp_client.initialize_session(greeting)).capabilities
    yield
    await lsp_client.shutdown_session()


class Text:
    """A text as it is open in the editor."""

    def __init__(self, client: LanguageClient, company: Path, name: str):
        self.client = client
        self.uri = (company / name).as_uri()
        self.text = (company / name).read_text(encoding="utf-8")
        self.version = 1
        item = types.TextDocumentItem(uri=self.uri, language_id="dunlin", version=1, text=self.text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))

    @property
    def named(self) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(uri=self.uri)

    def at(self, before: str, word: str = "") -> types.Position:
        """Where a word stands, after what stands before it."""
        head = self.text[: self.text.index(before + word) + len(before)]
        return types.Position(line=head.count("\n"), character=len(head) - (head.rfind("\n") + 1))

    def place(self, before: str, word: str = "") -> dict:
        return {"text_document": self.named, "position": self.at(before, word)}

    def write(self, text: str):
        """Gives it other words."""
        self.version += 1
        named = types.VersionedTextDocumentIdentifier(uri=self.uri, version=self.version)
        whole = types.TextDocumentContentChangeWholeDocument(text=text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(named, [whole]))

    async def findings(self, wanted) -> list[types.Diagnostic]:
        """The findings, when they are as wanted: sent, or asked for by an editor that asks."""
        for _ in range(600):
            if self.client.offers.diagnostic_provider:
                asked = types.DocumentDiagnosticParams(text_document=self.named)
                found = (await self.client.text_document_diagnostic_async(asked)).items
            else:
                found = self.client.diagnostics.get(self.uri)
            if found is not None and wanted(found):
                return list(found)
            await asyncio.sleep(0.05)
        pytest.fail(f"the findings stay {found}")


@pytest.fixture
def text(client: LanguageClient, company: Path) -> Text:
    return Text(client, company, "standard.proc")


def needs(client: LanguageClient, name: str):
    """What the server does not offer is not asked for."""
    offered = getattr(client.offers, name)
    if not offered:
        pytest.skip(f"not offered: {name}")
    return offered


async def test_a_mistake_is_found_while_it_is_typed(client: LanguageClient, text: Text):
    text.write(text.text + MISTAKE)
    found = await text.findings(bool)
    assert [(one.code, one.source) for one in found if one.severity == types.DiagnosticSeverity.Error] == [("E0110", "dunlin")]
    text.write(text.text)
    assert await text.findings(lambda found: not found) == []


async def test_hover(client: LanguageClient, text: Text):
    needs(client, "hover_provider")
    found = await client.text_document_hover_async(types.HoverParams(**text.place("overdue_total", " >=")))
    assert "overdue" in str(found.contents)


async def test_completion(client: LanguageClient, text: Text):
    needs(client, "completion_provider")
    found = await client.text_document_completion_async(types.CompletionParams(**text.place("status = ", "open")))
    items = found if isinstance(found, list) else found.items
    assert {"open", "dispute", "outsourcing"} <= {item.label for item in items}


async def test_signature_help(client: LanguageClient, text: Text):
    needs(client, "signature_help_provider")
    place = text.place("email customer ", "using")
    found = await client.text_document_signature_help_async(types.SignatureHelpParams(**place))
    assert "email" in found.signatures[0].label


async def test_definition(client: LanguageClient, text: Text):
    needs(client, "definition_provider")
    found = await client.text_document_definition_async(types.DefinitionParams(**text.place("using ", "reminder")))
    [place] = found if isinstance(found, list) else [found]
    assert getattr(place, "uri", getattr(place, "target_uri", "")).endswith("ledger.proc")


async def test_references(client: LanguageClient, text: Text):
    needs(client, "references_provider")
    context = types.ReferenceContext(include_declaration=True)
    found = await client.text_document_references_async(
        types.ReferenceParams(context=context, **text.place("step ", "call_1"))
    )
    assert any(place.uri.endswith("tests.proc") for place in found)


async def test_rename(client: LanguageClient, text: Text):
    needs(client, "rename_provider")
    asked = types.RenameParams(new_name="first_call", **text.place("step ", "call_1"))
    edit = await client.text_document_rename_async(asked)
    changed = edit.changes or {change.text_document.uri: change.edits for change in edit.document_changes}
    assert {uri.rsplit("/", 1)[1] for uri in changed} >= {"standard.proc", "tests.proc"}


async def test_highlight(client: LanguageClient, text: Text):
    needs(client, "document_highlight_provider")
    asked = types.DocumentHighlightParams(**text.place("step ", "call_1"))
    assert await client.text_document_document_highlight_async(asked)


async def test_calls(client: LanguageClient, text: Text):
    needs(client, "call_hierarchy_provider")
    asked = types.CallHierarchyPrepareParams(**text.place("procedure ", "standard"))
    [item] = await client.text_document_prepare_call_hierarchy_async(asked)
    calls = await client.call_hierarchy_outgoing_calls_async(types.CallHierarchyOutgoingCallsParams(item=item))
    assert {call.to.name for call in calls} >= {"reminder", "agency"}


async def test_actions(client: LanguageClient, text: Text):
    needs(client, "code_action_provider")
    text.write(text.text + MISTAKE)
    [mistake] = [one for one in await text.findings(bool) if one.code == "E0110"]
    context = types.CodeActionContext(diagnostics=[mistake])
    asked = types.CodeActionParams(text_document=text.named, range=mistake.range, context=context)
    actions = await client.text_document_code_action_async(asked)
    assert any("250 EUR" in action.title for action in actions)


async def test_formatting(client: LanguageClient, text: Text):
    needs(client, "document_formatting_provider")
    options = types.FormattingOptions(tab_size=4, insert_spaces=True)
    asked = types.DocumentFormattingParams(text_document=text.named, options=options)
    assert not await client.text_document_formatting_async(asked)
    text.write(text.text.replace("    start", "  start"))
    assert await client.text_document_formatting_async(asked)


async def test_outline(client: LanguageClient, text: Text):
    needs(client, "document_symbol_provider")
    asked = types.DocumentSymbolParams(text_document=text.named)
    found = await client.text_document_document_symbol_async(asked)
    assert found[0].name == "standard"
    symbols = await client.workspace_symbol_async(types.WorkspaceSymbolParams(query="agency"))
    assert any(symbol.name == "agency" for symbol in symbols)


async def test_structure(client: LanguageClient, text: Text):
    asked = types.FoldingRangeParams(text_document=text.named)
    assert await client.text_document_folding_range_async(asked)
    positions = [text.at("overdue_total")]
    asked = types.SelectionRangeParams(text_document=text.named, positions=positions)
    assert (await client.text_document_selection_range_async(asked))[0].parent


async def test_links(client: LanguageClient, company: Path):
    ledger = Text(client, company, "ledger.proc")
    found = await client.text_document_document_link_async(types.DocumentLinkParams(text_document=ledger.named))
    assert len(found) == 3


async def test_colours(client: LanguageClient, text: Text):
    needs(client, "semantic_tokens_provider")
    asked = types.SemanticTokensParams(text_document=text.named)
    found = await client.text_document_semantic_tokens_full_async(asked)
    assert found.data and len(found.data) % 5 == 0


async def test_hints(client: LanguageClient, text: Text):
    needs(client, "inlay_hint_provider")
    whole = types.Range(types.Position(0, 0), types.Position(text.text.count("\n"), 0))
    asked = types.InlayHintParams(text_document=text.named, range=whole)
    assert await client.text_document_inlay_hint_async(asked) is not None


async def test_lens(client: LanguageClient, text: Text):
    needs(client, "code_lens_provider")
    asked = types.CodeLensParams(text_document=text.named)
    for _ in range(200):
        if await client.text_document_code_lens_async(asked):
            return
        await asyncio.sleep(0.05)
    pytest.fail("no lens")


async def test_unknown_requests_are_refused_and_nothing_ends(client: LanguageClient, text: Text):
    with pytest.raises(Exception, match="(?i)method not found|not found"):
        await client.protocol.send_request_async("no/such", {})
    asked = types.DocumentSymbolParams(text_document=text.named)
    assert await client.text_document_document_symbol_async(asked)


@pytest.mark.skipif(sys.platform == "win32", reason="how processes end differs there")
async def test_it_ends_when_it_is_told(client: LanguageClient, text: Text):
    await client.shutdown_async(None)
    client.exit(None)
    assert await asyncio.wait_for(client._server.wait(), 10) == 0
    # The fixture has nothing left to end.
    client.capabilities = None
