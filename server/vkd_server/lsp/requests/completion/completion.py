"""textDocument/completion and completionItem/resolve."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from json.encoder import encode_basestring as _text
from typing import TYPE_CHECKING

from vkd_catalog.languages import say
from vkd_server.features.completion.complete import KIND_OF
from vkd_server.features.completion.complete import complete as complete_at
from vkd_server.features.completion.items import AT_MOST, Completions, Item, ItemKind
from vkd_server.features.explain.hover import concept_text
from vkd_server.lsp.answering import in_lots
from vkd_server.lsp.convert import Json, Outward
from vkd_server.lsp.frames import to_json
from vkd_server.lsp.marked_up import documentation
from vkd_server.lsp.rpc import Encoded, Steps

if TYPE_CHECKING:
    from vkd_server.features.lexicon import Sought, Words
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import AtPlace
    from vkd_server.lsp.params import Item as ItemParams
    from vkd_server.workspace.documents import OpenDocument

_KINDS: dict[ItemKind, int] = {
    "concept": 12,
    "code": 21,
    "ditto": 18,
    "dont-care": 18,
    "operator": 24,
    "time": 23,
    "type": 14,
    "key": 10,
    "value": 20,
    "line": 15,
}
"""CompletionItemKind: Value, Constant, Reference, Operator, Event, Keyword, Property, EnumMember, Snippet."""
_TEXT = 1
_AT_ONCE = 20
"""Steps of taking words in before other work may come in between: a few thousand concepts."""
_MISSPELLED_AT_ONCE = 5
"""The same of taking in what finds misspelled words, which takes longer."""
_DEPRECATED = 1
"""CompletionItemTag: editors strike such items through, and those that do not know tags leave them as they are."""


def complete(context: Context, params: AtPlace) -> Steps:
    """What may stand at a place.

    `filterText` is what was typed and `sortText` is our order, so that the client neither filters nor sorts: it would
    drop what matches by a synonym or a code.
    """
    document = context.open_document(params.uri)
    # Nobody can be offered a word of a large vocabulary before its words are taken in; who types on is not held up.
    yield from context.files.until_words(document.project)
    yield from in_lots(iter(document.project.lexicon.take_in, False), _AT_ONCE)
    snapshot = document.snapshot
    catalogue = document.project.catalogue
    register = catalogue.register if catalogue.is_registered else None
    place = context.position(document, params.place)
    meant = _Meant()
    found = complete_at(snapshot, place, register, meant.look)
    if meant.sought is not None:
        meant.words = yield from _looked_for(context, document, meant.sought)
        found = complete_at(snapshot, place, register, meant.look)
    if found is None:
        return {"isIncomplete": False, "items": []}
    return completion_list(context, found, document.uri, document.document.lines, snapshot.catalogue.language)


class _Meant:
    """What was `sought` in vain among beginnings, and the `words` that may be meant by it, once they are known."""

    def __init__(self) -> None:
        self.sought: Sought | None = None
        self.words: Words = ()

    def look(self, sought: Sought) -> Words:
        """Notes what is sought, and tells what is known."""
        self.sought = sought
        return self.words


def _looked_for(context: Context, document: OpenDocument, sought: Sought) -> Generator[str | None, None, Words]:
    """What somebody may mean by a text that no word begins with: what free words find, else misspelled words. It is
    looked for in the background, where nobody's keystroke waits for it."""
    vocabulary, text, misspelled_only = sought
    if not misspelled_only:
        yield from context.files.until_lookup(document.project)
        lookup = document.project.catalogue.lookup
        meant = yield from context.files.in_background(lambda: lookup.meant(text, KIND_OF[vocabulary], AT_MOST))
        if meant:
            return meant
    index = document.project.lexicon.index(vocabulary)
    yield from in_lots(index.prepare_misspelled(), _MISSPELLED_AT_ONCE)
    return (yield from context.files.in_background(lambda: index.nearest(text)))


def completion_list(context: Context, found: Completions, uri: str, lines: Sequence[str], language: str) -> Encoded:
    """The LSP completion list, as JSON, of what may be written at a place in a document."""
    place = _place(context, found, Outward(lines, context.client.encoding))
    details = context.client.can("textDocument", "completion", "completionItem", "labelDetailsSupport")
    saying = _Saying(uri, found.typed, place, details=details)
    items = [saying.item(item, index) for index, item in enumerate(found.items)]
    if found.more:
        items.append(to_json(_more(language, found, place)))
    return Encoded(f'{{"isIncomplete":true,"items":[{",".join(items)}]}}')


def resolve(context: Context, params: ItemParams) -> object:
    """Adds the explanation of the concept to an item."""
    item = dict(params.item)
    data = params.data
    if isinstance(data, list) and len(data) == 3 and (document := context.files.document(str(data[0]))):
        text = concept_text(document.project.catalogue, data[1], str(data[2]))
        if text:
            item["documentation"] = documentation(context.client, text)
    return item


class _Saying:
    """Writes items as JSON without an encoder, since there are a hundred at each keystroke."""

    def __init__(self, uri: str, typed: str, place: Json, *, details: bool) -> None:
        self._uri = _text(uri)
        self._typed = typed
        self._place = to_json(place)[:-1]
        self._details = details

    def item(self, item: Item, index: int) -> str:
        """One item; `index` is its place in the list."""
        parts = [
            f'{{"label":{_text(item.label)},"kind":{_KINDS[item.kind]},"filterText":{_text(self._typed or item.label)},'
            f'"sortText":"{index:03d}","textEdit":{self._place},"newText":{_text(item.insert)}}}'
        ]
        if item.beside or item.right:
            parts.append(self._beside(item))
        if item.past:
            parts.append(f'"tags":[{_DEPRECATED}]')
        if item.about:
            vocabulary, code = item.about
            parts.append(f'"data":[{self._uri},"{vocabulary}",{_text(code)}]')
        return ",".join(parts) + "}"

    def _beside(self, item: Item) -> str:
        if self._details:
            return f'"labelDetails":{{"detail":{_text(item.beside)},"description":{_text(item.right)}}}'
        return f'"detail":{_text(f"{item.right} {item.beside}".strip())}'


def _place(context: Context, found: Completions, outward: Outward) -> Json:
    """The ranges that an item replaces: the whole field. Where the client lets the user choose, inside a word also a
    range that keeps the text behind the cursor."""
    whole = outward.range(found.start, found.end)
    choosing = context.client.can("textDocument", "completion", "completionItem", "insertReplaceSupport")
    if not choosing or not 0 < len(found.typed) < len(found.text):
        return {"range": whole}
    cursor = found.start._replace(column=found.start.column + len(found.typed))
    return {"insert": outward.range(found.start, cursor), "replace": whole}


def _more(language: str, found: Completions, place: Json) -> Json:
    label = say("editor.more", language, count=found.more)
    edit = {**place, "newText": found.text}
    return {"label": label, "kind": _TEXT, "filterText": found.typed or label, "sortText": "999", "textEdit": edit}
