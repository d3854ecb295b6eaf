//! Declarations: the outline of a file, and those of all programs by name.

use dunlin::ide::symbols::{self, Kind, Symbol};
use tower_lsp::ls_types::{
    DocumentSymbol, DocumentSymbolResponse, Location, OneOf, SymbolInformation, SymbolKind, WorkspaceSymbol,
    WorkspaceSymbolResponse,
};

use crate::view::View;

/// The outline of a file: a tree, or a list for an editor that shows no tree.
pub(crate) fn outline(view: &View<'_>, path: &str) -> Option<DocumentSymbolResponse> {
    let symbols = symbols::outline(view.workspace(), path);
    if view.editor.nests_symbols() {
        return Some(DocumentSymbolResponse::Nested(symbols.into_iter().map(|it| nested(view, path, it)).collect()));
    }
    let mut list = Vec::new();
    for symbol in symbols {
        flatten(view, path, None, symbol, &mut list)?;
    }
    Some(DocumentSymbolResponse::Flat(list))
}

#[expect(deprecated, reason = "the field has to be given")]
fn nested(view: &View<'_>, path: &str, symbol: Symbol) -> DocumentSymbol {
    let children: Vec<_> = symbol.children.into_iter().map(|child| nested(view, path, child)).collect();
    let lines = view.lines(path);
    DocumentSymbol {
        name: symbol.name,
        detail: Some(symbol.detail).filter(|detail| !detail.is_empty()),
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: lines.range(&symbol.range),
        selection_range: lines.range(&symbol.name_range),
        children: (!children.is_empty()).then_some(children),
    }
}

#[expect(deprecated, reason = "the field has to be given")]
fn flatten(
    view: &View<'_>,
    path: &str,
    container: Option<&str>,
    symbol: Symbol,
    list: &mut Vec<SymbolInformation>,
) -> Option<()> {
    list.push(SymbolInformation {
        name: symbol.name.clone(),
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        location: Location { uri: view.uri(path)?, range: view.lines(path).range(&symbol.range) },
        container_name: container.map(str::to_owned),
    });
    for child in symbol.children {
        flatten(view, path, Some(&symbol.name), child, list)?;
    }
    Some(())
}

/// The declarations of all programs by name.
pub(crate) fn find(views: &[View<'_>], query: &str) -> WorkspaceSymbolResponse {
    let mut all = Vec::new();
    for view in views {
        for found in symbols::find(view.workspace(), query) {
            let location = view.location(&found.place).filter(|_| view.is_at_home(views, &found.place.path));
            let Some(location) = location else { continue };
            all.push(WorkspaceSymbol {
                name: found.name,
                kind: kind(found.kind),
                tags: None,
                container_name: Some(found.container).filter(|container| !container.is_empty()),
                location: OneOf::Left(location),
                data: None,
            });
        }
    }
    WorkspaceSymbolResponse::Nested(all)
}

/// The protocol's kind of a declaration.
pub(crate) const fn kind(kind: Kind) -> SymbolKind {
    match kind {
        Kind::Ledger => SymbolKind::MODULE,
        Kind::Table => SymbolKind::STRUCT,
        Kind::Field => SymbolKind::FIELD,
        Kind::Recipient => SymbolKind::ENUM_MEMBER,
        Kind::Calendar => SymbolKind::ARRAY,
        Kind::Define => SymbolKind::VARIABLE,
        Kind::Template => SymbolKind::FILE,
        Kind::Language => SymbolKind::KEY,
        Kind::Action => SymbolKind::FUNCTION,
        Kind::Assign => SymbolKind::NAMESPACE,
        Kind::Rule => SymbolKind::PROPERTY,
        Kind::Procedure => SymbolKind::CLASS,
        Kind::Step => SymbolKind::METHOD,
        Kind::ContactPolicy => SymbolKind::INTERFACE,
        Kind::Test => SymbolKind::EVENT,
        Kind::Record => SymbolKind::OBJECT,
    }
}
