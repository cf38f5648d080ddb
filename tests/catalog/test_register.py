"""The register against a plain search over its sentences, and how it is kept up to date (docs/language.md section 9)."""

import os
import sqlite3
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.asking import PARSER, ask, opened, tried
from tests.catalog.worlds import World, worlds
from tests.catalog.writing import write_products
from vkd_catalog import files as files_module
from vkd_catalog.cache import Cache
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.engines.embedded import open_register
from vkd_catalog.files import FileReader
from vkd_catalog.register import Ask, Codes, FileState, Found, ProductRecord, Register, Registered, SentenceRecord
from vkd_grammar.document import read_document

Make = Callable[[Path], Register]
ENGINES: dict[str, Make] = {
    "memory": lambda folder: open_register(None, "key"),
    "file": lambda folder: open_register(Cache(folder), "key"),
}
CODES = ("A", "A.1", "A.1.1", "A.10", "A-1", "Å", "Å.1", "a", "B")
DAYS = (0, 19600101, 19601101, 19651231, 99999999)

codes = st.sampled_from(CODES)
stretches = st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(lambda days: (min(days), max(days)))
sentences = st.builds(
    lambda object_type, name, characteristic, days, fixed: SentenceRecord(
        0, object_type, name, characteristic, days[0], days[1], fixed
    ),
    codes,
    codes,
    codes,
    stretches,
    st.booleans(),
)
products = st.builds(
    lambda name, row, found: (
        ProductRecord(name, "", row, {"data": "x:y"}, ("A", "Å.1"), "not assessed"),
        tuple(sentence._replace(line=line) for line, sentence in enumerate(found, start=1)),
    ),
    st.sampled_from(["one", "ONE", "two", "Ørland", "ørland", "three"]),
    st.integers(0, 9),
    st.lists(sentences, max_size=4),
)
files = st.dictionaries(st.sampled_from("abc"), st.lists(products, max_size=3, unique_by=lambda one: one[0].row))
some_codes = st.none() | st.builds(
    lambda exactly, below: Codes(tuple(exactly), tuple(below)), st.lists(codes, max_size=2), st.lists(codes, max_size=2)
)
asks = st.builds(Ask, some_codes, some_codes, some_codes, st.none() | stretches)

Files = dict[str, list[tuple[ProductRecord, tuple[SentenceRecord, ...]]]]


def placed(files: Files) -> list[tuple[str, FileState, Sequence[Registered]]]:
    return [
        (path, FileState("", repr(found)), [(product._replace(path=path), lines) for product, lines in found])
        for path, found in files.items()
    ]


def visible(files: Files) -> list[Registered]:
    """The products that can be found, by identification: of several called alike, the first by path and row."""
    every = [one for _, _, found in placed(files) for one in found]
    every.sort(key=lambda one: (one[0].identification.casefold(), one[0].path, one[0].row))
    return [
        one
        for place, one in enumerate(every)
        if not place or every[place - 1][0].identification.casefold() != one[0].identification.casefold()
    ]


def answers(ask: Ask, sentence: SentenceRecord) -> bool:
    fields = zip((ask.object_type, ask.name, ask.characteristic), sentence[1:4], strict=True)
    return all(wanted is None or is_one_of(code, wanted) for wanted, code in fields) and (
        ask.time is None or sentence.fixed or (sentence.start <= ask.time[1] and ask.time[0] <= sentence.end)
    )


def is_one_of(code: str, wanted: Codes) -> bool:
    return code in wanted.exactly or any(
        code.split(".")[: len(above.split("."))] == above.split(".") and code != above for above in wanted.below
    )


