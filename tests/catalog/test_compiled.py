"""Compiled vocabularies: whatever is looked up, they say what the same files say in memory, whatever happens to them."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalog.test_traits import look_ups_agree
from vkd_catalog.cache import Cache
from vkd_catalog.compiled import vocabulary as compiled
from vkd_catalog.compiled.concepts import StoredConcepts
from vkd_catalog.configuration import configuration_for
from vkd_catalog.files import FileReader
from vkd_catalog.reading import read_vocabularies
from vkd_catalog.suggest import Suggester
from vkd_catalog.vocabulary import VOCABULARY_NAMES, Vocabularies, read_vocabulary_lines, with_file
from vkd_grammar.words import fold

IN_MEMORY = 1 << 40
WORDS = ("alder", "Age", "kjønn", "kön", "ålder", "yrke", "Yrke", "a b", 'say "it"', "|", "x;y", "", "01", "B\t2")
CODES = ("A", "A.1", "A.10", "A.1.2", "B", "B.2", "Å", "C.1.1", "dk:A", "no code", "")
KINDS = ("", "individual", "aggregate", "register", "class", "classification", "odd")
COLUMNS = {
    "object-types": ("kind", "number", "unit"),
    "names": ("kind", "objectTypes", "validFrom", "validTo"),
    "characteristics": ("kind", "objectTypes", "classification", "derivedFrom", "of", "values", "sensitive"),
    "times": ("from", "to"),
}
CELLS = ("", "A", "A|B", "A.1+B|C.1.1@set", "1=Ja|2=Nei", "19700101", "plural", "person", "yes", "lost", "010170 12345")
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16")


class Folder:
    """A workspace with large vocabularies: each file is compiled, however few words it has."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, compiled_from: int = 0) -> Vocabularies:
        """Its vocabularies as they are now."""
        reader = FileReader(self.root)
        return read_vocabularies(configuration_for(self.root), reader, Cache(self.root), compiled_from=compiled_from)

    def in_memory(self) -> Vocabularies:
        """The same without compiling anything."""
        return self.read(IN_MEMORY)

    def kept(self, name: str) -> Path:
        """Where a compiled vocabulary lies."""
        return self.root / f".vkd/vocabulary-{name}.sqlite"


def drawn(root: Path, random: Random) -> Folder:
    """A workspace of vocabularies with clashes, gaps, circles, odd cells, several files and encodings, and mappings."""
    named: list[str] = []
    for name in VOCABULARY_NAMES:
        paths = [f"{name}-{number}.csv" for number in range(random.randint(0, 2))]
        for path in paths:
            (root / path).write_bytes(table(name, random))
        named.append(f"{name} = {paths!r}")
    rows = [f"{random.choice(CODES)}\tskos:{random.choice(MAPPINGS)}\t{random.choice(CODES)}" for _ in range(5)]
    (root / "m.tsv").write_text("\n".join(("subject_id\tpredicate_id\tobject_id", *rows)), encoding="utf-8")
    (root / "vkd.toml").write_text("\n".join(("[vocabularies]", *named, 'mappings = ["m.tsv"]')), encoding="utf-8")
    return Folder(root)


MAPPINGS = ("exactMatch", "broadMatch", "narrowMatch", "closeMatch", "relatedMatch", "other")


def table(name: str, random: Random) -> bytes:
    """The file of one vocabulary."""
    separator = random.choice(",;\t")
    own = random.sample(COLUMNS[name], random.randint(0, len(COLUMNS[name])))
    header = ["code", "prefLabel@nb", "altLabel@sv", "notation", "seeAlso", *own, *random.sample(["x-own", "what"], 1)]
    rows = [header]
    for _ in range(random.randint(0, 12)):
        plain = [random.choice(CODES), random.choice(WORDS), random.choice(WORDS), random.choice(WORDS), ""]
        rows.append([*plain, *(random.choice(KINDS if one == "kind" else CELLS) for one in own), "x"])
    text = "\n".join(separator.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows)
    return text.encode(random.choice(ENCODINGS), "replace")


