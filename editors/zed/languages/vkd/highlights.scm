; The grammar's own highlights.scm in the names that Zed's themes know.

(comment) @comment

; Header: number, type, identification, technical data
(header type: (header_type) @keyword)
(header type: (word) @keyword)
(header identification: (word) @title)
(key) @property
(value) @string

; Sentence: number, object type, name, characteristic, time, operator
(line_number) @number
(sentence object_type: [(word) (coded_word)] @type)
(sentence name: [(word) (coded_word)] @function)
(sentence characteristic: [(word) (coded_word)] @variable)
(sentence time: [(word) (coded_word)] @string.special)
(sentence operator: (word) @keyword)
[(point) (interval) (series) (mask)] @number
(operator) @operator
(code) @constant
(ditto) @punctuation.special
[(dont_care) (not_stated)] @constant.builtin

["/" ";"] @punctuation.delimiter
"=" @operator