@pytest.mark.parametrize("engine", ENGINES)
@tried
@given(files, st.lists(asks, min_size=5, max_size=5))
def test_finding_is_looking_at_every_sentence(
    engine: str, tmp_path_factory: pytest.TempPathFactory, files: Files, asks: list[Ask]
) -> None:
    register = ENGINES[engine](tmp_path_factory.mktemp("register"))
    register.replace(placed(files), ())
    there = visible(files)
    numbers = [number for number, _ in register.products()]
    assert [product for _, product in register.products()] == [product for product, _ in there]
    assert [register.product(number) for number in numbers] == [product for product, _ in there]
    assert [register.sentences(number) for number in numbers] == [lines for _, lines in there]
    assert register.size() == (len(there), sum(len(lines) for _, lines in there))
    for question in asks:
        expected = {
            Found(number, sentence)
            for number, (_, lines) in zip(numbers, there, strict=True)
            for sentence in lines
            if answers(question, sentence)
        }
        assert set(register.find(question)) == expected
        assert len(register.find(question)) == len(expected)
        within = numbers[::2]
        assert set(register.find(question, within)) == {found for found in expected if found.product in within}
    register.close()


@pytest.mark.parametrize("engine", ENGINES)
@tried
@given(st.lists(files, min_size=1, max_size=4))
def test_a_register_brought_up_to_date_is_as_one_made_afresh(
    engine: str, tmp_path_factory: pytest.TempPathFactory, states: list[Files]
) -> None:
    register = ENGINES[engine](tmp_path_factory.mktemp("register"))
    before: Files = {}
    copies = []
    for state in states:
        changed = {path: found for path, found in state.items() if before.get(path) != found}
        register.replace(placed(changed), before.keys() - state.keys())
        before = state
        copies.append((register.copy(), state))
    for one, state in [(register, states[-1]), *copies]:
        fresh = open_register(None, "key")
        fresh.replace(placed(state), ())
        assert content(one) == content(fresh)
        one.close()


def content(register: Register) -> object:
    """All that a register says, whatever numbers its products have."""
    return (
        [(product, register.sentences(number)) for number, product in register.products()],
        register.files(),
        register.size(),
        [register.called(name) for name in ("One", "TWO", "ØRLAND", "nobody")],
    )


@tried
@given(st.lists(worlds(products=5, demands=1), min_size=2, max_size=3), st.integers(0, 2**32))
def test_a_catalogue_whose_files_change_is_as_one_read_afresh(changes: list[World], seed: int) -> None:
    """Products are rewritten, come and go between openings; some files look untouched for long, others fresh."""
    random = Random(seed)
    first = changes[0]
    with opened(first.catalogue, random) as catalogue:
        for world in changes:
            rewrite(catalogue.root / "products", world, random)
            changed = open_catalogue(catalogue.root, PARSER)
            with opened(first.catalogue._replace(products=()), random) as fresh:
                for file in (catalogue.root / "products").iterdir():
                    (fresh.root / "products" / file.name).write_bytes(file.read_bytes())
                again = open_catalogue(fresh.root, PARSER)
                assert said(changed) == said(again)
                assert changed.revision == again.revision
                for demand in first.demands:
                    one, other = ask(changed, demand), ask(again, demand)
                    assert list(one.covers) == list(other.covers)
                    assert (one.near_misses, one.why) == (other.near_misses, other.why)
                again.register.close()
            changed.register.close()


def rewrite(folder: Path, world: World, random: Random) -> None:
    """Some files go, some stay, some are written with the products of another world."""
    for file in sorted(folder.iterdir()):
        if random.random() < 0.3:
            file.unlink()
    kept = [product for product in world.catalogue.products if random.random() < 0.7]
    write_products(kept, folder.parent, random)
    for number, file in enumerate(sorted(folder.iterdir())):
        if random.random() < 0.5:
            long_ago = 10**18 + hash((file.read_bytes(), number)) % 10**17
            os.utime(file, ns=(long_ago, long_ago))


def said(catalogue: Catalogue) -> list[tuple[ProductRecord, tuple[SentenceRecord, ...]]]:
    register = catalogue.register
    return [(product, register.sentences(number)) for number, product in register.products()]


