; The grammar's own highlights.scm in the names that Helix' themes know.

(comment) @comment

; Header: number, type, identification, technical data
(header type: (header_type) @keyword)
(header type: (word) @error)
(header identification: (word) @markup.heading)
(key) @variable.other.member
(value) @string

; Sentence: number, object type, name, characteristic, time, operator
(line_number) @constant.numeric.integer
(sentence object_type: [(word) (coded_word)] @type)
(sentence name: [(word) (coded_word)] @function)
(sentence characteristic: [(word) (coded_word)] @variable)
(sentence time: [(word) (coded_word)] @string.special)
(sentence operator: (word) @error)
[(point) (interval) (series) (mask)] @constant.numeric
(operator) @keyword.operator
(code) @constant
(ditto) @punctuation.special
[(dont_care) (not_stated)] @constant.character

["/" ";"] @punctuation.delimiter
"=" @operator