def says_the_same(found: Vocabularies, expected: Vocabularies) -> None:
    for one, other in zip(found.four, expected.four, strict=True):
        assert list(one.concepts.items()) == list(other.concepts.items())
        assert list(one.concepts) == list(other.concepts)
        assert list(one.concepts.values()) == list(other.concepts.values())
        assert list(one.by_word.items()) == list(other.by_word.items())
        assert (len(one.concepts), len(one.by_word)) == (len(other.concepts), len(other.by_word))
        for word in WORDS:
            assert one.named(word) == other.named(word)
            for part in (fold(word)[:2], fold(word)[1:]):
                assert list(one.words_holding(part, 3)) == list(other.words_holding(part, 3))
        for code in (*CODES, "\ud800"):
            assert one.coded(code) == other.coded(code)
            assert (code in one.concepts) == (code in other.concepts)
            assert list(one.below(code)) == list(other.below(code))
            assert sorted(one.concepts.codes_alike(code.lower())) == sorted(other.concepts.codes_alike(code.lower()))
            assert one.reach(code) == other.reach(code)
            assert Suggester(one).near(f"{code}x") == Suggester(other).near(f"{code}x")
        for word in WORDS:
            assert Suggester(one).near(f"{word}e") == Suggester(other).near(f"{word}e")
        look_ups_agree(one)
    assert [(one.path, one.columns, one.editable, one.is_unread, one.has_digits) for one in found.files] == [
        (one.path, one.columns, one.editable, one.is_unread, one.has_digits) for one in expected.files
    ]
    for file, same in zip(found.files, expected.files, strict=True):
        assert (file.concepts, file.problems, tuple(file.lines)) == (same.concepts, same.problems, tuple(same.lines))
    assert found.problems == expected.problems


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_compiled_it_says_what_it_says_in_memory(seed: int) -> None:
    random = Random(seed)
    with TemporaryDirectory() as place:
        folder = drawn(Path(place), random)
        expected = folder.in_memory()
        says_the_same(folder.read(), expected)
        again = folder.read()
        says_the_same(again, expected)
        assert all(isinstance(one.concepts, StoredConcepts) for one in again.four)
        for file in expected.files:
            # As an editor has it while somebody writes.
            lines = [*file.lines, "D,new\n"]
            edited = read_vocabulary_lines(file.path, lines, file.vocabulary)
            says_the_same(with_file(again, edited), with_file(expected, edited))