# Files of a register, and of a catalogue


def registered(folder: Path, key: str) -> Collection[str]:
    register = open_register(Cache(folder), key)
    paths = set(register.files())
    register.close()
    return paths


def test_a_register_is_kept_for_its_key_and_made_anew_for_another(tmp_path: Path) -> None:
    register = open_register(Cache(tmp_path), "one")
    register.replace([("a", FileState("", "x"), [])], ())
    register.close()
    assert registered(tmp_path, "one") == {"a"}
    register = open_register(Cache(tmp_path), "two")
    register.replace([("b", FileState("", "x"), [])], ())
    register.close()
    assert registered(tmp_path, "two") == {"b"}
    assert registered(tmp_path, "one") == set()


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + bytes(5000)])
def test_a_damaged_register_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / ".vkd/register.sqlite"
    file.parent.mkdir()
    file.write_bytes(damage)
    assert registered(tmp_path, "key") == set()
    register = open_register(Cache(tmp_path), "key")
    register.replace([("a", FileState("", "x"), [])], ())
    register.close()
    assert registered(tmp_path, "key") == {"a"}


def test_a_register_that_cannot_be_written_is_in_memory(tmp_path: Path) -> None:
    register = open_register(Cache(tmp_path / "no folder"), "key")
    register.replace([("a", FileState("", "x"), [])], ())
    assert set(register.files()) == {"a"}
    assert not (tmp_path / "no folder").exists()
    register.close()


def test_a_change_that_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    register = open_register(Cache(tmp_path), "key")
    register.replace([("a", FileState("", "x"), [])], ())
    bad = SentenceRecord(1, "A", "A", "A", 0, 0, False)
    product = ProductRecord("one", "b", 0, {}, (), "no")
    with pytest.raises(sqlite3.Error):
        register.replace([("b", FileState("", "y"), [(product, [bad, bad])])], ["a"])
    assert set(register.files()) == {"a"}
    assert register.products() == []
    register.close()


PRODUCT = "0 / Product description / {} / data=https://x\n1 / [A] / [R] / [B] / 1960 / .\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A catalogue of two products in two files, all last changed long ago."""
    (tmp_path / "object-types.csv").write_text("code,kind,number,unit\nA,individual,plural,person\n")
    (tmp_path / "names.csv").write_text("code,kind\nR,register\n")
    (tmp_path / "characteristics.csv").write_text("code,kind\nB,individual\n")
    for name in ("one", "two"):
        (tmp_path / f"{name}.vkd").write_text(PRODUCT.format(name))
    for file in tmp_path.iterdir():
        os.utime(file, (10**9, 10**9))
    return tmp_path


def read(workspace: Path) -> tuple[list[str], str]:
    """What can be found, and the revision."""
    catalogue = open_catalogue(workspace, PARSER)
    found = [product.identification for _, product in catalogue.register.products()]
    revision = catalogue.revision
    catalogue.register.close()
    return found, revision


def touch(file: Path) -> None:
    os.utime(file, (2 * 10**9, 2 * 10**9))


