;;; dunlin-eglot.el --- Dunlin's language server in Eglot -*- lexical-binding: t; -*-

;; Author: The Dunlin developers
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; Keywords: languages
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; Loaded by `dunlin-mode' together with Eglot.  It tells Eglot of the language
;; server, and brings `dunlin-lens-mode': above each procedure, step and rule
;; stands what it does today.

;;; Code:

(require 'dunlin-why)
(require 'eglot)
(require 'seq)

;; `dunlin-mode' loads this file.
(defvar dunlin-server-command)

;;;; The server

(defclass dunlin-eglot-server (eglot-lsp-server) ()
  :documentation "Dunlin's language server, where lenses can be refreshed.")

(defun dunlin-eglot--contact (&rest _)
  "Return how the language server is started."
  (cons 'dunlin-eglot-server dunlin-server-command))

(defconst dunlin-eglot--language "plaintext"
  "The language that Eglot says every file is in.
The server knows programs by their names.  Older Eglots say of all files what
they say of the first one, and a template must not be called a program.")

(add-to-list 'eglot-server-programs
             `(,(mapcar (lambda (mode) (list mode :language-id dunlin-eglot--language))
                        '(dunlin-mode dunlin-ts-mode dunlin-template-mode))
               . dunlin-eglot--contact))

(cl-defmethod eglot-client-capabilities :around ((_server dunlin-eglot-server))
  "Say that lenses can be refreshed."
  (let* ((capabilities (cl-call-next-method))
         (workspace (plist-get capabilities :workspace)))
    (plist-put capabilities :workspace (plist-put workspace :codeLens '(:refreshSupport t)))))

;;;; Lenses

(defface dunlin-lens '((t :inherit shadow :height 0.9))
  "Face of what stands above a procedure, step or rule."
  :group 'dunlin)

(defvar dunlin-lens-map
  (let ((map (make-sparse-keymap)))
    (define-key map [mouse-1] #'dunlin-lens-click)
    map)
  "What a click on a lens does.")

(defun dunlin-lens-click (event)
  "List what the lens that EVENT is a click on has counted."
  (interactive "e")
  (let* ((start (event-start event))
         (text (posn-string start)))
    (select-window (posn-window start))
    (dunlin-why-run-lens (get-text-property (cdr text) 'dunlin-command (car text)))))

(defun dunlin-lens--text (command)
  "Return the title of COMMAND, to be clicked on if something is behind it."
  (let ((title (propertize (plist-get command :title) 'face 'dunlin-lens)))
    (if (plist-get command :arguments)
        (propertize title 'dunlin-command command 'keymap dunlin-lens-map
                    'mouse-face 'highlight 'help-echo "mouse-1: list them")
      title)))

(defun dunlin-lens--remove ()
  "Take all lenses out of the current buffer."
  (remove-overlays nil nil 'dunlin-lens t))

(defun dunlin-lens--put (line lenses)
  "Put LENSES above LINE, counted from 0."
  (goto-char (point-min))
  (forward-line line)
  (let ((overlay (make-overlay (point) (point)))
        (texts (mapcar (lambda (lens) (dunlin-lens--text (plist-get lens :command))) lenses)))
    (overlay-put overlay 'dunlin-lens t)
    (overlay-put overlay 'before-string
                 (concat (make-string (current-indentation) ?\s)
                         (string-join texts (propertize " | " 'face 'dunlin-lens))
                         "\n"))))

(defun dunlin-lens--show (lenses)
  "Show LENSES in the current buffer, and no others."
  (dunlin-lens--remove)
  (save-excursion
    (save-restriction
      (widen)
      (pcase-dolist (`(,line . ,lenses) (seq-group-by #'dunlin-why--line lenses))
        (dunlin-lens--put line lenses)))))

(defvar dunlin-lens-mode)

(defun dunlin-lens--ask ()
  "Ask for the lenses of the current buffer, and show them once they are there."
  (if-let* ((server (and (eglot-managed-p) (eglot-current-server)))
           (buffer (current-buffer)))
      (jsonrpc-async-request
       server :textDocument/codeLens (list :textDocument (eglot--TextDocumentIdentifier))
       :success-fn (lambda (lenses)
                     (when (buffer-live-p buffer)
                       (with-current-buffer buffer
                         (when dunlin-lens-mode (dunlin-lens--show lenses)))))
       ;; Another edit has come between: the next refresh brings them.
       :error-fn #'ignore
       :timeout-fn #'ignore
       :deferred :textDocument/codeLens)
    (dunlin-lens--remove)))

;;;###autoload
(define-minor-mode dunlin-lens-mode
  "Show above each procedure, step and rule what it does on today's ledger.
A click lists whom it reaches; so does `dunlin-today'.  With lsp-mode,
`lsp-lens-mode' shows the same."
  :lighter nil
  (dolist (hook '(eglot-managed-mode-hook after-save-hook))
    (if dunlin-lens-mode
        (add-hook hook #'dunlin-lens--ask nil t)
      (remove-hook hook #'dunlin-lens--ask t)))
  (if dunlin-lens-mode
      (dunlin-lens--ask)
    (dunlin-lens--remove)))

(cl-defmethod eglot-handle-request ((server dunlin-eglot-server) (_method (eql workspace/codeLens/refresh)) &rest _)
  "Ask SERVER for its lenses, wherever they are shown."
  (dolist (buffer (buffer-list))
    (with-current-buffer buffer
      (when (and dunlin-lens-mode (eq (eglot-current-server) server))
        (dunlin-lens--ask))))
  nil)

(provide 'dunlin-eglot)

;;; dunlin-eglot.el ends here
