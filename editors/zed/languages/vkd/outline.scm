; The descriptions of a file, by what they describe.
(description
  (header
    type: (header_type) @context
    identification: (word) @name)) @item
