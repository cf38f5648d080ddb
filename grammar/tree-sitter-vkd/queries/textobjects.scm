; Each object twice: under the name that Neovim's text objects have and the one that Helix's have.

(description) @class.outer @class.around

[(sentence) (broken_line)] @statement.outer @entry.around

(entry
  value: (value) @assignment.rhs @entry.inside) @assignment.outer @entry.around
(entry key: (key) @assignment.lhs)

(comment)+ @comment.outer @comment.around

; A field
(sentence
  [(word) (coded_word) (code) (ditto) (dont_care) (point) (interval) (series) (mask) (not_stated)
    (operator) (line_number)]
    @parameter.inner @parameter.inside)
