//! Findings, sent and asked for.

use dunlin::base::Severity;
use dunlin::ide::diagnostics::{Finding, Related};
use tower_lsp::ls_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, DocumentDiagnosticParams,
    DocumentDiagnosticReport, DocumentDiagnosticReportResult, FullDocumentDiagnosticReport, NumberOrString,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};

use crate::programs::Programs;
use crate::publish::result_id;
use crate::view::View;

/// The findings of a file.
pub(crate) fn of_file(view: &View<'_>, path: &str) -> Vec<Diagnostic> {
    view.findings(path).iter().map(|finding| diagnostic(view, path, finding)).collect()
}

/// A finding.
pub(crate) fn diagnostic(view: &View<'_>, path: &str, finding: &Finding) -> Diagnostic {
    let related: Vec<_> = finding.related.iter().filter_map(|place| related(view, place)).collect();
    Diagnostic {
        range: view.lines(path).range(&finding.range),
        severity: Some(severity(finding.severity)),
        code: Some(NumberOrString::String(finding.code.to_owned())),
        source: Some("dunlin".to_owned()),
        message: finding.message.clone(),
        related_information: (!related.is_empty()).then_some(related),
        tags: finding.is_unnecessary.then(|| vec![DiagnosticTag::UNNECESSARY]),
        ..Diagnostic::default()
    }
}

fn related(view: &View<'_>, place: &Related) -> Option<DiagnosticRelatedInformation> {
    let location = view.location(&place.place)?;
    Some(DiagnosticRelatedInformation { location, message: place.message.clone() })
}

const fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}

/// The findings of a document, as far as the client lacks them.
pub(crate) fn of_document(programs: &mut Programs, it: DocumentDiagnosticParams) -> DocumentDiagnosticReportResult {
    let uri = it.text_document.uri;
    let items = programs.view(&uri).map(|(view, path)| of_file(&view, &path)).unwrap_or_default();
    let id = result_id(&items);
    programs.gave(&uri, &id);
    let report = if it.previous_result_id.as_ref() == Some(&id) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: id },
            related_documents: None,
        })
    } else {
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(id), items },
            ..RelatedFullDocumentDiagnosticReport::default()
        })
    };
    report.into()
}

/// The findings of every file, as far as the client lacks them.
pub(crate) fn of_workspace(programs: &mut Programs, it: WorkspaceDiagnosticParams) -> WorkspaceDiagnosticReportResult {
    programs.asks_for_all();
    let mut known: Vec<_> = it.previous_result_ids;
    let views = programs.views();
    let mut items = Vec::new();
    for view in &views {
        for path in view.program.findings().keys().filter(|path| view.is_at_home(&views, path)) {
            let findings = of_file(view, path);
            let id = result_id(&findings);
            for (uri, open) in view.names(path) {
                let before = known.iter().position(|before| before.uri == uri).map(|at| known.swap_remove(at).value);
                let version = open.map(|text| i64::from(text.version));
                items.push(if before.as_ref() == Some(&id) {
                    WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
                        uri,
                        version,
                        unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                            result_id: id.clone(),
                        },
                    })
                } else {
                    full(uri, version, id.clone(), findings.clone())
                });
            }
        }
    }
    let gone = known.into_iter().map(|before| full(before.uri, None, result_id(&[]), Vec::new()));
    items.extend(gone);
    WorkspaceDiagnosticReport { items }.into()
}

fn full(
    uri: tower_lsp::ls_types::Uri,
    version: Option<i64>,
    id: String,
    items: Vec<Diagnostic>,
) -> WorkspaceDocumentDiagnosticReport {
    WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
        uri,
        version,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(id), items },
    })
}
