; A description says once what it describes; the words in its lines belong to the vocabularies.
(description) @local.scope
(header identification: (word) @local.definition)
