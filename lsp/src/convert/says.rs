//! What is known of a place, and what can be written there.

use dunlin::base::Date;
use dunlin::ide::completion::{self, Completion, Kind, Source};
use dunlin::ide::hover;
use dunlin::ide::signature_help::{self, Signature};
use serde_json::{Value, json};
use tower_lsp::ls_types::{
    CompletionContext, CompletionItem, CompletionItemKind, CompletionResponse, CompletionTextEdit,
    CompletionTriggerKind, Documentation, Hover, HoverContents, InsertReplaceEdit, InsertTextFormat, InsertTextMode,
    MarkupContent, MarkupKind, ParameterInformation, ParameterLabel, SignatureHelp, SignatureInformation, TextEdit,
    Uri,
};

use crate::editor::Editor;
use crate::view::{Here, View};

/// The signs behind which something can be offered unasked.
pub(crate) const TRIGGERS: [&str; 6] = [".", "\"", "=", "(", "/", " "];

/// What is known of what stands at a place.
pub(crate) fn hover(view: &View<'_>, here: &Here) -> Option<Hover> {
    let today = view.settings.lens_date.or_else(today);
    let found = hover::hover(view.workspace(), &here.path, here.offset, today)?;
    let contents = HoverContents::Markup(content(view.editor.shows_markdown(), found.page.markdown()));
    Some(Hover { contents, range: Some(view.lines(&here.path).range(&found.range)) })
}

fn content(shows_markdown: bool, value: String) -> MarkupContent {
    MarkupContent { kind: if shows_markdown { MarkupKind::Markdown } else { MarkupKind::PlainText }, value }
}

/// The day, as the clock of this machine has it.
fn today() -> Option<Date> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    Date::from_epoch_days(i32::try_from(since.as_secs() / 86_400).ok()?)
}

/// What can be written at a place.
pub(crate) fn completions(
    view: &View<'_>,
    here: &Here,
    context: Option<&CompletionContext>,
) -> Option<CompletionResponse> {
    let files = || view.program.texts_beside();
    let found = completion::completions(view.workspace(), &here.path, here.offset, &files);
    // A blank is typed everywhere: only where something must follow is it offered unasked.
    let is_typed_blank = context.is_some_and(|context| {
        context.trigger_kind == CompletionTriggerKind::TRIGGER_CHARACTER
            && context.trigger_character.as_deref() == Some(" ")
    });
    if is_typed_blank && !found.is_needed {
        return None;
    }
    let lines = view.lines(&here.path);
    let replace = lines.range(&found.range);
    let insert = lines.range(&(found.range.start..here.offset.max(found.range.start)));
    let uri = view.uri(&here.path)?;
    let items = found.items.into_iter().enumerate().map(|(place, it)| {
        let new_text = if view.editor.takes_snippets() || !it.is_snippet {
            it.insert.clone()
        } else {
            completion::plain(&it.insert)
        };
        let text_edit = if view.editor.inserts_or_replaces() {
            CompletionTextEdit::InsertAndReplace(InsertReplaceEdit { new_text, insert, replace })
        } else {
            CompletionTextEdit::Edit(TextEdit { range: replace, new_text })
        };
        let is_snippet = it.is_snippet && view.editor.takes_snippets();
        CompletionItem {
            label: it.label.clone(),
            kind: Some(kind(it.kind)),
            detail: Some(it.detail.clone()).filter(|detail| !detail.is_empty()),
            sort_text: Some(format!("{place:04}")),
            insert_text_format: is_snippet.then_some(InsertTextFormat::SNIPPET),
            insert_text_mode: it.insert.contains('\n').then_some(InsertTextMode::ADJUST_INDENTATION),
            text_edit: Some(text_edit),
            data: data(&uri, &it),
            ..CompletionItem::default()
        }
    });
    Some(CompletionResponse::Array(items.collect()))
}

/// What is needed to say more about an item when it is asked for.
fn data(uri: &Uri, item: &Completion) -> Option<Value> {
    Some(json!({ "uri": uri.as_str(), "key": item.source.key()? }))
}

/// The file and the source that an item was given with.
pub(crate) fn source(item: &CompletionItem) -> Option<(Uri, Source)> {
    let data = item.data.as_ref()?;
    let uri = data.get("uri")?.as_str()?.parse().ok()?;
    Some((uri, Source::of_key(data.get("key")?.as_str()?)?))
}

/// What is known of an item.
pub(crate) fn documentation(view: &View<'_>, source: &Source) -> Documentation {
    let page = completion::documentation(view.workspace(), source);
    Documentation::MarkupContent(content(view.editor.documents_in_markdown(), page.markdown()))
}

const fn kind(kind: Kind) -> CompletionItemKind {
    match kind {
        Kind::Procedure => CompletionItemKind::CLASS,
        Kind::Step => CompletionItemKind::METHOD,
        Kind::Template => CompletionItemKind::FILE,
        Kind::Calendar => CompletionItemKind::STRUCT,
        Kind::Role => CompletionItemKind::ENUM_MEMBER,
        Kind::Action | Kind::Function => CompletionItemKind::FUNCTION,
        Kind::Label => CompletionItemKind::PROPERTY,
        Kind::Field => CompletionItemKind::FIELD,
        Kind::Define | Kind::Name => CompletionItemKind::VARIABLE,
        Kind::Value => CompletionItemKind::VALUE,
        Kind::Word => CompletionItemKind::KEYWORD,
        Kind::Unit => CompletionItemKind::UNIT,
        Kind::Type => CompletionItemKind::TYPE_PARAMETER,
        Kind::File => CompletionItemKind::FILE,
        Kind::Snippet => CompletionItemKind::SNIPPET,
    }
}

/// What an action, a function or a question takes.
pub(crate) fn signatures(view: &View<'_>, here: &Here) -> Option<SignatureHelp> {
    let found = signature_help::signatures(view.workspace(), &here.path, here.offset);
    let active = found.first()?.active;
    let signatures = found.iter().map(|it| signature(view.editor, it)).collect();
    Some(SignatureHelp { signatures, active_signature: Some(0), active_parameter: number(active) })
}

fn number(place: Option<usize>) -> Option<u32> {
    place.and_then(|place| u32::try_from(place).ok())
}

fn signature(editor: &Editor, it: &Signature) -> SignatureInformation {
    let units = |end: usize| {
        let before = it.label.get(..end).unwrap_or("");
        u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)
    };
    let said = |text: &str| {
        let content = content(editor.explains_signatures_in_markdown(), text.to_owned());
        (!text.is_empty()).then_some(Documentation::MarkupContent(content))
    };
    let parameters = it.parameters.iter().map(|(range, says)| ParameterInformation {
        label: if editor.marks_parameters() {
            ParameterLabel::LabelOffsets([units(range.start), units(range.end)])
        } else {
            ParameterLabel::Simple(it.label.get(range.clone()).unwrap_or("").to_owned())
        },
        documentation: said(says),
    });
    SignatureInformation {
        label: it.label.clone(),
        documentation: said(&it.doc),
        parameters: Some(parameters.collect()),
        active_parameter: number(it.active),
    }
}
