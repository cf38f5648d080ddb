"""Open vocabularies and settings: what is written in them, and when it counts."""

import random

import pytest

from vkd_grammar.document import Edit
from vkd_grammar.text import Position, Span, split_lines
from vkd_server.workspace.open_sources import Sources, kind_of

PIECES = ["a", "å🙂", ",", '"', "\n", "\r", "\r\n", "\u2028", " "]


@pytest.mark.parametrize("seed", range(60))
def test_a_text_after_edits_is_the_text_the_client_has(seed: int) -> None:
    chance = random.Random(seed)
    text = "".join(chance.choices(PIECES, k=12))
    sources = Sources()
    sources.open("file:///a.csv", "vocabulary", 1, text)
    for version in range(2, 8):
        lines = split_lines(text)
        places = [
            Position(row, column) for row, line in enumerate(lines) for column in range(len(line.rstrip("\r\n")) + 1)
        ]
        start, end = sorted(
            (chance.choice([*places, Position(len(lines), 0)]), chance.choice([*places, Position(99, 9)]))
        )
        new = "".join(chance.choices(PIECES, k=chance.randrange(4)))
        sources.change("file:///a.csv", version, Edit(Span(start, end), new))
        text = text[: offset(lines, start)] + new + text[offset(lines, end) :]
        now = sources.get("file:///a.csv")
        assert now
        assert (list(now.lines), now.version) == (split_lines(text), version)


def offset(lines: list[str], place: Position) -> int:
    return sum(map(len, lines[: place.row])) + (place.column if place.row < len(lines) else 0)


def test_a_vocabulary_waits_until_it_is_taken_and_settings_never() -> None:
    sources = Sources()
    sources.open("file:///w/vkd.toml", "configuration", 1, "a")
    assert (sources.waits, sources.is_quiet, dict(sources.take())) == (False, True, {})
    sources.open("file:///w/a.csv", "vocabulary", 1, "code\n" * 50_000)
    assert (sources.waits, sources.is_quiet) == (True, False)
    sources.close("file:///w/a.csv")
    assert (sources.waits, sources.is_quiet) == (True, True)
    sources.open("untitled:b", "vocabulary", 1, "")
    assert sources.take() == {}
    assert not sources.waits


@pytest.mark.parametrize(
    ("uri", "language", "kind"),
    [
        ("file:///a/vkd.toml", "toml", "configuration"),
        ("file:///a/other.toml", "toml", None),
        ("file:///a/NAMES.CSV", "plaintext", "vocabulary"),
        ("file:///a/b.vkd", "vkd", None),
        ("untitled:Untitled-1", "vkd", None),
        ("untitled:Untitled-1", "csv", "vocabulary"),
        ("untitled:Untitled-1", "toml", "configuration"),
        ("file://[", "vkd", None),
    ],
)
def test_a_document_is_known_by_its_name(uri: str, language: str, kind: str | None) -> None:
    assert kind_of(uri, language) == kind
