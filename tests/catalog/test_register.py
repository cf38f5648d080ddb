"""How the register is kept up to date with the files, and stored (docs/language.md section 9).

What every engine must do, whatever it stores, is tried in `engines/test_conformance.py`.
"""

import os
from collections.abc import Callable, Collection
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
from vkd_catalog.register import FileState, ProductRecord, SentenceRecord, StatedTime
from vkd_grammar.document import read_document
from vkd_grammar.times import BEGINNING, NOT_STATED, Series, span


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
    catalogue.overlay("one.vkd", read_document(PRODUCT.format("six") + PRODUCT.format("seven"), PARSER))
    assert [product.identification for _, product in copy.products()] == ["seven", "six", "two"]
    assert [product.identification for _, product in other.register.products()] == ["one", "two"]
    other.register.close()
    copy.close()


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("1970", span(19700101, 19701231)),
        ("..1970", span(BEGINNING, 19701231)),
        ("199306..202306:A", Series(19940101, 20221231, "A")),
        ("1993..:K", Series(19930101, 20230331, "Q")),
        ("..:D", Series(BEGINNING, 20230515, "D")),
        ("2024..:A", Series(20240101, 20230515, "A")),
        ("?", NOT_STATED),
    ],
)
def test_a_time_is_registered_as_it_is_stated(written: str, time: StatedTime, tmp_path: Path) -> None:
    """A series begins and ends with its periods, an open one on the day of the last update."""
    for name in ("object-types", "names", "characteristics"):
        (tmp_path / f"{name}.csv").write_text("code,prefLabel@nb\nA,A\n", encoding="utf-8")
    product = f"0 / Produktbeskrivelse / p / updated=20230515\n1 / A / A / A / {written} / .\n"
    (tmp_path / "p.vkd").write_text(product, encoding="utf-8")
    catalogue = open_catalogue(tmp_path, PARSER)
    ((number, _),) = catalogue.register.products()
    assert [sentence.time for sentence in catalogue.register.sentences(number)] == [time]
    assert catalogue.register.missed() == []
