; No two patterns take the same node, so that it does not matter whether an editor prefers the first or the last.

(comment) @comment @spell

; Header: number, type, identification, technical data
(header type: (header_type) @keyword)
(header type: (word) @comment.error)
(header identification: (word) @markup.heading)
(key) @property
(value) @string

; Sentence: number, object type, name, characteristic, time, operator
(line_number) @number
(sentence object_type: [(word) (coded_word)] @type)
(sentence name: [(word) (coded_word)] @function)
(sentence characteristic: [(word) (coded_word)] @variable.member)
(sentence time: [(word) (coded_word)] @string.special)
(sentence operator: (word) @comment.error)
[(point) (interval) (series) (mask)] @number
(operator) @keyword.operator
(code) @constant
(ditto) @punctuation.special
[(dont_care) (not_stated)] @character.special

["/" ";"] @punctuation.delimiter
"=" @operator
