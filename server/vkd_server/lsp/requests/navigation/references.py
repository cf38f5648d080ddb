"""textDocument/references and textDocument/documentHighlight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from vkd_catalog.engines import REGISTER_SUFFIX
from vkd_grammar.text import Position
from vkd_server.features.answers.answering import line_at
from vkd_server.features.navigation.addresses import used_at
from vkd_server.features.navigation.definition import Place
from vkd_server.features.navigation.identifications import product_at
from vkd_server.features.navigation.naming import Meant, Use, Uses, concept_at
from vkd_server.features.navigation.naming import highlights as uses_in_document
from vkd_server.lsp.convert import Json, Outward
from vkd_server.lsp.frames import to_json
from vkd_server.lsp.partial import Parts
from vkd_server.lsp.requests.navigation.answering_lines import answered
from vkd_server.lsp.requests.navigation.concept_rows import code_location, naming_rows
from vkd_server.lsp.rpc import Steps
from vkd_server.workspace.every_document import closed_texts, open_texts
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import AtPlace, UsesOf
    from vkd_server.workspace.documents import OpenDocument

_TEXT, _READ = 1, 2
"""DocumentHighlightKind: a ditto reads what the field above it says."""


def references(context: Context, params: UsesOf) -> object:
    """Where a concept is used: its vocabulary row, where it is asked for, and every use in the workspace's texts, a
    text a step; of a product's identification the places that bear it; of a product's line, at its number or operator,
    the demands' lines that it answers."""
    document = context.open_document(params.uri)
    position = context.position(document, params.place)
    at = line_at(document.snapshot, position)
    if at is not None and at.piece.description.kind == "product":
        return answered(context, document, at)
    meant = concept_at(document.snapshot, position)
    if meant is not None:
        return uses_of(context, document, meant, params)
    alias = used_at(document.snapshot, position)
    if alias is not None:
        from vkd_server.lsp.requests.navigation import aliases

        return aliases.uses(context, document.project, alias.text)
    identification = product_at(document.snapshot, position)
    places = document.snapshot.places(identification) if identification else ()
    return [row_location(document, Place(place.path, place.row)) for place in places if is_text(place.path)]


def highlights(context: Context, params: AtPlace) -> object:
    """The uses, in one document, of the concept at a place, the dittos that stand for it among them."""
    document = context.open_document(params.uri)
    return [
        {
            "range": context.range_of(document, Position(use.row, use.start), Position(use.row, use.end)),
            "kind": _READ if use.ditto else _TEXT,
        }
        for use in uses_in_document(document.snapshot, context.position(document, params.place))
    ]


def is_text(path: str) -> bool:
    """Whether a file can be shown: what stands in a register file has no row that anybody can look at."""
    return not path.endswith(REGISTER_SUFFIX)


def row_location(document: OpenDocument, place: Place) -> Json:
    """The location of a row of a document, or of another file of its catalogue."""
    start = {"line": place.row, "character": 0}
    own = place.path == document.path
    uri = document.uri if own else uri_of(document.project.catalogue.root / place.path)
    return {"uri": uri, "range": {"start": start, "end": start}}


def uses_of(context: Context, asked: OpenDocument, meant: Meant, params: UsesOf) -> Steps:
    """The locations at which a concept is used: its row if that is asked for, the rows that name its code, and all uses
    in texts."""
    parts = Parts(context.screen, params.token)
    uses = Uses(meant, asked.project.catalogue)
    if params.declared and is_text(meant.concept.source):
        parts.add([to_json(code_location(context, asked.project, meant))])
    parts.add([to_json(row) for row in naming_rows(context, asked.project, meant)])
    for document in open_texts(context.files, asked):
        parts.add(_in_document(context, document, uses))
        yield None
    closed = yield from closed_texts(context.files, asked)
    for text in closed:
        if uses.is_doubtful(text.mentions):
            read = context.files.read(uri_of(text.file))
            parts.add(_in_document(context, read, uses) if read else ())
            yield None
            continue
        found = uses.among(text.mentions)
        if found:
            uri = uri_of(text.file)
            # The columns of most texts are the client's as they are, and the lines need not be looked at.
            plain = context.client.encoding in text.mentions.plain
            parts.add(
                _locations(uri, found, None if plain else Outward(context.files.lines_of(uri), context.client.encoding))
            )
        yield None
    return parts.rest()


def _in_document(context: Context, document: OpenDocument, uses: Uses) -> Iterator[str]:
    """The locations of the uses in a text that is open or was read."""
    outward = Outward(document.document.lines, context.client.encoding)
    within = (uses.within(row, description) for row, description in document.document.pieces())
    return _locations(document.uri, chain.from_iterable(within), outward)


def _locations(uri: str, uses: Iterable[Use], outward: Outward | None) -> Iterator[str]:
    """The locations of some uses as JSON, as there may be hundreds of thousands. Without `outward` their columns need
    no conversion."""
    said = to_json(uri)
    for row, start, end, _ in uses:
        if outward is not None:
            start, end = outward.character(row, start), outward.character(row, end)
        yield (
            f'{{"uri":{said},"range":{{"start":{{"line":{row},"character":{start}}},'
            f'"end":{{"line":{row},"character":{end}}}}}}}'
        )
