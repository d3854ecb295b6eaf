;;; dunlin-why.el --- Whom a Dunlin program reaches today, and why -*- lexical-binding: t; -*-

;; Author: The Dunlin developers
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; `dunlin-today' lists whom the procedure, step or rule at point reaches today,
;; and with what.  `dunlin-why' says why a customer gets what he gets; in the
;; list, RET says it of the row at point.  Both ask the language server, through
;; Eglot or lsp-mode.

;;; Code:

(require 'seq)
(require 'subr-x)
(require 'tabulated-list)
(require 'url-util)

(declare-function eglot-current-server "ext:eglot")
(declare-function eglot--TextDocumentIdentifier "ext:eglot")
(declare-function jsonrpc-request "jsonrpc")
(declare-function lsp-request "ext:lsp-mode")
(declare-function lsp--buffer-uri "ext:lsp-mode")

;;;; The language server

(defvar-local dunlin-why--origin nil
  "The buffer of a program that this page was asked for in.")

(defun dunlin-why--get (object key)
  "Return what OBJECT of an answer has as KEY, a keyword."
  (if (hash-table-p object)
      (gethash (substring (symbol-name key) 1) object)
    (plist-get object key)))

(defun dunlin-why--ask (method parameters)
  "Ask the server of the current buffer METHOD with PARAMETERS."
  (cond
   ((and (fboundp 'eglot-current-server) (eglot-current-server))
    (condition-case problem
        (jsonrpc-request (eglot-current-server) (intern (concat ":" method)) parameters)
      (jsonrpc-error
       (user-error "%s" (alist-get 'jsonrpc-error-message (cddr problem) (cadr problem))))))
   ((bound-and-true-p lsp-mode) (lsp-request method parameters))
   (t (user-error "Dunlin's language server is not running here"))))

(defun dunlin-why--uri ()
  "Return the current buffer's name for the server."
  (if (bound-and-true-p lsp-mode)
      (lsp--buffer-uri)
    (plist-get (eglot--TextDocumentIdentifier) :uri)))

(defun dunlin-why--execute (command argument)
  "Have the server of the current buffer execute COMMAND with ARGUMENT."
  (dunlin-why--ask "workspace/executeCommand"
                   (list :command command :arguments (vector argument))))

(defun dunlin-why--path (uri)
  "Return the path of URI, which is on the machine of the current buffer."
  (let ((path (decode-coding-string (url-unhex-string (string-remove-prefix "file://" uri)) 'utf-8)))
    (concat (file-remote-p default-directory)
            (if (string-match-p "\\`/[[:alpha:]]:" path) (substring path 1) path))))

(defun dunlin-why--buffer ()
  "Return the buffer of a program that is at hand."
  (let ((buffer (or dunlin-why--origin (current-buffer))))
    (unless (buffer-live-p buffer)
      (user-error "The file that this was asked in is closed"))
    buffer))

;;;; Why

(defvar dunlin-why-font-lock-keywords
  '(("^\\(\\S-.*?\\)\\(?:[ \t]+([^()\n]+)\\)?$" 1 'bold)
    ("^[ \t]+\\([✓→]\\) " 1 'success)
    ("^[ \t]+\\([✗!]\\) " 1 'error)
    ("^[ \t]+\\(↷\\) " 1 'warning)
    ("^[ \t]+\\(▶\\) " 1 'font-lock-keyword-face))
  "Colours of an answer to why.")

(defvar dunlin-why-mode-map
  (make-composed-keymap button-buffer-map special-mode-map)
  "Keys in an answer to why.")

(define-derived-mode dunlin-why-mode special-mode "Dunlin-Why"
  "Why a customer gets what he gets.
A place such as (standard.proc:13) is a button that leads there.

\\{dunlin-why-mode-map}"
  (setq-local font-lock-defaults '(dunlin-why-font-lock-keywords t))
  (visual-line-mode))

(defun dunlin-why--visit (button)
  "Go to the place that BUTTON names."
  (find-file-other-window (button-get button 'dunlin-file))
  (goto-char (point-min))
  (forward-line (1- (button-get button 'dunlin-line))))

(defun dunlin-why--wrap ()
  "Have each line that is broken go on behind its sign."
  (save-excursion
    (goto-char (point-min))
    (while (not (eobp))
      (put-text-property (point) (line-end-position) 'wrap-prefix
                         (make-string (+ 2 (current-indentation)) ?\s))
      (forward-line))))

(defun dunlin-why--link-places (folder)
  "Make a button of each place, in a file below FOLDER, that the text names."
  (save-excursion
    (goto-char (point-min))
    (while (re-search-forward "(\\(\\([^()\n]+\\.[[:alnum:]]+\\):\\([0-9]+\\)\\))$" nil t)
      (make-text-button (match-beginning 1) (match-end 1)
                        'action #'dunlin-why--visit
                        'follow-link t
                        'help-echo "Go to the rule"
                        'dunlin-file (expand-file-name (match-string 2) folder)
                        'dunlin-line (string-to-number (match-string 3))))))

;;;###autoload
(defun dunlin-why (customer)
  "Show why CUSTOMER, an id, gets what he gets.
In a list of `dunlin-today' that is the customer of the row at point."
  (interactive
   (list (or (and (derived-mode-p 'dunlin-today-mode) (tabulated-list-get-id))
             (read-string "Why does a customer get what he gets?  Customer: "
                          (and (use-region-p)
                               (buffer-substring-no-properties (region-beginning) (region-end)))))))
  (let* ((origin (dunlin-why--buffer))
         (answer (with-current-buffer origin
                   (dunlin-why--execute "dunlin.why" (list :customer customer :uri (dunlin-why--uri)))))
         (folder (with-current-buffer origin (dunlin-why--path (dunlin-why--get answer :folder)))))
    (pop-to-buffer (get-buffer-create (format "*Dunlin: why %s*" customer)))
    (dunlin-why-mode)
    (setq dunlin-why--origin origin
          default-directory (file-name-as-directory folder))
    (setq-local revert-buffer-function (lambda (&rest _) (dunlin-why customer)))
    (let ((inhibit-read-only t))
      (erase-buffer)
      (insert (dunlin-why--get answer :text))
      (dunlin-why--wrap)
      (dunlin-why--link-places folder))
    (set-buffer-modified-p nil)
    (goto-char (point-min))))

;;;; Whom a part of a program reaches

(defvar dunlin-today-mode-map
  (let ((map (make-sparse-keymap)))
    (set-keymap-parent map tabulated-list-mode-map)
    (define-key map (kbd "RET") #'dunlin-why)
    map)
  "Keys in a list of whom a part of a program reaches.")

(define-derived-mode dunlin-today-mode tabulated-list-mode "Dunlin-Today"
  "Whom a procedure, step or rule reaches today.
\\<dunlin-today-mode-map>\\[dunlin-why] says why the customer at point gets what he gets.

\\{dunlin-today-mode-map}")

(defun dunlin-why--number (entry column)
  "Return the number in COLUMN of ENTRY."
  (string-to-number (replace-regexp-in-string "[^-.0-9]" "" (aref (cadr entry) column))))

(defconst dunlin-why--amount-regexp "\\`-?[0-9,]+\\(?:\\.[0-9]+\\)? [A-Z]\\{3\\}\\'"
  "What an amount looks like.")

(defun dunlin-why--column (name cells index)
  "Return the `tabulated-list-format' of the column NAME at INDEX, with CELLS."
  (let ((width (apply #'max (1+ (string-width name)) (mapcar #'string-width cells))))
    (if (seq-some (lambda (cell) (string-match-p dunlin-why--amount-regexp cell)) cells)
        (list name width (lambda (a b) (< (dunlin-why--number a index) (dunlin-why--number b index)))
              :right-align t)
      (list name width t))))

(defun dunlin-why--take (answer)
  "Make the list at hand that of ANSWER; a column without a word is left out."
  (let* ((rows (append (dunlin-why--get answer :rows) nil))
         (columns (seq-map-indexed (lambda (name index) (cons name (mapcar (lambda (row) (elt row index)) rows)))
                                   (dunlin-why--get answer :columns)))
         (filled (seq-remove (lambda (column) (seq-every-p #'string-empty-p (cdr column))) columns)))
    (setq tabulated-list-format
          (vconcat (seq-map-indexed (lambda (column index) (dunlin-why--column (car column) (cdr column) index))
                                    filled))
          tabulated-list-entries
          (seq-map-indexed (lambda (customer row) (list customer (vconcat (mapcar (lambda (column) (elt (cdr column) row)) filled))))
                           (dunlin-why--get answer :customers)))
    (tabulated-list-init-header)))

(defun dunlin-why--show-rows (lens)
  "Show the list behind LENS, which is what its command is given."
  (let* ((origin (dunlin-why--buffer))
         (ask (lambda ()
                (with-current-buffer (dunlin-why--buffer)
                  (dunlin-why--execute "dunlin.rows" (dunlin-why--get lens :rows)))))
         (answer (funcall ask))
         (title (dunlin-why--get answer :title)))
    (if (seq-empty-p (dunlin-why--get answer :rows))
        (message "%s: nobody" title)
      (pop-to-buffer (get-buffer-create (format "*Dunlin: %s*" title)))
      (dunlin-today-mode)
      (setq dunlin-why--origin origin)
      (add-hook 'tabulated-list-revert-hook (lambda () (dunlin-why--take (funcall ask))) nil t)
      (dunlin-why--take answer)
      (tabulated-list-print)
      (goto-char (point-min)))))

(defun dunlin-why-run-lens (command)
  "Show the list behind COMMAND of a lens."
  (dunlin-why--show-rows (seq-first (dunlin-why--get command :arguments))))

(defun dunlin-why--line (lens)
  "Return the line, from 0, that LENS stands above."
  (dunlin-why--get (dunlin-why--get (dunlin-why--get lens :range) :start) :line))

;;;###autoload
(defun dunlin-today ()
  "List whom the procedure, step or rule at point reaches today, and with what.
What is listed is what the nearest lens, at or above point, has counted."
  (interactive)
  (let* ((here (1- (line-number-at-pos nil t)))
         (all (dunlin-why--ask "textDocument/codeLens" (list :textDocument (list :uri (dunlin-why--uri)))))
         (above (seq-filter (lambda (lens) (<= (dunlin-why--line lens) here)) all))
         (line (seq-max (or (seq-map #'dunlin-why--line above) (user-error "Nothing is counted here"))))
         (commands (seq-map (lambda (lens) (dunlin-why--get lens :command))
                            (seq-filter (lambda (lens) (= (dunlin-why--line lens) line)) above)))
         (title (lambda (command) (dunlin-why--get command :title)))
         (lists (seq-filter (lambda (command) (dunlin-why--get command :arguments)) commands)))
    (pcase lists
      ('nil (message "%s" (mapconcat title commands " | ")))
      (`(,command) (dunlin-why-run-lens command))
      (_ (let ((chosen (completing-read "List: " (mapcar title lists) nil t)))
           (dunlin-why-run-lens (seq-find (lambda (command) (equal (funcall title command) chosen)) lists)))))))

(provide 'dunlin-why)

;;; dunlin-why.el ends here
