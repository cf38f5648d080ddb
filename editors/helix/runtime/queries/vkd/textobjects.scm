; [c ]c and mac: a description; [e ]e and mae: a line, or a key of technical data with its value; mia: a field.
(description) @class.around

[(sentence) (broken_line)] @entry.around
(entry value: (value) @entry.inside) @entry.around

(comment) @comment.inside
(comment)+ @comment.around

(sentence
  [(word) (coded_word) (code) (ditto) (dont_care) (point) (interval) (series) (mask) (not_stated)
    (operator) (line_number)]
    @parameter.inside)