CHANGES: dict[str, tuple[Callable[[Path], object], list[str], bool]] = {
    "nothing": (lambda root: None, ["one", "two"], True),
    "a file is touched": (lambda root: touch(root / "one.vkd"), ["one", "two"], True),
    "a file is written again": (
        lambda root: (root / "one.vkd").write_text(PRODUCT.format("one")),
        ["one", "two"],
        True,
    ),
    "the cache is gone": (lambda root: (root / ".vkd/register.sqlite").unlink(), ["one", "two"], True),
    "the cache is damaged": (lambda root: (root / ".vkd/register.sqlite").write_bytes(b"?"), ["one", "two"], True),
    "a product is renamed": (lambda root: (root / "one.vkd").write_text(PRODUCT.format("six")), ["six", "two"], False),
    "a file is gone": (lambda root: (root / "one.vkd").unlink(), ["two"], False),
    "a file is new": (lambda root: (root / "0.vkd").write_text(PRODUCT.format("0")), ["0", "one", "two"], False),
    "a file moves": (lambda root: (root / "one.vkd").rename(root / "three.vkd"), ["one", "two"], False),
    "a product is named twice": (
        lambda root: (root / "a.vkd").write_text(PRODUCT.format("ONE")),
        ["ONE", "two"],
        False,
    ),
    "a demand is new": (
        lambda root: (root / "d.vkd").write_text(PRODUCT.format("d").replace("Product", "Demand")),
        ["one", "two"],
        False,
    ),
    "a vocabulary changes": (
        lambda root: (root / "names.csv").write_text("code,kind\nR,register\nS,register\n"),
        ["one", "two"],
        False,
    ),
    "a setting changes": (
        lambda root: (root / "vkd.toml").write_text(
            '[vocabularies]\nobject-types = ["object-types.csv"]\nnames = ["names.csv"]\n'
            'characteristics = ["characteristics.csv"]\n[archives]\nx = "y"\n'
        ),
        ["one", "two"],
        False,
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_same_content_has_the_same_revision_and_other_content_another(workspace: Path, change: str) -> None:
    make, expected, same = CHANGES[change]
    before = read(workspace)
    make(workspace)
    after = read(workspace)
    assert after == read(workspace)
    assert after[0] == expected
    assert (before[1] == after[1]) is same


def test_what_another_place_says_has_the_same_revision(
    workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("elsewhere") / workspace.name
    other.mkdir()
    for file in workspace.iterdir():
        (other / file.name).write_bytes(file.read_bytes())
    assert read(workspace) == read(other)


def test_a_file_that_is_untouched_is_not_read_again(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its state tells a change, or opening a large catalogue would mean reading all of it."""
    settled(monkeypatch)
    before = read(workspace)
    monkeypatch.setattr(FileReader, "read", only_vocabularies(FileReader.read))
    assert read(workspace) == before
    touch(workspace / "one.vkd")
    with pytest.raises(AssertionError):
        read(workspace)


def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets files count as unchanged by their state though they have just been written."""
    monkeypatch.setattr(files_module, "_SETTLED_NS", 0)


def only_vocabularies(read: Callable[[FileReader, str], bytes | None]) -> Callable[[FileReader, str], bytes | None]:
    def reading(reader: FileReader, path: str) -> bytes | None:
        assert not path.endswith(".vkd")
        return read(reader, path)

    return reading


@pytest.mark.parametrize("again", ["in place", "renamed"])
def test_other_content_of_the_same_size_and_time_is_seen(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, again: str
) -> None:
    """As `cp -p` and `rsync --inplace -t` leave it."""
    settled(monkeypatch)
    read(workspace)
    file = workspace / "one.vkd"
    if again == "renamed":
        (workspace / "six").write_text(PRODUCT.format("six"))
        os.replace(workspace / "six", file)
    else:
        with file.open("r+") as text:
            text.write(PRODUCT.format("six"))
    os.utime(file, (10**9, 10**9))
    assert read(workspace)[0] == ["six", "two"]


def test_a_text_stands_in_for_its_file_in_a_copy_only(workspace: Path) -> None:
    catalogue, other = open_catalogue(workspace, PARSER), open_catalogue(workspace, PARSER)
    assert catalogue.register.size() == (2, 2)
    copy = catalogue.register.copy()
    catalogue.register.close()
    catalogue.register = copy
    catalogue.cover("one.vkd", read_document(PRODUCT.format("six") + PRODUCT.format("seven"), PARSER))
    assert [product.identification for _, product in copy.products()] == ["seven", "six", "two"]
    assert [product.identification for _, product in other.register.products()] == ["one", "two"]
    other.register.close()
    copy.close()
