;;; dunlin-mode.el --- Major mode for Dunlin, the language of credit collection -*- lexical-binding: t; -*-

;; Author: The Dunlin developers
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; Dunlin programs (.proc) say when a credit-collection procedure starts and
;; stops, how its steps are timed and what each step does.
;;
;; This mode brings colours, indentation as `dunlin fmt' writes it, an index of
;; declarations for Imenu, and the language server for Eglot and for lsp-mode:
;;
;;   (add-hook 'dunlin-mode-hook #'eglot-ensure)
;;
;; `dunlin-today' lists whom the procedure, step or rule at point reaches today,
;; `dunlin-why' says why a customer gets what he gets, and `dunlin-lens-mode'
;; shows above each what it does today.  `dunlin-template' does for templates
;; what this file does for programs.
;;
;; In Emacs 29 and later, `dunlin-ts-mode' does the same with tree-sitter.

;;; Code:

(require 'cl-lib)
(require 'easymenu)
(require 'project)

(defvar lsp-language-id-configuration)
(declare-function lsp-register-client "ext:lsp-mode")
(declare-function make-lsp-client "ext:lsp-mode")
(declare-function lsp-stdio-connection "ext:lsp-mode")
(declare-function lsp-activate-on "ext:lsp-mode")

(defgroup dunlin nil
  "Programs in Dunlin, the language of credit collection."
  :group 'languages
  :prefix "dunlin-")

(defcustom dunlin-indent-offset 4
  "Number of columns by which a block is indented.
`dunlin fmt' writes 4."
  :type 'integer
  :safe #'integerp)

(defcustom dunlin-server-command '("dunlin" "lsp")
  "The command that starts the language server.
`dunlin lsp' starts the server that was installed beside it."
  :type '(repeat string))

;;;; Words

(defconst dunlin--name "[[:alpha:]_][[:alnum:]_]*"
  "What a name looks like.")

(defconst dunlin--declaration-regexp
  (concat "^[ \t]*\\("
          "\\(?:procedure\\|step\\|define\\|template\\|calendar\\|action\\)\\_>\\(?:[ \t]+\\(?:customer\\|document\\)\\.\\)?"
          "\\)[ \t]*\\(" dunlin--name "\\)")
  "A declaration with a name: its keyword, and the name.")

(defconst dunlin--item-regexp
  (concat "^\\(?:"
          (regexp-opt '("ledger" "calendar" "define" "template" "action" "assign"
                        "procedure" "contact_policy" "test"))
          "\\)\\_>")
  "The first word of a declaration of a file.")

(defconst dunlin--header-regexp "^[ \t]*\\(?:step\\|procedure\\)[ \t]+[[:alnum:]_\"]"
  "The start of a header that may have several lines.")

(defconst dunlin--going-on-regexp
  (concat "\\(?:[=<>!+*/|)-]\\|"
          (regexp-opt '("and" "or" "is" "in" "between" "where" "not") 'symbols) "\\)")
  "What a line begins with that goes on with the line before.")

(defconst dunlin--expecting-regexp
  (concat "\\(?:[=<>+*/,|(-]\\|"
          (regexp-opt '("and" "or" "not" "when" "where" "if" "from" "in" "is" "between" "of" "else")
                      'symbols)
          "\\)\\=")
  "What a line ends with when something must follow.")

;;;; Colours

(defun dunlin--clause (words &optional next)
  "Return a regexp for WORDS at the beginning of a line or block, before NEXT."
  (concat "\\(?:^\\|[{}]\\)[ \t]*\\(" (regexp-opt words) "\\)\\_>" next))

(defvar dunlin-font-lock-keywords
  `((,dunlin--declaration-regexp
     (1 font-lock-keyword-face) (2 font-lock-function-name-face))
    (,(dunlin--clause '("ledger" "assign" "contact_policy") "[ \t]*\\(?:{\\|#\\|$\\)")
     (1 font-lock-keyword-face))
    ("^[ \t]*\\(test\\)[ \t]*\"" (1 font-lock-keyword-face))
    ;; Clauses.
    ("\\_<\\(start\\|stop\\)[ \t]+\\(?:\\(by[ \t]+assignment\\)\\|when\\)\\_>"
     (1 font-lock-keyword-face) (2 font-lock-keyword-face nil t))
    ("\\_<\\(follow\\)[ \t]+\\(documents\\)\\_>"
     (1 font-lock-keyword-face) (2 font-lock-variable-name-face))
    ("\\_<\\(timing\\)[ \t]+\\(dip\\|after[ \t]+previous\\)\\_>"
     (1 font-lock-keyword-face) (2 font-lock-keyword-face))
    ("\\_<counting\\_>[ \t]+working\\_>" (0 font-lock-keyword-face))
    (,(dunlin--clause '("currency" "recipient" "weekend" "holidays" "priority" "results") "[ \t]+[^:. \t\n]")
     (1 font-lock-keyword-face))
    ("\\_<\\(for\\)[ \t]+\\(customer\\|document\\)\\_>"
     (1 font-lock-keyword-face) (2 font-lock-type-face))
    ;; Modifiers of a step.
    ("\\_<at[ \t]+\\(?:day\\|stop\\|most\\)\\_>" (0 font-lock-keyword-face))
    ("\\_<\\(after\\|every\\)[ \t]+[0-9]" (1 font-lock-keyword-face))
    ("\\_<\\(repeat\\)[ \t]+every\\_>" (1 font-lock-keyword-face))
    ("\\_<\\(automatic\\|manual\\)\\_>[ \t]*\\(?:[^:=.| \t]\\|$\\)" (1 font-lock-keyword-face))
    ("\\_<\\(was\\|from\\)[ \t]+[[:alpha:]_]" (1 font-lock-keyword-face))
    ;; Policies, actions, tests.
    ("\\_<only[ \t]+on\\_>" (0 font-lock-keyword-face))
    ("[0-9][ \t]+\\(contacts?\\|times?\\)\\_>" (1 font-lock-keyword-face))
    (")[ \t]*\\(contact\\)?[ \t]*\\(\\_<by[ \t]+hand\\_>\\)?[ \t]*\\(\\_<computes\\_>\\)?"
     (1 font-lock-keyword-face nil t) (2 font-lock-keyword-face nil t) (3 font-lock-keyword-face nil t))
    ("\\_<\\(on\\)[ \t]+[0-9]\\{4\\}-[0-9][0-9]-[0-9][0-9][ \t]+\\(expect\\|done\\|skip\\|paid\\|set\\|hold\\|promise\\)\\_>"
     (1 font-lock-keyword-face) (2 font-lock-keyword-face))
    ("\\_<\\(nothing\\|until\\)\\_>[ \t]*\\(?:[^:=.| \t]\\|$\\)" (1 font-lock-keyword-face))
    (,(dunlin--clause '("customer" "document" "payment" "promise" "hold" "history" "rate") "[^.:\n{]*{")
     (1 font-lock-type-face))
    ;; The words that are keywords everywhere.
    (,(regexp-opt '("and" "or" "not" "in" "is" "between" "where" "when" "of" "otherwise") 'symbols)
     (0 font-lock-keyword-face))
    ("\\_<\\(?:or[ \t]+else\\|is[ \t]+\\(?:missing\\|present\\)\\|result[ \t]+of\\)\\_>"
     (0 font-lock-keyword-face t))
    ("\\_<automatic[ \t]+\\(if\\)\\_>" (1 font-lock-keyword-face))
    ("\\_<\\(?:yes\\|no\\)\\_>" (0 font-lock-constant-face))
    ;; Values.
    ("\\_<[0-9]\\{4\\}-[0-9][0-9]-[0-9][0-9]\\_>" (0 font-lock-constant-face))
    ("\\_<[0-9][0-9_]*\\(?:\\.[0-9]+\\)?[ \t]*\\([A-Z]\\{3\\}\\|\\(?:working[ \t]+\\)?days?\\|weeks?\\|%\\)"
     (1 font-lock-type-face))
    ("\\_<[0-9][0-9_]*\\(?:\\.[0-9]+\\)?" (0 font-lock-constant-face))
    ("\\_<\\(customer\\|document\\|leading\\)\\." (1 font-lock-builtin-face))
    ("\\_<\\(?:today\\|dip\\)\\_>" (0 font-lock-builtin-face))
    ("\\_<\\(?:\\(?:archived\\|all\\)[ \t]+\\)?documents\\_>" (0 font-lock-builtin-face))
    (,(concat "\\_<\\(" dunlin--name "\\)[ \t]*(") (1 font-lock-function-name-face))
    (,(concat "\\_<\\(" dunlin--name "\\)[ \t]*:") (1 font-lock-variable-name-face)))
  "Colours of Dunlin programs, by the nearest words.")

;;;; Syntax

(defvar dunlin--syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?# "<" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?\\ "\\" table)
    (modify-syntax-entry ?_ "_" table)
    (modify-syntax-entry ?' "." table)
    (dolist (sign '(?= ?< ?> ?! ?+ ?- ?* ?/ ?% ?| ?: ?.))
      (modify-syntax-entry sign "." table))
    table)
  "Syntax of Dunlin programs.")

;;;; Indentation

(defun dunlin--in-header-p ()
  "Return non-nil if the line at point belongs to a header that waits for its `{'."
  (save-excursion
    (let ((regexp (concat dunlin--header-regexp "\\|[{}]"))
          (found nil))
      (while (and (not found) (re-search-backward regexp nil t))
        (let ((state (save-excursion (syntax-ppss (match-beginning 0)))))
          (unless (nth 8 state)
            (setq found (if (memq (char-after) '(?{ ?})) 'brace 'header)))))
      (eq found 'header))))

(defun dunlin--expecting-p ()
  "Return non-nil if something must follow the code before the line at point."
  (save-excursion
    (forward-comment (- (point)))
    (save-excursion
      (re-search-backward dunlin--expecting-regexp (line-beginning-position) t))))

(defun dunlin--levels ()
  "Return by how many levels the line at point is indented.
That is one level for every open `{', and one more for a line that
goes on with the line before."
  (save-excursion
    (beginning-of-line)
    (let* ((open (mapcar #'char-after (nth 9 (syntax-ppss))))
           (braces (cl-count ?{ open))
           (in-brackets (eq (car (last open)) ?\())
           (line (point)))
      (skip-chars-forward " \t")
      (cond
       ((eq (char-after) ?}) (max (1- braces) 0))
       ((eq (char-after) ?{) braces)
       ((or in-brackets
            (and (not (eolp)) (looking-at-p dunlin--going-on-regexp))
            (progn (goto-char line) (or (dunlin--in-header-p) (dunlin--expecting-p))))
        (1+ braces))
       (t braces)))))

(defun dunlin-indent-line ()
  "Indent the line at point as `dunlin fmt' does."
  (interactive)
  (unless (nth 3 (save-excursion (syntax-ppss (line-beginning-position))))
    (let ((column (* dunlin-indent-offset (dunlin--levels))))
      (if (<= (current-column) (current-indentation))
          (indent-line-to column)
        (save-excursion (indent-line-to column))))))

;;;; Declarations

(defun dunlin--declared (keyword)
  "Return a regexp for declarations by KEYWORD, whose name is its first group."
  (concat "^[ \t]*" keyword "[ \t]+\\(\\(?:\\(?:customer\\|document\\)\\.\\)?" dunlin--name "\\)"))

(defvar dunlin-imenu-generic-expression
  `(("Procedures" ,(dunlin--declared "procedure") 1)
    ("Steps" ,(dunlin--declared "step") 1)
    ("Definitions" ,(dunlin--declared "define") 1)
    ("Templates" ,(dunlin--declared "template") 1)
    ("Actions" ,(dunlin--declared "action") 1)
    ("Calendars" ,(dunlin--declared "calendar") 1)
    ("Tests" "^test[ \t]*\"\\([^\"\n]*\\)\"" 1))
  "Where the declarations of a Dunlin program are.")

(defun dunlin-beginning-of-defun (&optional count)
  "Go to the start of the declaration at point, or COUNT of them back."
  (let ((count (or count 1)))
    (if (< count 0)
        (progn
          (end-of-line)
          (when (re-search-forward dunlin--item-regexp nil t (- count))
            (goto-char (match-beginning 0))))
      (re-search-backward dunlin--item-regexp nil t count))))

(defun dunlin-end-of-defun ()
  "Go from the start of a declaration to its end."
  (end-of-line)
  (if (re-search-forward dunlin--item-regexp nil t)
      (goto-char (match-beginning 0))
    (goto-char (point-max)))
  (forward-comment (- (point)))
  (forward-line 1))

;;;; Programs

(defun dunlin--project (folder)
  "Return the program that FOLDER belongs to: that of the nearest `dunlin.toml'."
  (let ((root (locate-dominating-file folder "dunlin.toml")))
    (and root (cons 'dunlin root))))

(cl-defmethod project-root ((project (head dunlin)))
  "Return the folder of the program PROJECT."
  (cdr project))

;;;; Language server

(with-eval-after-load 'eglot
  (require 'dunlin-eglot))

(with-eval-after-load 'lsp-mode
  (dolist (mode '(dunlin-mode dunlin-ts-mode))
    (add-to-list 'lsp-language-id-configuration (cons mode "dunlin")))
  (add-to-list 'lsp-language-id-configuration '(dunlin-template-mode . "dunlin-template"))
  (let ((handlers (make-hash-table :test #'equal)))
    (puthash "dunlin.showRows" #'dunlin-why-run-lens handlers)
    (lsp-register-client
     (make-lsp-client
      :new-connection (lsp-stdio-connection (lambda () dunlin-server-command))
      :activation-fn (lsp-activate-on "dunlin" "dunlin-template")
      :action-handlers handlers
      :server-id 'dunlin))))

;;;; Commands

(autoload 'dunlin-why "dunlin-why" nil t)
(autoload 'dunlin-today "dunlin-why" nil t)
(autoload 'dunlin-why-run-lens "dunlin-why")
(autoload 'dunlin-lens-mode "dunlin-eglot" nil t)

(defvar dunlin-base-mode-map
  (let ((map (make-sparse-keymap)))
    (define-key map (kbd "C-c C-w") #'dunlin-why)
    (define-key map (kbd "C-c C-t") #'dunlin-today)
    (define-key map (kbd "C-c C-l") #'dunlin-lens-mode)
    map)
  "Keys in Dunlin programs.")

(easy-menu-define dunlin-mode-menu dunlin-base-mode-map
  "Menu of Dunlin programs."
  '("Dunlin"
    ["Whom This Reaches Today" dunlin-today]
    ["Why a Customer Gets What He Gets..." dunlin-why]
    ["What Each Part Does Today" dunlin-lens-mode
     :style toggle :selected (bound-and-true-p dunlin-lens-mode)]))

;;;; The mode

;;;###autoload
(define-derived-mode dunlin-base-mode prog-mode "Dunlin"
  "What `dunlin-mode' and `dunlin-ts-mode' have in common."
  :syntax-table dunlin--syntax-table
  (setq-local comment-start "# "
              comment-end ""
              comment-start-skip "#+[ \t]*"
              indent-tabs-mode nil
              tab-width 4
              indent-line-function #'dunlin-indent-line
              electric-indent-chars (append '(?{ ?} ?\)) electric-indent-chars)
              parse-sexp-ignore-comments t)
  (add-hook 'project-find-functions #'dunlin--project nil t))

;;;###autoload
(define-derived-mode dunlin-mode dunlin-base-mode "Dunlin"
  "Major mode for credit-collection procedures in Dunlin.

\\{dunlin-mode-map}"
  (setq-local font-lock-defaults '(dunlin-font-lock-keywords)
              imenu-generic-expression dunlin-imenu-generic-expression
              beginning-of-defun-function #'dunlin-beginning-of-defun
              end-of-defun-function #'dunlin-end-of-defun))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.proc\\'" . dunlin-mode))

(provide 'dunlin-mode)

;;; dunlin-mode.el ends here
