//! From a name to where it is declared, to where it is used, and to what leads where.

use dunlin::ide::calls::{self, Call, Node};
use dunlin::ide::definition::{self, Target};
use dunlin::ide::references;
use dunlin::schema::PRELUDE_PATH;
use tower_lsp::ls_types::{
    CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, DocumentHighlight, DocumentHighlightKind,
    GotoDefinitionResponse, Location, LocationLink, Range,
};

use crate::convert::symbols::kind;
use crate::prelude;
use crate::view::{Here, View};

/// Where the name at a place is declared.
pub(crate) fn definition(view: &View<'_>, here: &Here) -> Option<GotoDefinitionResponse> {
    let target = definition::definition(view.workspace(), &here.path, here.offset)?;
    leads_to(view, here, target, view.editor.links_definitions())
}

/// Where the type of the name at a place is declared.
pub(crate) fn type_definition(view: &View<'_>, here: &Here) -> Option<GotoDefinitionResponse> {
    let target = definition::type_definition(view.workspace(), &here.path, here.offset)?;
    leads_to(view, here, target, view.editor.links_type_definitions())
}

fn leads_to(view: &View<'_>, here: &Here, target: Target, as_link: bool) -> Option<GotoDefinitionResponse> {
    let Target { origin, declaration } = target;
    let lines = view.lines(&declaration.whole.path);
    let path = &declaration.whole.path;
    let uri = view.uri(path).or_else(|| if path == PRELUDE_PATH { prelude::uri() } else { None })?;
    let name = lines.range(&declaration.name);
    if !as_link {
        return Some(GotoDefinitionResponse::Scalar(Location { uri, range: name }));
    }
    Some(GotoDefinitionResponse::Link(vec![LocationLink {
        origin_selection_range: Some(view.lines(&here.path).range(&origin)),
        target_uri: uri,
        target_range: lines.range(&declaration.whole.range),
        target_selection_range: name,
    }]))
}

/// Every place of the name at a place.
pub(crate) fn references(view: &View<'_>, here: &Here, with_declaration: bool) -> Option<Vec<Location>> {
    let places = references::references(view.workspace(), &here.path, here.offset, with_declaration);
    Some(places.iter().filter_map(|place| view.location(place)).collect())
}

/// The places of the name at a place in its own file.
pub(crate) fn highlights(view: &View<'_>, here: &Here) -> Option<Vec<DocumentHighlight>> {
    let lines = view.lines(&here.path);
    let places = references::highlights(view.workspace(), &here.path, here.offset).into_iter();
    let shown = places.map(|place| DocumentHighlight {
        range: lines.range(&place.range),
        kind: Some(if place.is_declaration { DocumentHighlightKind::WRITE } else { DocumentHighlightKind::READ }),
    });
    Some(shown.collect())
}

/// What stands at a place, to ask what leads to it and where it leads.
pub(crate) fn node(view: &View<'_>, here: &Here) -> Option<Vec<CallHierarchyItem>> {
    let node = calls::node_at(view.workspace(), &here.path, here.offset)?;
    Some(vec![item(view, node)?])
}

/// What leads to the one whose name stands at a place.
pub(crate) fn incoming(view: &View<'_>, here: &Here) -> Option<Vec<CallHierarchyIncomingCall>> {
    let calls = calls::incoming(view.workspace(), &here.path, here.offset).into_iter();
    let shown = calls.filter_map(|call| {
        let from_ranges = ranges(view, &call.node.path, &call);
        Some(CallHierarchyIncomingCall { from: item(view, call.node)?, from_ranges })
    });
    Some(shown.collect())
}

/// What the one whose name stands at a place leads to.
pub(crate) fn outgoing(view: &View<'_>, here: &Here) -> Option<Vec<CallHierarchyOutgoingCall>> {
    let calls = calls::outgoing(view.workspace(), &here.path, here.offset).into_iter();
    let shown = calls.filter_map(|call| {
        let from_ranges = ranges(view, &here.path, &call);
        Some(CallHierarchyOutgoingCall { to: item(view, call.node)?, from_ranges })
    });
    Some(shown.collect())
}

fn ranges(view: &View<'_>, path: &str, call: &Call) -> Vec<Range> {
    let lines = view.lines(path);
    call.ranges.iter().map(|range| lines.range(range)).collect()
}

fn item(view: &View<'_>, node: Node) -> Option<CallHierarchyItem> {
    let Node { path, declared, container } = node;
    let lines = view.lines(&path);
    let details = [container, Some(declared.detail)].into_iter().flatten().filter(|detail| !detail.is_empty());
    let detail = details.collect::<Vec<_>>().join(": ");
    Some(CallHierarchyItem {
        name: declared.name,
        kind: kind(declared.kind),
        tags: None,
        detail: Some(detail).filter(|detail| !detail.is_empty()),
        uri: view.uri(&path)?,
        range: lines.range(&declared.range),
        selection_range: lines.range(&declared.name_range),
        data: None,
    })
}
