"""The least that a server with pygls does: no parsing, one diagnostic, answers of the usual size made on the spot.

Whoever builds on pygls starts from here, so every figure is told as a multiple of what this server takes.
"""

from lsprotocol import types
from pygls.lsp.server import LanguageServer

BLOCK = 10
"""Lines to one symbol and one fold."""
TOKENS_A_LINE = (1, 0, 4, 0, 0, 0, 5, 4, 1, 0)
"""Two tokens as the protocol writes them, the first of them on the next line."""
LEGEND = types.SemanticTokensLegend(["keyword", "variable"], [])
START = types.Range(types.Position(0, 0), types.Position(0, 1))
ITEMS = [
    types.CompletionItem(f"item{at}", kind=types.CompletionItemKind.Field, detail="an item", sort_text=f"{at:02}")
    for at in range(50)
]

server = LanguageServer("floor", "1")


@server.feature(types.TEXT_DOCUMENT_DID_OPEN)
def did_open(params: types.DidOpenTextDocumentParams) -> None:
    """Publishes the one diagnostic."""
    _publish(params.text_document.uri, params.text_document.version)


@server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
def did_change(params: types.DidChangeTextDocumentParams) -> None:
    """Publishes the one diagnostic once more; pygls has changed its text before."""
    _publish(params.text_document.uri, params.text_document.version)


@server.feature(types.TEXT_DOCUMENT_COMPLETION)
def completion(_: types.CompletionParams) -> types.CompletionList:
    """Fifty items."""
    return types.CompletionList(is_incomplete=False, items=ITEMS)


@server.feature(types.TEXT_DOCUMENT_HOVER)
def hover(_: types.HoverParams) -> types.Hover:
    """One word."""
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, "**word**"), START)


@server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
def document_symbol(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    """A symbol for every block."""
    blocks = [types.Range(types.Position(at, 0), types.Position(at + 1, 0)) for at in _blocks(params)]
    return [types.DocumentSymbol("block", types.SymbolKind.Field, block, block) for block in blocks]


@server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
def folding_range(params: types.FoldingRangeParams) -> list[types.FoldingRange]:
    """A fold for every block."""
    return [types.FoldingRange(at, at + BLOCK - 2) for at in _blocks(params)]


@server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, LEGEND)
def tokens(params: types.SemanticTokensParams) -> types.SemanticTokens:
    """Two tokens a line."""
    return types.SemanticTokens(TOKENS_A_LINE * _lines(params), "1")


@server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA, LEGEND)
def tokens_delta(_: types.SemanticTokensDeltaParams) -> types.SemanticTokensDelta:
    """One line's tokens in place of one line's."""
    return types.SemanticTokensDelta([types.SemanticTokensEdit(0, len(TOKENS_A_LINE), TOKENS_A_LINE)], "1")


@server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, LEGEND)
def tokens_in_range(params: types.SemanticTokensRangeParams) -> types.SemanticTokens:
    """Two tokens a line."""
    return types.SemanticTokens(TOKENS_A_LINE * (params.range.end.line - params.range.start.line))


@server.feature(types.TEXT_DOCUMENT_FORMATTING)
def formatting(_: types.DocumentFormattingParams) -> list[types.TextEdit]:
    """Nothing to change."""
    return []


def _publish(uri: str, version: int | None) -> None:
    one = types.Diagnostic(START, "one", severity=types.DiagnosticSeverity.Warning, source="floor", code="F1")
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, [one], version))


def _blocks(params: types.DocumentSymbolParams | types.FoldingRangeParams) -> range:
    return range(0, _lines(params), BLOCK)


def _lines(
    params: types.DocumentSymbolParams | types.FoldingRangeParams | types.SemanticTokensParams,
) -> int:
    return server.workspace.get_text_document(params.text_document.uri).source.count("\n")


if __name__ == "__main__":
    server.start_io()
