;;; dunlin-ts-mode.el --- Dunlin with tree-sitter -*- lexical-binding: t; -*-

;; Author: The Dunlin developers
;; Version: 0.1.0
;; Package-Requires: ((emacs "29.1"))
;; Keywords: languages tree-sitter
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; `dunlin-mode' with the colours, the index and the motions of the tree-sitter
;; grammar, which must be installed: see README.md.  Loading this file makes it the mode
;; of .proc files if the grammar is there.

;;; Code:

(require 'dunlin-mode)
(require 'treesit nil t)

(defvar treesit-font-lock-feature-list)
(defvar treesit-font-lock-settings)
(defvar treesit-simple-imenu-settings)
(defvar treesit-defun-type-regexp)
(defvar treesit-defun-name-function)
(declare-function treesit-ready-p "treesit")
(declare-function treesit-parser-create "treesit.c")
(declare-function treesit-major-mode-setup "treesit")
(declare-function treesit-font-lock-rules "treesit")
(declare-function treesit-node-text "treesit")
(declare-function treesit-node-child-by-field-name "treesit.c")

(defun dunlin-ts--colours ()
  "Return the colours by feature."
  (treesit-font-lock-rules
   :language 'dunlin
   :feature 'comment
   "(comment) @font-lock-comment-face"
   :language 'dunlin
   :feature 'string
   "(string) @font-lock-string-face"
   :language 'dunlin
   :feature 'definition
   "(procedure name: (name) @font-lock-type-face)
    (step name: (name) @font-lock-function-name-face)
    (action_declaration name: (name) @font-lock-function-name-face)
    (define name: (name) @font-lock-variable-name-face)
    (template name: (name) @font-lock-variable-name-face)
    (calendar name: (name) @font-lock-variable-name-face)
    (field name: (name) @font-lock-variable-name-face)
    (parameter name: (name) @font-lock-variable-name-face)"
   :language 'dunlin
   :feature 'keyword
   "[\"ledger\" \"recipient\" \"calendar\" \"weekend\" \"holidays\" \"define\" \"template\" \"action\" \"computes\"
     \"assign\" \"procedure\" \"for\" \"was\" \"start\" \"by\" \"assignment\" \"stop\" \"follow\" \"timing\" \"dip\"
     \"after\" \"previous\" \"counting\" \"priority\" \"from\" \"step\" \"at\" \"automatic\" \"repeat\" \"every\"
     \"most\" \"times\" \"time\" \"results\" \"contact_policy\" \"only\" \"on\" \"test\" \"expect\" \"nothing\"
     \"done\" \"skip\" \"paid\" \"set\" \"until\"] @font-lock-keyword-face
    (ledger_currency \"currency\" @font-lock-keyword-face)
    [(contact) (manual) (by_hand)] @font-lock-keyword-face
    (at_day \"day\" @font-lock-keyword-face)
    (contact_limit [\"contacts\" \"contact\"] @font-lock-keyword-face)
    (hold \"hold\" @font-lock-keyword-face)
    (promised \"promise\" @font-lock-keyword-face)
    (outcome \"result\" @font-lock-keyword-face)
    (when \"when\" @font-lock-keyword-face)
    (assign_rule \"when\" @font-lock-keyword-face)
    (assign_otherwise \"otherwise\" @font-lock-keyword-face)
    (template_otherwise \"otherwise\" @font-lock-keyword-face)
    (automatic \"if\" @font-lock-keyword-face)
    (filter \"where\" @font-lock-keyword-face)
    (conjunction \"and\" @font-lock-keyword-face)
    (disjunction \"or\" @font-lock-keyword-face)
    (negation \"not\" @font-lock-keyword-face)
    (is_missing [\"is\" \"missing\" \"present\"] @font-lock-keyword-face)
    (in_list \"in\" @font-lock-keyword-face)
    (between [\"between\" \"and\"] @font-lock-keyword-face)
    (or_else [\"or\" \"else\"] @font-lock-keyword-face)
    (result_of [\"result\" \"of\"] @font-lock-keyword-face)
    [(source \"of\" @font-lock-keyword-face) (whose \"of\" @font-lock-keyword-face)
     (working_days \"of\" @font-lock-keyword-face)]"
   :language 'dunlin
   :feature 'type
   "[(type) (entity_name) (record_kind)] @font-lock-type-face
    [(percent) (currency) (days) (weeks) (other_unit)] @font-lock-type-face
    (working_days [\"working\" \"days\" \"day\"] @font-lock-type-face)"
   :language 'dunlin
   :feature 'constant
   "[(flag) (value) (value_word) (language) (date)] @font-lock-constant-face"
   :language 'dunlin
   :feature 'builtin
   "[(collection) (given_documents)] @font-lock-builtin-face
    (path owner: (name) @font-lock-builtin-face)"
   :language 'dunlin
   :feature 'number
   "[(number) (day_number)] @font-lock-number-face"
   :language 'dunlin
   :feature 'function
   "(action name: (name) @font-lock-function-call-face)
    (call name: (name) @font-lock-function-call-face)
    (result_of step: (name) @font-lock-function-call-face)
    (step_reference step: (name) @font-lock-function-call-face)"
   :language 'dunlin
   :feature 'property
   "(labelled label: (name) @font-lock-property-use-face)
    (record_field name: (name) @font-lock-property-use-face)
    (path owner: (name) name: (name) @font-lock-property-use-face)"
   :language 'dunlin
   :feature 'bracket
   "[\"(\" \")\" \"{\" \"}\"] @font-lock-bracket-face"
   :language 'dunlin
   :feature 'delimiter
   "[\",\" \":\" \".\" \"|\"] @font-lock-delimiter-face"
   :language 'dunlin
   :feature 'operator
   "[\"=\" \"!=\" \"<\" \"<=\" \">\" \">=\" \"+\" \"-\" \"*\" \"/\"] @font-lock-operator-face"))

(defun dunlin-ts--name (node)
  "Return the name that NODE declares."
  (treesit-node-text (or (treesit-node-child-by-field-name node "name")
                         (treesit-node-child-by-field-name node "title")
                         node)
                     t))

;;;###autoload
(define-derived-mode dunlin-ts-mode dunlin-base-mode "Dunlin"
  "Major mode for credit-collection procedures in Dunlin, with tree-sitter.

\\{dunlin-ts-mode-map}"
  (when (treesit-ready-p 'dunlin)
    (treesit-parser-create 'dunlin)
    (setq-local treesit-font-lock-settings (dunlin-ts--colours)
                treesit-font-lock-feature-list
                '((comment definition)
                  (keyword string type)
                  (builtin constant function number)
                  (bracket delimiter operator property))
                treesit-defun-type-regexp
                (rx bos (or "ledger" "calendar" "define" "template" "action_declaration" "assign"
                            "procedure" "step" "contact_policy" "test")
                    eos)
                treesit-defun-name-function #'dunlin-ts--name
                treesit-simple-imenu-settings
                '(("Procedures" "\\`procedure\\'" nil nil)
                  ("Steps" "\\`step\\'" nil nil)
                  ("Definitions" "\\`define\\'" nil nil)
                  ("Templates" "\\`template\\'" nil nil)
                  ("Actions" "\\`action_declaration\\'" nil nil)
                  ("Calendars" "\\`calendar\\'" nil nil)
                  ("Tests" "\\`test\\'" nil nil)))
    (treesit-major-mode-setup)))

;;;###autoload
(when (and (fboundp 'treesit-ready-p) (treesit-ready-p 'dunlin t))
  (add-to-list 'auto-mode-alist '("\\.proc\\'" . dunlin-ts-mode)))

(provide 'dunlin-ts-mode)

;;; dunlin-ts-mode.el ends here
