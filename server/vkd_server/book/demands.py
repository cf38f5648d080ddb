"""The demands of a workspace with their reference messages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.files import read_file
from vkd_catalog.folders import files_below
from vkd_catalog.languages import say
from vkd_catalog.message import Message, MessageOptions
from vkd_grammar.document import Document, read_document
from vkd_grammar.text import decode
from vkd_server.features.answers.message import run_message
from vkd_server.features.answers.run import RunOptions, run_piece
from vkd_server.rules.shared.personal import masked

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue

_MOST_FOLDERS = 5_000
"""How many folders are looked into for demands; a workspace that somebody put at the top of a disk has more."""


class Demand(NamedTuple):
    """A demand of the workspace: who asks, its text as it stands in its file, and the message that answers it."""

    called: str
    path: str
    text: str
    message: Message


def demands_of(catalogue: Catalogue, language: str) -> Iterator[Demand]:
    """The demands in a workspace's folder, answered in a language. To the public nobody is told who asks, or where the
    question lies; interest profiles are left out."""
    options = MessageOptions(public=catalogue.is_public)
    number = 0
    for path in _files(catalogue):
        try:
            document = read_document(decode(read_file(catalogue.root / path))[0], catalogue.parser)
        except OSError:
            continue
        for index in range(len(document.rows)):
            run = run_piece(document, index, path, catalogue, RunOptions(language=language))
            if run is None or (catalogue.is_public and run.demand.technical.profile):
                continue
            number += 1
            if catalogue.is_public:
                anonymous = say("book.demand-number", language, number=number)
                run = run._replace(answer=run.answer._replace(id=anonymous, path=""))
            message = run_message(run, catalogue, options)
            if catalogue.is_public:
                message = message._replace(facts=message.facts[1:])
            yield Demand(run.answer.id, run.answer.path, _text(document, index, catalogue), message)


def _text(document: Document, index: int, catalogue: Catalogue) -> str:
    """A demand as it stands in its file; for the public its sentences alone."""
    lines = document.piece_lines(index)
    rows = [sentence.row for sentence in document.descriptions[index].sentences]
    shown = [lines[row] for row in rows] if catalogue.is_public else lines
    return masked("".join(shown)).strip("\n")


def _files(catalogue: Catalogue) -> Iterator[str]:
    """The `.vkd` files below the workspace's root; without a `vkd.toml` those in the folder itself."""
    root = os.fspath(catalogue.root)
    below = files_below(root, (".vkd",), most=_MOST_FOLDERS, but=("node_modules",)).paths
    yield from (path for path in below if catalogue.configuration.file is not None or "/" not in path)
