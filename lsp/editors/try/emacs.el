;;; emacs.el --- Emacs as a user has it, without a screen -*- lexical-binding: t; -*-

;; `run' starts it by `emacs --batch --quick --load emacs.el' and sets DUNLIN_EDITORS, DUNLIN_EXAMPLES and PATH.
;; It ends with status 1 at the first thing that is not as it should be.

;;; Code:

(defvar dunlin-try--editors (getenv "DUNLIN_EDITORS"))
(defvar dunlin-try--examples (getenv "DUNLIN_EXAMPLES"))

(defun dunlin-try--say (text &rest arguments)
  "Print TEXT, formatted with ARGUMENTS."
  (princ (concat (apply #'format text arguments) "\n") #'external-debugging-output))

(defun dunlin-try--expect (what ok)
  "Say WHAT was expected; end if it is not OK."
  (dunlin-try--say "%s %s" (if ok "ok   " "WRONG") what)
  (unless ok (kill-emacs 1)))

(defmacro dunlin-try--wait-for (what condition)
  "Wait for CONDITION, which is WHAT is expected."
  `(let ((end (+ (float-time) 30)))
     (while (and (not ,condition) (< (float-time) end))
       (accept-process-output nil 0.05))
     (dunlin-try--expect ,what ,condition)))

(defun dunlin-try--programs ()
  "Return every program of the examples, and the one with long lines."
  (append (directory-files-recursively dunlin-try--examples "\\.proc\\'")
          (list (expand-file-name "try/layout.proc" dunlin-try--editors))))

(defun dunlin-try--answers (file method parameters wanted)
  "Ask METHOD with PARAMETERS about FILE of the standard example; return whether WANTED is in the answer."
  (let* ((path (concat dunlin-try--examples "/standard" file))
         (document `(:textDocument (:uri ,(eglot--path-to-uri path))))
         (answer (jsonrpc-request (eglot-current-server) method (append document parameters))))
    (string-match-p (regexp-quote wanted) (format "%S" answer))))

(defun dunlin-try--show ()
  "Print the text of the current buffer."
  (dunlin-try--say "%s" (replace-regexp-in-string "^" "      | " (string-trim-right (buffer-string)))))

(defun dunlin-try--lens (text)
  "Return whether TEXT stands in a lens of the current buffer."
  (seq-some (lambda (overlay)
              (and (overlay-get overlay 'dunlin-lens)
                   (string-match-p (regexp-quote text) (overlay-get overlay 'before-string))))
            (overlays-in (point-min) (point-max))))

(defun dunlin-try--says-why-p ()
  "Return whether the current buffer says why a customer gets what he gets."
  (and (derived-mode-p 'dunlin-why-mode)
       (string-match-p "\nassignment\n" (buffer-string))))

(defun dunlin-try--completions ()
  "Return what is offered at point."
  (pcase-let ((`(,start ,end ,table . ,_) (run-hook-with-args-until-success 'completion-at-point-functions)))
    (mapcar #'substring-no-properties (all-completions (buffer-substring start end) table))))

;; Packages of Debian, which `--quick' passes over.
(dolist (folder (file-expand-wildcards "/usr/share/emacs/site-lisp/elpa/*"))
  (add-to-list 'load-path folder t))
(add-to-list 'load-path (expand-file-name "emacs" dunlin-try--editors))

(dunlin-try--say "Emacs %s" emacs-version)
(setq byte-compile-error-on-warn t
      byte-compile-dest-file-function (lambda (_) (make-temp-file "dunlin" nil ".elc")))
(defvar dunlin-try--files
  (let ((files (directory-files (expand-file-name "emacs" dunlin-try--editors) nil "\\.el\\'")))
    (if (require 'eglot nil t) files (remove "dunlin-eglot.el" files))))
(let ((inhibit-message t))
  (dolist (file dunlin-try--files)
    (dunlin-try--expect
     (format "%s compiles without a warning" file)
     (byte-compile-file (expand-file-name file (expand-file-name "emacs" dunlin-try--editors))))))
(require 'checkdoc)
(let ((checkdoc-diagnostic-buffer "*checkdoc*"))
  (dolist (file dunlin-try--files)
    (with-current-buffer (find-file-noselect (expand-file-name (concat "emacs/" file) dunlin-try--editors))
      (let ((found nil))
        (cl-letf (((symbol-function 'checkdoc-error) (lambda (_ text) (push text found) nil)))
          (checkdoc-current-buffer t))
        (dunlin-try--expect (format "%s has its documentation: %s" file (or found "nothing found")) (not found))))))

(require 'dunlin-mode)
(require 'imenu)

(dolist (file (dunlin-try--programs))
  (with-current-buffer (find-file-noselect file)
    (dunlin-try--expect (format "%s is in dunlin-mode" (file-name-nondirectory file)) (eq major-mode 'dunlin-mode))
    (let ((before (buffer-string)))
      (let ((inhibit-message t)) (indent-region (point-min) (point-max)))
      (dunlin-try--expect "  indenting changes nothing" (equal before (buffer-string))))
    (font-lock-ensure)
    (goto-char (point-min))
    (re-search-forward "^[a-z]")
    (dunlin-try--expect "  its first word has the colour of keywords"
                        (eq (get-text-property (1- (point)) 'face) 'font-lock-keyword-face))
    (goto-char (point-max))
    (dunlin-try--expect "  its last declaration is found"
                        (and (beginning-of-defun) (looking-at-p "[a-z_]+")
                             (progn (end-of-defun) (eobp))))))

(with-current-buffer (find-file-noselect (expand-file-name "standard/standard.proc" dunlin-try--examples))
  (goto-char (point-min))
  (let ((index (imenu--make-index-alist t)))
    (dunlin-try--expect "the index lists procedures and steps"
                        (and (assoc "Procedures" index) (assoc "Steps" index))))
  (goto-char (point-min))
  (re-search-forward "^    step")
  (comment-region (line-beginning-position) (line-end-position))
  (beginning-of-line)
  (dunlin-try--expect "a line becomes a comment" (looking-at-p "    # step"))
  (set-buffer-modified-p nil)
  (revert-buffer t t))

(if (not (require 'lsp-mode nil t))
    (dunlin-try--say "not tried: lsp-mode is not installed")
  (dunlin-try--expect "lsp-mode knows the server" (gethash 'dunlin lsp-clients)))

(if (not (require 'eglot nil t))
    (dunlin-try--say "not tried: Eglot is not installed")
  (with-current-buffer (find-file-noselect (expand-file-name "standard/standard.proc" dunlin-try--examples))
    (setq-default eglot-workspace-configuration
                  '(:dunlin (:lens (:date "2026-03-20") :inlayHints (:document "F26-0310"))))
    (dunlin-lens-mode)
    (let ((inhibit-message t))
      (call-interactively #'eglot))
    (dunlin-try--wait-for "Eglot starts the server" (eglot-current-server))
    (dunlin-try--expect "at the root of the program"
                        (file-equal-p (project-root (eglot--project (eglot-current-server)))
                                      (or (locate-dominating-file default-directory "dunlin.toml")
                                          (project-root (project-current)))))
    (dunlin-try--wait-for "the lens looks at the day that is set"
                          (dunlin-try--answers "/ledger.proc" :textDocument/codeLens nil " on 2026-03-20 "))
    (dunlin-try--wait-for "the document that is set has its dates"
                          (dunlin-try--answers "/standard.proc" :textDocument/inlayHint
                                               '(:range (:start (:line 0 :character 0) :end (:line 999 :character 0)))
                                               " of F26-0310,"))
    (flymake-start)
    (goto-char (point-max))
    (insert "define oops = total_du + 1 EUR\n")
    (eglot--signal-textDocument/didChange)
    (dunlin-try--wait-for "Flymake shows a mistake" (flymake-diagnostics))
    (dolist (found (flymake-diagnostics))
      (dunlin-try--say "      %d: %s" (line-number-at-pos (flymake-diagnostic-beg found))
                       (replace-regexp-in-string "\n" "; " (flymake-diagnostic-text found))))
    (forward-line -1)
    (delete-region (point) (point-max))
    (eglot--signal-textDocument/didChange)
    (dunlin-try--wait-for "and takes it back when it is mended" (not (flymake-diagnostics)))
    (set-buffer-modified-p nil)

    (dunlin-try--wait-for "the lens stands above the steps" (dunlin-try--lens "6 customers"))
    (goto-char (point-min))
    (re-search-forward "step call_1")
    (dunlin-today)
    (dunlin-try--expect "what a lens counts is listed" (and (derived-mode-p 'dunlin-today-mode) (tabulated-list-get-id)))
    (dunlin-try--show)
    (revert-buffer)
    (dunlin-try--expect "and listed again" (tabulated-list-get-id))
    (call-interactively #'dunlin-why)
    (dunlin-try--expect "a row says why" (dunlin-try--says-why-p))
    (revert-buffer)
    (dunlin-try--expect "and says it again" (dunlin-try--says-why-p))
    (dunlin-try--show)
    (forward-button 1)
    (push-button)
    (dunlin-try--expect "a place leads to the rule" (and (derived-mode-p 'dunlin-mode) (looking-at-p " *\\(none\\|otherwise\\)")))
    (dunlin-why "1001")
    (dunlin-try--expect "`dunlin-why' says why" (dunlin-try--says-why-p))
    (dunlin-try--expect "and whom nobody knows"
                        (string-match-p "no customer `10O1`" (condition-case problem (dunlin-why "10O1") (user-error (cadr problem)))))

    (require 'dunlin-template)
    (find-file (expand-file-name "standard/templates/reminder.en.md" dunlin-try--examples))
    (dunlin-try--expect "a template is in dunlin-template-mode" (eq major-mode 'dunlin-template-mode))
    (dunlin-try--expect "and part of the program" (eglot-managed-p))
    (flymake-start)
    (font-lock-ensure)
    (re-search-forward "{{ cust")
    (dunlin-try--expect "what is filled in has a colour" (get-text-property (point) 'face))
    (delete-char 1)
    (eglot--signal-textDocument/didChange)
    (dunlin-try--wait-for "a mistake in it is shown" (flymake-diagnostics))
    (dolist (found (flymake-diagnostics))
      (dunlin-try--say "      %d: %s" (line-number-at-pos (flymake-diagnostic-beg found))
                       (replace-regexp-in-string "\n" "; " (flymake-diagnostic-text found))))
    (insert "o")
    (eglot--signal-textDocument/didChange)
    (dunlin-try--wait-for "and taken back" (not (flymake-diagnostics)))
    (re-search-forward "\\.na")
    (dunlin-try--expect "its fields are completed" (member "name" (dunlin-try--completions)))
    (set-buffer-modified-p nil)
    (find-file (expand-file-name "standard/README.md" dunlin-try--examples))
    (dunlin-try--expect "another text is not" (not (or (eq major-mode 'dunlin-template-mode) (eglot-managed-p))))

    (find-file (expand-file-name "standard/standard.proc" dunlin-try--examples))
    (let ((inhibit-message t))
      (eglot-shutdown (eglot-current-server)))))

;;; emacs.el ends here
