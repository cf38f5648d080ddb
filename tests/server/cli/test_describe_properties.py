"""Whatever columns are called and labels say, what is drafted checks without errors, is formatted, and is written the same
again."""

import csv
import io
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from vkd_server.cli import run_command

_AWKWARD = ("/", "\\", '"', ";", "=", ",", "|", "[K2]", "#", "-", "?", "\n", "\t", "ß", "Å", "{year}", "*", "1=a 2=b")
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.lists(st.sampled_from(_AWKWARD), max_size=4).map("".join),
    st.sampled_from(("Sex", "sex", "Age", "K2", "Serial number", "Produktbeskrivelse", "01016050012", "Norwegian, 2")),
    st.text("ab ", min_size=1, max_size=300),
)
NAMES = st.lists(TEXTS, min_size=1, max_size=6)
VALUES = st.lists(st.tuples(TEXTS, TEXTS), max_size=3)
STEMS = st.one_of(
    st.sampled_from(("a", "bef2019", "bef_20201231", "population-2020", "a b;c", "01016050012", "x:y", "{year}")),
    st.text(st.characters(codec="utf-8", exclude_characters="/\\"), min_size=1, max_size=8).filter(str.isprintable),
)


@contextmanager
def output() -> Iterator[io.BytesIO]:
    """What is printed inside, as bytes."""
    had = sys.stdout, sys.stderr
    data = io.BytesIO()
    sys.stdout, sys.stderr = io.TextIOWrapper(data, write_through=True), io.TextIOWrapper(io.BytesIO())
    try:
        yield data
    finally:
        sys.stdout, sys.stderr = had


def vkd(*arguments: str) -> tuple[int, bytes]:
    with output() as data:
        return run_command(arguments), data.getvalue()


def errors(folder: Path) -> list[object]:
    _, said = vkd("check", "--output-format", "json", str(folder))
    return [found for found in json.loads(said) if found["severity"] == "error"]


def contents(folder: Path) -> dict[Path, bytes]:
    """The files of a workspace, but for what can be made again."""
    paths = (path for path in folder.rglob("*") if path.is_file() and ".vkd" not in path.parts)
    return {path: path.read_bytes() for path in paths}


def written(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


@given(names=NAMES, labels=st.lists(TEXTS, max_size=6), values=VALUES, stem=STEMS, years=st.booleans())
@settings(max_examples=60, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_what_is_drafted_checks(
    names: list[str], labels: list[str], values: list[tuple[str, str]], stem: str, years: bool
) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place)
        vkd("init", str(folder / "ws"), "--language", "en")
        data = [names, ["1"] * len(names), [value for value, _ in values][: len(names)]]
        stems = [f"{stem}2009", f"{stem}2010"] if years else [stem]
        for one in stems:
            written(folder / f"{one}.csv", data)
        cell = "; ".join(f"{value}={label}" for value, label in values)
        rows = [[name, label, cell, label] for name, label in zip(names, labels, strict=False)]
        written(folder / "k.csv", [["variable", "label", "values", "description"], *rows])
        files = [str(folder / f"{one}.csv") for one in stems]
        call = ["describe", *files, "--codebook", str(folder / "k.csv"), "--workspace", str(folder / "ws")]
        vkd(*call, "--apply")
        vkd(*call, "--to", str(folder / "new"))
        assert errors(folder / "ws") == []
        assert not (folder / "new").exists() or errors(folder / "new") == []
        assert vkd("format", "--check", str(folder / "ws/products"))[0] == 0
        # A run knows the words of the one before it, which may be near to what is not known; after that nothing is new.
        vkd(*call, "--apply")
        before = contents(folder / "ws")
        vkd(*call, "--apply")
        assert contents(folder / "ws") == before


@given(names=NAMES, labels=st.lists(TEXTS, max_size=6), stem=STEMS)
@settings(max_examples=40)
def test_what_is_printed_checks(names: list[str], labels: list[str], stem: str) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place)
        vkd("init", str(folder / "ws"), "--language", "en")
        written(folder / "ws" / f"{stem}.csv", [names, ["1"] * len(names)])
        rows = [[name, label] for name, label in zip(names, labels, strict=False)]
        written(folder / "k.csv", [["variable", "label"], *rows])
        call = ["describe", str(folder / "ws" / f"{stem}.csv"), "--codebook", str(folder / "k.csv")]
        _, text = vkd(*call, "--workspace", str(folder / "ws"))
        if text:
            (folder / "ws/products/draft.vkd").write_bytes(text)
            assert errors(folder / "ws") == []
