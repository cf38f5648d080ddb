"""What the editor that the benchmark plays says it can do, as far as it changes what is measured.

Nothing is registered later on, and a server that can answer in part is told that it may: whoever has told the editor
to ask again has not answered all yet.
"""

_TOKEN_TYPES = [
    "class",
    "enum",
    "enumMember",
    "property",
    "variable",
    "function",
    "keyword",
    "comment",
    "string",
    "number",
]

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "window": {"workDoneProgress": True},
    "workspace": {
        "configuration": True,
        "workspaceFolders": True,
        "diagnostics": {"refreshSupport": True},
        "semanticTokens": {"refreshSupport": True},
    },
    "textDocument": {
        "synchronization": {"didSave": True},
        "diagnostic": {"relatedDocumentSupport": True},
        "publishDiagnostics": {"versionSupport": True, "relatedInformation": True, "tagSupport": {"valueSet": [1, 2]}},
        "completion": {
            "completionItem": {
                "snippetSupport": True,
                "insertReplaceSupport": True,
                "labelDetailsSupport": True,
                "documentationFormat": ["markdown", "plaintext"],
                "resolveSupport": {"properties": ["documentation", "detail", "additionalTextEdits"]},
            },
            "completionList": {"itemDefaults": ["commitCharacters", "editRange", "insertTextFormat", "data"]},
        },
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "foldingRange": {"lineFoldingOnly": True},
        "formatting": {},
        "semanticTokens": {
            "tokenTypes": _TOKEN_TYPES,
            "tokenModifiers": ("declaration", "definition", "readonly", "deprecated", "documentation"),
            "formats": ["relative"],
            "requests": {"range": True, "full": {"delta": True}},
        },
    },
}
