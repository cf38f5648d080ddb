"""Writes docs/capabilities.md: what the language server answers, taken from the code.

    .venv/bin/python docs/capabilities.py

A method's sentence is the first of its answer's docstring, and what is advertised is what `initialize` tells a client.
"""

import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from vkd_server.lsp.converter import Converter
from vkd_server.lsp.feature import BY_KIND, Feature
from vkd_server.lsp.requests import COMMANDS, FEATURES
from vkd_server.lsp.requests.refactoring.code_action import action_kinds
from vkd_server.workspace.open_sources import Kind

PAGE = Path(__file__).with_suffix(".md")
_OPENING = """\
# What the language server answers

Written by `docs/capabilities.py` from the server's own tables, and tried row by row over a pipe in
`tests/server/lsp/test_capabilities.py`. What is advertised stands as `initialize` tells it; nothing there means that
there is nothing to say but that the method is answered.
"""


def page() -> str:
    """The page as it should be today, in Markdown."""
    return "\n".join(
        (
            _OPENING,
            "## Methods\n",
            *_table(("method", "what it does", "advertised"), map(_method, FEATURES)),
            "\n## In a vocabulary (CSV)\n",
            *_room("vocabulary"),
            "\n## In a `vkd.toml`\n",
            *_room("configuration"),
            "\n## Commands\n",
            *_table(("command", "what it does"), ((f"`{one.name}`", summary(one.carry_out)) for one in COMMANDS)),
            "\n## Kinds of code action\n",
            *_table(("kind", "what it does"), ((f"`{kind}`", does) for kind, does in action_kinds().items())),
            "",
        )
    )


def summary(answer: object) -> str:
    """The first sentence of a function's docstring, in one line."""
    text = " ".join((answer.__doc__ or "").split())
    return re.split(r"(?<=\.) (?=[A-Z])", text)[0]


def _method(feature: Feature) -> tuple[str, ...]:
    options = Converter().unstructure(feature.options)
    told = f"`{json.dumps(options, ensure_ascii=False)}`" if options is not None else ""
    return f"`{feature.method}`", summary(feature.answer), told


def _room(kind: Kind) -> Iterator[str]:
    """What is answered about documents that are no descriptions."""
    answers = import_module(BY_KIND[kind]).ANSWERS
    return _table(("method", "what it does"), ((f"`{method}`", summary(answer)) for method, answer in answers.items()))


def _table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    for row in (heads, ("---",) * len(heads), *rows):
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