@pytest.fixture(params=[1 << 20, 0], ids=["held in memory", "left on the disk"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.setattr(compiled, "MOST_HELD", request.param)
    rows = "".join(f"A.{number},word {number},kind {number % 7}\n" for number in range(300))
    (tmp_path / "names.csv").write_text(f"code,prefLabel@nb,altLabel@nb\nA,all,\n{rows}", encoding="utf-8")
    (tmp_path / "times.csv").write_text("code,prefLabel@nb\nT,now\n", encoding="utf-8")
    return Folder(tmp_path)


def flipped(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)


def linked(file: Path) -> None:
    file.rename(file.with_name("elsewhere"))
    file.symlink_to("elsewhere")


DAMAGES: dict[str, Callable[[Path], object]] = {
    "gone": Path.unlink,
    "empty": lambda file: file.write_bytes(b""),
    "another's": lambda file: file.write_bytes(b"SQLite format 3\0" + bytes(5000)),
    "cut short": lambda file: file.write_bytes(file.read_bytes()[:-500]),
    "a bit is wrong": flipped,
    "longer": lambda file: file.write_bytes(file.read_bytes() + b"?"),
    "a link": linked,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_not_as_it_was_left_is_made_anew(folder: Folder, damage: str) -> None:
    expected = folder.in_memory()
    folder.read()
    DAMAGES[damage](folder.kept("names"))
    says_the_same(folder.read(), expected)
    says_the_same(folder.read(), expected)


def test_what_a_failing_disk_does_is_found_when_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "MOST_HELD", 0)
    rows = "".join(f"A.{number},word {number}\n" for number in range(3000))
    (tmp_path / "names.csv").write_text(f"code,prefLabel@nb\n{rows}", encoding="utf-8")
    folder = Folder(tmp_path)
    expected = folder.in_memory()
    folder.read()
    file = folder.kept("names")
    data, state = bytearray(file.read_bytes()), file.stat()
    # All pages but those that say which tables there are, and by whom they were made.
    data[8 * 4096 : -4096] = bytes(len(data) - 9 * 4096)
    file.write_bytes(data)
    os.utime(file, ns=(state.st_mtime_ns, state.st_mtime_ns))
    says_the_same(folder.read(), expected)


def test_only_what_changed_is_compiled_again(folder: Folder) -> None:
    folder.read()
    before = {name: folder.kept(name).stat().st_ino for name in ("names", "times")}
    (folder.root / "times.csv").write_text("code,prefLabel@nb\nT,then\n", encoding="utf-8")
    assert folder.read().times.concepts["T"].label("nb") == "then"
    after = {name: folder.kept(name).stat().st_ino for name in ("names", "times")}
    assert after["names"] == before["names"]
    assert after["times"] != before["times"]


def test_another_version_compiles_anew(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.read()
    before = folder.kept("names").stat().st_ino
    monkeypatch.setattr(compiled, "own_code_digest", lambda: "another")
    folder.read()
    assert folder.kept("names").stat().st_ino != before


def test_where_nothing_can_be_kept_it_is_in_memory(folder: Folder) -> None:
    (folder.root / ".vkd").write_text("somebody's file", encoding="utf-8")
    found = folder.read()
    says_the_same(found, folder.in_memory())
    assert not any(isinstance(one.concepts, StoredConcepts) for one in found.four)


def test_a_file_that_cannot_be_read_is_said_so_and_compiles_nothing(folder: Folder) -> None:
    (folder.root / "names.csv").unlink()
    (folder.root / "vkd.toml").write_text('[vocabularies]\nnames = ["names.csv"]\n', encoding="utf-8")
    says_the_same(folder.read(), folder.in_memory())
    assert not folder.kept("names").exists()


PROGRAM = """
import sys
from tests.catalog.test_compiled import Folder
from pathlib import Path
folder = Folder(Path(sys.argv[1]))
while True:
    assert len(folder.read().names.concepts) == 301
    folder.kept("names").unlink(missing_ok=True)
    print("once", flush=True)
"""


def test_killed_while_it_compiles_it_leaves_a_whole_one_or_none(folder: Folder) -> None:
    expected, random = folder.in_memory(), Random(1972)
    for _ in range(2):
        programs = [
            subprocess.Popen([sys.executable, "-c", PROGRAM, str(folder.root)], stdout=subprocess.PIPE)
            for _ in range(2)
        ]
        for program in programs:
            assert program.stdout is not None
            program.stdout.readline()
        time.sleep(random.random() / 4)
        for program in programs:
            program.send_signal(signal.SIGKILL)
            program.communicate()
        says_the_same(folder.read(), expected)


def test_what_was_opened_stays_as_it_was_while_another_takes_its_place(folder: Folder) -> None:
    had = folder.read()
    (folder.root / "names.csv").write_text("code,prefLabel@nb\nB,other\n", encoding="utf-8")
    folder.read()
    assert had.names.concepts["A.299"].label("nb") == "word 299"
    assert had.names.by_word["word 7"] == ("A.7",)


def test_misspelt_words_of_many_are_found_as_in_memory(tmp_path: Path) -> None:
    """Of so many words not all are compared with."""
    rows = "".join(f"A.{number},word {number},kind {number % 7}\n" for number in range(3000))
    (tmp_path / "names.csv").write_text(f"code,prefLabel@nb,altLabel@nb\n{rows}", encoding="utf-8")
    folder = Folder(tmp_path)
    found, expected = Suggester(folder.read().names), Suggester(folder.in_memory().names)
    for word in ("wrod 77", "kind", "wo 2999", "A.17x", "word 299"):
        assert found.nearest(word) == expected.nearest(word)


def test_words_as_one_types_them_are_kept_for_the_next(folder: Folder) -> None:
    words = folder.read().names.concepts.words
    assert words is not None
    assert not words.is_ready
    steps = sum(1 for _ in iter(words.step, False))
    assert steps > 5, "other work may come in between"
    again = folder.read().names.concepts.words
    assert again is not None
    assert again.is_ready
    (folder.root / "names.csv").write_text("code,prefLabel@nb\nB,other\n", encoding="utf-8")
    changed = folder.read().names.concepts.words
    assert changed is not None
    assert not changed.is_ready


def all_tables(file: Path) -> Iterator[str]:
    with sqlite3.connect(file) as connection:
        yield from (name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))


def test_anyone_can_look_into_it(folder: Folder) -> None:
    folder.read()
    assert {"concept", "word", "trait", "source", "problem"} <= set(all_tables(folder.kept("names")))
