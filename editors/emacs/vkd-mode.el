;;; vkd-mode.el --- Descriptions of archived data -*- lexical-binding: t -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "30.1"))
;; Keywords: languages, data
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; A major mode for .vkd files and their language server, by way of Eglot.  Colours come from tree-sitter where its grammar is
;; installed, else from regular expressions.  README.md says how to set it up.

;;; Code:

(require 'eglot)
(require 'project)
(require 'treesit)

(defgroup vkd nil "Descriptions of archived data." :group 'languages)

(defcustom vkd-server-command nil
  "The server's command line, as a list; nil has it looked for.
That is, as vkd in the workspace's .venv, as vkd on PATH, and as the module vkd_server of python3."
  :type '(choice (const :tag "Look for it" nil) (repeat string)))

;;;; The server

(defclass vkd-server (eglot-lsp-server) () "A vkd server.")

(defun vkd--contact (&rest _)
  "What Eglot starts."
  (let ((own (expand-file-name ".venv/bin/vkd" (vkd--root))))
    (cons 'vkd-server
          (cond (vkd-server-command)
                ((file-executable-p own) (list own "server"))
                ((executable-find "vkd") (list "vkd" "server"))
                (t (list "python3" "-m" "vkd_server" "server"))))))

(defun vkd--root (&optional folder)
  "The folder with the nearest vkd.toml above FOLDER, or above the file."
  (locate-dominating-file (or folder default-directory) "vkd.toml"))

(defun vkd--project (folder)
  "The catalogue that FOLDER lies in, as a project."
  (when-let* ((root (vkd--root folder))) (cons 'vkd root)))

(cl-defmethod project-root ((project (head vkd))) (cdr project))

(cl-defmethod eglot-client-capabilities :around ((_server vkd-server))
  "Tells the server that what is to be copied comes on the clipboard."
  (plist-put (cl-call-next-method) :experimental '(:clipboard t)))

(cl-defmethod eglot-execute :around ((server vkd-server) action)
  "Puts the result of ACTION where it belongs, when SERVER answers with one."
  (let* ((inner (plist-get action :command))
         (command (if (stringp inner) action inner)))
    (pcase (plist-get command :command)
      ("vkd.copyMessage" (vkd--copy (vkd--request server command)))
      ("vkd.run" (vkd--tell (vkd--request server command)))
      (_ (cl-call-next-method)))))

(cl-defmethod eglot-handle-request :around ((_server vkd-server) (_method (eql window/showDocument)) &key uri &allow-other-keys)
  "Shows a reference message, at URI, in `vkd-message-mode'; a demand that is run again has it under the same name."
  (let ((file (eglot-uri-to-path uri)))
    (if (not (string-match-p "/\\.vkd/.*\\.md\\'" file))
        (cl-call-next-method)
      (run-with-timer 0 nil #'vkd--show file)
      '(:success t))))

(defun vkd--show (file)
  "Shows FILE, as it now is, beside what is edited."
  (let ((buffer (get-buffer-create "*vkd message*")))
    (with-current-buffer buffer
      (let ((inhibit-read-only t))
        (insert-file-contents file nil nil nil t))
      (setq default-directory (file-name-directory file))
      (vkd-message-mode)
      (goto-char (point-min)))
    (display-buffer buffer)))

;;;; Commands

(defun vkd--request (server command)
  "What SERVER answers to COMMAND, a property list."
  (jsonrpc-request server :workspace/executeCommand
                   (list :command (plist-get command :command) :arguments (or (plist-get command :arguments) []))))

(defun vkd--execute (command &rest arguments)
  "What the server answers to COMMAND with ARGUMENTS."
  (eglot--signal-textDocument/didChange)
  (vkd--request (eglot-current-server) (list :command command :arguments (vconcat arguments))))

(defun vkd--place ()
  "The demand at point, as the server's commands take it: document and line."
  (list (plist-get (eglot--TextDocumentIdentifier) :uri) (1- (line-number-at-pos nil t))))

(defun vkd--copy (text)
  "Puts TEXT where it can be yanked and pasted from."
  (kill-new text)
  (message "The reference message is copied"))

(defun vkd--tell (answer)
  "Says what came of the demands of ANSWER."
  (message "%s" (mapconcat #'vkd--outcome (plist-get answer :demands) "\n")))

(defun vkd--outcome (demand)
  "What DEMAND came to, in words."
  (format "%s: %s" (plist-get demand :id)
          (pcase (plist-get demand :status)
            ("found" (format "%d found" (length (plist-get demand :covers))))
            ("none" "nothing found")
            (_ "not run: it has errors"))))

(defun vkd-show-message ()
  "Show the reference message of the demand at point."
  (interactive)
  (apply #'vkd--execute "vkd.showMessage" (vkd--place)))

(defun vkd-copy-message ()
  "Copy the reference message of the demand at point as Markdown."
  (interactive)
  (vkd--copy (apply #'vkd--execute "vkd.copyMessage" (vkd--place))))

(defun vkd-run ()
  "Run every demand of the file and say what was found."
  (interactive)
  (vkd--tell (vkd--execute "vkd.run" (car (vkd--place)))))

(defun vkd-why (product)
  "Say why PRODUCT is not among the answers to the demand at point."
  (interactive "sProduct: ")
  (message "%s" (apply #'vkd--execute "vkd.why" (append (vkd--place) (list product)))))

(defun vkd-show-status ()
  "Show how the server is doing."
  (interactive)
  (vkd--execute "vkd.showStatus"))

(defun vkd-rebuild ()
  "Have the server read the catalogue anew."
  (interactive)
  (vkd--execute "vkd.rebuild")
  (message "The catalogue has been read anew"))

;;;; Colours

(defconst vkd--tree-sitter-colours
  '((comment) @font-lock-comment-face
    (header type: (header_type) @font-lock-keyword-face)
    (header type: (word) @font-lock-warning-face)
    (header identification: (word) @font-lock-function-name-face)
    (key) @font-lock-property-name-face
    (value) @font-lock-string-face
    (line_number) @font-lock-number-face
    (sentence object_type: [(word) (coded_word)] @font-lock-type-face)
    (sentence name: [(word) (coded_word)] @font-lock-function-name-face)
    (sentence characteristic: [(word) (coded_word)] @font-lock-variable-name-face)
    (sentence time: [(word) (coded_word) (point) (interval) (series) (mask)] @font-lock-constant-face)
    (sentence operator: (word) @font-lock-warning-face)
    (operator) @font-lock-keyword-face
    (code) @font-lock-constant-face
    [(ditto) (dont_care) (not_stated)] @font-lock-builtin-face
    ["/" ";" "="] @font-lock-delimiter-face)
  "Queries for the colours, in the names of the grammar's nodes.")

(defconst vkd--regexp-colours
  (let* ((field "\\(\\(?:\\\\.\\|[^/\\\n]\\)*\\)")
         (number "^[ \t]*\\([0-9]+\\)[ \t]*/")
         (header (concat "\\(?:produkt\\(?:beskrivelse\\|beskrivning\\|skildring\\)\\|product +description\\|"
                         "etters\\(?:pørselsbeskrivelse\\|purnadsskildring\\)\\|efterfrågebeskrivning\\|"
                         "efterspørgselsbeskrivelse\\|demand +description\\)")))
    `((,(concat "^[ \t]*\\(0\\)[ \t]*/[ \t]*\\(" header "\\)[ \t]*/" field)
       (1 'font-lock-number-face) (2 'font-lock-keyword-face) (3 'font-lock-function-name-face))
      (,(concat number field "/" field "/" field "/" field "/[ \t]*\\([OEN.]\\)[ \t]*$")
       (1 'font-lock-number-face) (2 'font-lock-type-face) (3 'font-lock-function-name-face)
       (4 'font-lock-variable-name-face) (5 'font-lock-constant-face) (6 'font-lock-keyword-face))
      ("\\([^/;=\n]+\\)=\\([^;\n]*\\)" (1 'font-lock-property-name-face) (2 'font-lock-string-face))
      ("/[ \t]*\\([-\"”“″〃]\\)[ \t]*\\(?:/\\|$\\)" 1 'font-lock-builtin-face t)
      ("\\[[^]/\n]*\\]" 0 'font-lock-constant-face t)
      ("[/;]" 0 'font-lock-delimiter-face t)))
  "Colours without the grammar.")

;;;; Modes

(defvar-keymap vkd-mode-map
  :doc "Keys of `vkd-mode'."
  "C-c C-c" #'vkd-show-message
  "C-c C-y" #'vkd-copy-message
  "C-c C-r" #'vkd-run
  "C-c C-w" #'vkd-why
  "C-c C-s" #'vkd-show-status)

(defvar-keymap vkd-message-mode-map :doc "Keys of `vkd-message-mode'." :parent special-mode-map)

(defvar vkd-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?# "<" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\" "." table)
    table)
  "A ditto is no string.")

;;;###autoload
(define-derived-mode vkd-mode prog-mode "vkd"
  "Major mode for descriptions of archived data."
  (setq-local comment-start "# "
              comment-start-skip "#+ *"
              indent-tabs-mode nil
              indent-line-function #'ignore
              truncate-lines t
              font-lock-defaults '(vkd--regexp-colours nil t))
  (add-hook 'project-find-functions #'vkd--project nil t)
  (when (treesit-ready-p 'vkd t)
    (treesit-parser-create 'vkd)
    (setq-local treesit-font-lock-feature-list '((all))
                treesit-font-lock-settings
                (treesit-font-lock-rules :language 'vkd :feature 'all vkd--tree-sitter-colours)
                treesit-defun-type-regexp "\\`description\\'")
    (treesit-major-mode-setup)))

(define-derived-mode vkd-message-mode text-mode "vkd message"
  "Major mode for reference messages."
  (setq-local outline-regexp "#+ "
              font-lock-defaults '((("^#+ .*" . 'bold)
                                    ("\\*\\*\\([^*\n]+\\)\\*\\*" 1 'bold)
                                    ("`[^`\n]+`" . 'font-lock-constant-face))
                                   t))
  (setq buffer-read-only t)
  (visual-line-mode)
  (outline-minor-mode))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.vkd\\'" . vkd-mode))
(add-to-list 'eglot-server-programs '(vkd-mode . vkd--contact))

(provide 'vkd-mode)
;;; vkd-mode.el ends here
