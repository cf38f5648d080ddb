"""A register in a file: what it answers is what its folder answers, whatever happens to the file in between."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.asking import HARMLESS, PARSER, ask_text, tried
from tests.catalog.worlds import World, worlds
from tests.catalog.writing import demand_text, write_catalogue
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.engines.built import Built, look_into, open_built
from vkd_catalog.federation.handed_out import hand_out
from vkd_catalog.message.as_json import answer_as_json
from vkd_grammar.parser import Parser
from vkd_server.workspace.public import to_hand_out

EXAMPLES = Path(__file__).parents[2] / "examples"
READERS, REPLACEMENTS = 200, 100


def built(root: Path, to: Path, *, public: bool = False) -> Path:
    """The register file of a workspace."""
    whole = open_catalogue(root, PARSER)
    file = hand_out(to_hand_out(whole) if public else whole, to, whole.revision)
    whole.register.close()
    return file


def naming(folder: Path, address: str) -> Catalogue:
    """A workspace that has nothing but another catalogue."""
    folder.mkdir(exist_ok=True)
    (folder / "vkd.toml").write_text(f"[catalogues]\ndk = '{address}'\n", encoding="utf-8")
    return open_catalogue(folder, PARSER)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return built(EXAMPLES / "folketelling", tmp_path / "out")


@tried
@given(worlds(), st.integers(0, 2**32))
def test_a_file_answers_as_its_folder(world: World, seed: int) -> None:
    random = Random(seed)
    with TemporaryDirectory() as place:
        root = Path(place)
        (root / "t").mkdir()
        write_catalogue(world.catalogue, root / "t", random)
        catalogues = [naming(root / "a", "../t"), naming(root / "b", str(built(root / "t", root)))]
        for demand in world.demands:
            text = demand_text(demand.lines, demand.operators, demand.archive, random)
            text = re.sub(r"\[\s*", "[dk:", text)
            found = [ask_text(one, text, demand.max_sets) for one in catalogues]
            assert found[0][1] == found[1][1] <= HARMLESS
            assert answer_as_json(found[0][0], None) == answer_as_json(found[1][0], None)
        for one in catalogues:
            one.register.close()


@pytest.mark.parametrize("most_held", [1 << 28, 0], ids=["held in memory", "left on the disk"])
@pytest.mark.parametrize("name", ["folketelling", "norden/dk", "registre-dk"])
def test_a_file_says_what_its_folder_says(name: str, most_held: int, tmp_path: Path) -> None:
    whole = open_catalogue(EXAMPLES / name, PARSER)
    read = open_built(hand_out(whole, tmp_path, whole.revision, "CC BY 4.0"), most_held)
    assert isinstance(read, Built)
    assert (read.about.name, read.about.licence) == (whole.configuration.name, "CC BY 4.0")
    assert (read.about.revision, read.about.archives) == (whole.revision, whole.configuration.archives)
    for had, now in zip(whole.vocabularies.four, read.vocabularies.four, strict=True):
        assert list(now.concepts.values()) == [one._replace(source="", row=0) for one in had.concepts.values()]
        assert list(now.by_word.items()) == list(had.by_word.items())
        assert len(now.by_word) == len(had.by_word)
        assert "no such code" not in now.concepts
        assert now.concepts.get("no such code") is None
    held = {one.identification: (one.values, one.unit_id) for _, one in whole.register.products()}
    assert {one.identification: (one.values, one.unit_id) for _, one in read.register.products()} == held
    assert read.register.size() == whole.register.size()
    for number, product in whole.register.products():
        there = read.register.numbered(product.identification)
        assert there is not None
        assert read.register.sentences(there) == whole.register.sentences(number)
    whole.register.close()


def test_the_addresses_in_a_private_file_lead_where_they_led(tmp_path: Path) -> None:
    file = built(EXAMPLES / "folketelling", tmp_path)
    folder, handed_out = naming(tmp_path / "a", str(EXAMPLES / "folketelling")), naming(tmp_path / "b", str(file))
    for address in ("F:ft60-person.csv", "archive/ft60-person.csv", "https://example.no/a"):
        assert handed_out.resolve(address, "dk:ft60-person") == folder.resolve(address, "dk:ft60-person")
    folder.register.close()
    handed_out.register.close()


def test_the_same_catalogue_gives_the_same_file(tmp_path: Path) -> None:
    first = built(EXAMPLES / "folketelling", tmp_path / "one")
    second = built(EXAMPLES / "folketelling", tmp_path / "two")
    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()
    assert [path.name for path in (tmp_path / "one").iterdir()] == [first.name]
    name, _, digest = first.stem.rpartition("-")
    assert name == open_catalogue(EXAMPLES / "folketelling", PARSER).configuration.name.replace(" ", "-")
    assert len(bytes.fromhex(digest)) == 8


def test_a_build_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        built(EXAMPLES / "folketelling", tmp_path)
    assert list(tmp_path.iterdir()) == []


DAMAGE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut off": (lambda data: data[: len(data) // 2], "damaged"),
    "its seal cut off": (lambda data: data[:-1], "damaged"),
    "a page written twice": (lambda data: data[:4096] + data, "damaged"),
    "one bit in the middle": (lambda data: data[:9000] + bytes([data[9000] ^ 1]) + data[9001:], "damaged"),
    "one bit in what it says": (lambda data: data[:-100] + bytes([data[-100] ^ 1]) + data[-99:], "damaged"),
    "a newer one": (lambda data: data[:-59] + b"9" + data[-58:], "newer"),
    "an older one": (lambda data: data[:-54] + b"0" + data[-53:], "older"),
    "empty": (lambda data: b"", "no-register"),
    "something else": (lambda data: b"name,code\n" * 99, "no-register"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_file_that_is_not_what_was_built_is_told(file: Path, kind: str, tmp_path: Path) -> None:
    damage, lost = DAMAGE[kind]
    bad = tmp_path / "bad.vkdreg"
    bad.write_bytes(damage(file.read_bytes()))
    assert open_built(bad) == look_into(bad) == lost
    workspace = naming(tmp_path / "a", "../bad.vkdreg")
    assert [(one.name, one.lost) for one in workspace.unread_catalogues] == [("dk", lost)]
    assert [(one.path, one.reason) for one in workspace.register.missed()] == [("../bad.vkdreg", lost)]
    workspace.register.close()


def test_tables_that_nobody_builds_are_not_asked(file: Path, tmp_path: Path) -> None:
    import sqlite3

    from vkd_catalog.engines.built.about import file_version
    from vkd_catalog.engines.built.seal import seal

    sealed = open_built(file)
    assert isinstance(sealed, Built)
    other = tmp_path / "other.vkdreg"
    connection = sqlite3.connect(other)
    connection.execute(
        "CREATE VIEW sentence AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n"
    )
    connection.close()
    with other.open("r+b") as opened:
        seal(opened, sealed.about, file_version())
    assert open_built(other) == "damaged"


@pytest.mark.parametrize(
    ("address", "lost"),
    [("none.vkdreg", "missing"), ("folder.vkdreg", "not-regular"), ("pipe.vkdreg", "not-regular"), ("\\0", "missing")],
)
def test_what_is_no_file_is_told(address: str, lost: str, tmp_path: Path) -> None:
    (tmp_path / "folder.vkdreg").mkdir()
    os.mkfifo(tmp_path / "pipe.vkdreg")
    workspace = naming(tmp_path / "a", f"../{address}")
    assert [one.lost for one in workspace.unread_catalogues] == [lost if address != "\\0" else "no-catalogue"]
    workspace.register.close()


def test_one_file_under_two_names_is_read_once(file: Path, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/vkd.toml").write_text(f"[catalogues]\none = '{file}'\ntwo = '{file}'\n", encoding="utf-8")
    workspace = open_catalogue(tmp_path / "a", PARSER)
    assert [one.lost for one in workspace.named] == [None, "twice"]
    workspace.register.close()


def test_mappings_come_along_and_lead_from_one_file_to_another(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "norden", tmp_path / "norden")
    settings = tmp_path / "norden/vkd.toml"
    text = settings.read_text(encoding="utf-8")
    for name in ("no", "dk", "se"):
        file = built(tmp_path / "norden" / name, tmp_path)
        text = text.replace(f'"{name}"', f'"../{file.name}"').replace(f'"./{name}"', f'"../{file.name}"')
    settings.write_text(text, encoding="utf-8")
    norden, folders = open_catalogue(tmp_path / "norden", PARSER), open_catalogue(EXAMPLES / "norden", PARSER)
    assert {one.address for one in norden.named} == {f"../{path.name}" for path in tmp_path.glob("*.vkdreg")}
    assert norden.vocabularies.characteristics.reach("no:KJONN") == folders.vocabularies.characteristics.reach(
        "no:KJONN"
    )
    assert norden.vocabularies.object_types.reach("se:PER").same == {"no:P", "dk:PERS", "se:PER"}
    assert norden.vocabularies.problems["mappings.sssom.tsv"] == ()
    assert norden.revision != folders.revision
    norden.register.close()
    folders.register.close()


def test_nothing_internal_is_in_a_public_file(tmp_path: Path) -> None:
    root = tmp_path / "dk"
    shutil.copytree(EXAMPLES / "norden/dk", root)
    number, product = "01010750160", root / "products/bef.vkd"
    text = product.read_text(encoding="utf-8")
    text = text.replace("series=dst", "series=Hemmelig").replace("doc=https://data.example.dk/dok", "doc=/srv/intern")
    product.write_text(text.replace("form=", f"contact=Kari {number}; form=", 1), encoding="utf-8")
    words = root / "vocabulary/characteristics.csv"
    words.write_text(words.read_text(encoding="utf-8").replace("Formue", f"Formue {number}"), encoding="utf-8")
    secrets = ["Hemmelig", number, "/srv/intern", "products/bef.vkd"]
    whole, public = built(root, tmp_path / "whole").read_bytes(), built(root, tmp_path / "public", public=True)
    assert [secret for secret in secrets if secret.encode() in whole] == secrets[:3]
    assert [secret for secret in secrets if secret.encode() in public.read_bytes()] == []
    read = open_built(public)
    assert isinstance(read, Built)
    assert read.about.is_public
    (bef,) = read.register.called("BEF")
    assert bef.values["doc"] == "-"
    assert bef.values["series"].startswith("series-")


@pytest.mark.parametrize("public", [False, True])
def test_what_can_be_linked_is_known_although_series_are_not_told(public: bool, tmp_path: Path) -> None:
    file = built(EXAMPLES / "norden/dk", tmp_path, public=public)
    shutil.copytree(EXAMPLES / "norden/dk", tmp_path / "dk")
    (tmp_path / "m.tsv").write_text(
        "subject_id\tpredicate_id\tobject_id\none:PNR\tskos:exactMatch\ttwo:PNR\n", encoding="utf-8"
    )
    (tmp_path / "vkd.toml").write_text(
        f'[vocabularies]\nmappings = ["m.tsv"]\n[catalogues]\none = "dk"\ntwo = "{file.name}"\n', encoding="utf-8"
    )
    workspace = open_catalogue(tmp_path, PARSER)
    text = "0 / Efterspørgselsbeskrivelse / x\n1 / Personer / - / [one:KOEN] / 2020 / O\n2 / Personer / - / [two:FORMUE] / 2020 / .\n"
    answer, problems = ask_text(workspace, text, 3)
    assert not problems
    (cover,) = answer.covers
    assert [(pair.verdict, pair.rules["R2"]) for pair in cover.linkage] == [("yes", "yes")]
    workspace.register.close()


def test_addresses_that_were_left_out_are_said_to_be(tmp_path: Path) -> None:
    file = built(EXAMPLES / "folketelling", tmp_path, public=True)
    workspace = naming(tmp_path / "a", f"../{file.name}")
    text = (EXAMPLES / "folketelling/demands/eksempel-3.vkd").read_text(encoding="utf-8")
    answer, _ = ask_text(workspace, text, 3)
    told = json.loads(json.dumps(answer_as_json(answer, None)))["products"]
    assert told
    assert all(
        one["data"] is None and "data" in one["withheld"] and "data" not in one["stated"] for one in told.values()
    )
    workspace.register.close()


def test_readers_find_one_or_the_other_while_the_file_is_replaced(tmp_path: Path) -> None:
    """Two catalogues take turns under the name that a workspace has for them; whoever reads is answered from all of the
    one or from all of the other."""
    files = [built(EXAMPLES / name, tmp_path / "built") for name in ("folketelling", "norden/dk")]
    wanted = {said_by(naming(tmp_path / file.stem, str(file)).root) for file in files}
    named = tmp_path / "current.vkdreg"
    shutil.copy(files[0], named)
    naming(tmp_path / "a", "../current.vkdreg").register.close()
    begin = Event()
    found: list[object] = []

    def read() -> None:
        begin.wait()
        found.append(said_by(tmp_path / "a"))

    readers = [Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    begin.set()
    for turn in range(REPLACEMENTS):
        shutil.copy(files[turn % 2], tmp_path / "next")
        os.replace(tmp_path / "next", named)
    for reader in readers:
        reader.join()
    assert len(found) == READERS
    assert set(found) <= wanted


def said_by(root: Path) -> object:
    """All that a workspace says, as one value: its products with their sentences, its concepts, what it could not
    read."""
    catalogue = open_catalogue(root, Parser())
    register = catalogue.register
    products = tuple((one.identification, register.sentences(number)) for number, one in register.products())
    concepts = [
        tuple((code, one.preferred) for code, one in four.concepts.items()) for four in catalogue.vocabularies.four
    ]
    missed = tuple(register.missed())
    register.close()
    return (products, *concepts, missed)


@pytest.fixture
def workspace(file: Path, tmp_path: Path) -> Iterator[Catalogue]:
    shutil.copy(file, tmp_path / "current.vkdreg")
    catalogue = naming(tmp_path / "a", "../current.vkdreg")
    yield catalogue
    catalogue.register.close()


def test_a_file_in_its_place_is_seen(workspace: Catalogue, tmp_path: Path) -> None:
    known, revision = workspace.register.files(), workspace.revision
    assert workspace.says_what_it_said()
    assert workspace.is_up_to_date(known)
    other = built(EXAMPLES / "norden/dk", tmp_path)
    os.replace(other, tmp_path / "current.vkdreg")
    assert not workspace.says_what_it_said()
    now = open_catalogue(workspace.root, PARSER)
    assert now.revision != revision
    assert [one.identification for _, one in now.register.products()] == ["dk:BEF", "dk:FORM"]
    now.register.close()
    assert workspace.register.copy().size() == workspace.register.size()
