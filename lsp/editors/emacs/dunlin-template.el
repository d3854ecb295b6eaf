;;; dunlin-template.el --- The templates of Dunlin programs -*- lexical-binding: t; -*-

;; Author: The Dunlin developers
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; The texts in the folder `templates' of a Dunlin program, and no others, are
;; in `dunlin-template-mode' once this file is loaded.  It adds the colours of
;; {{ … }} and {% … %} to those of `markdown-mode', where that is installed, and
;; the language server:
;;
;;   (add-hook 'dunlin-template-mode-hook #'eglot-ensure)

;;; Code:

(require 'dunlin-mode)

(defun dunlin-template-p ()
  "Return non-nil if the current buffer is a template of a Dunlin program."
  (when-let* ((name buffer-file-name)
             ((string-match-p "/templates/.*\\.\\(?:md\\|txt\\|html?\\|j2\\)\\'" name))
             (root (locate-dominating-file name "dunlin.toml")))
    (string-match-p "/templates/" (expand-file-name name) (1- (length (expand-file-name root))))))

(defvar dunlin-template-font-lock-keywords
  '(("{#\\(?:.\\|\n\\)*?#}" 0 'font-lock-comment-face prepend)
    ("{%.*?%}" 0 'font-lock-keyword-face prepend)
    ("{{.*?}}" 0 'font-lock-variable-name-face prepend))
  "Colours of what a template fills in.")

(defalias 'dunlin-template--text-mode
  (if (fboundp 'markdown-mode) 'markdown-mode 'text-mode)
  "The mode of texts that `dunlin-template-mode' builds on.")

;;;###autoload
(define-derived-mode dunlin-template-mode dunlin-template--text-mode "Dunlin-Template"
  "Major mode for the templates of Dunlin programs.

\\{dunlin-template-mode-map}"
  (font-lock-add-keywords nil dunlin-template-font-lock-keywords)
  (add-hook 'project-find-functions #'dunlin--project nil t))

(add-to-list 'magic-mode-alist '(dunlin-template-p . dunlin-template-mode))

(provide 'dunlin-template)

;;; dunlin-template.el ends here
