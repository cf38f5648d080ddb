"""What every engine of the register must do, however it stores one. A new one is in the list, or this fails."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.asking import PARSER, ask, opened, tried
from tests.catalog.worlds import World, worlds
from tests.postgres import emptied
from tests.tidy.tree import ROOT, text
from vkd_catalog.cache import Cache
from vkd_catalog.engines import ENGINES, Engine, Place, embedded, embedded_columns, embedded_store
from vkd_catalog.register import (
    Ask,
    Codes,
    FileState,
    Found,
    Missed,
    ProductRecord,
    Register,
    Registered,
    SentenceRecord,
    contents_of,
    counted_by_finding,
    linking_of,
    said_by_finding,
)
from vkd_grammar.words import fold

Make = Callable[[Path], Register]


def in_memory(engine: str) -> Make:
    return lambda folder: ENGINES[engine]().open_register(None, "key")


def in_workspace(engine: str) -> Make:
    """Of those that share one register on a server, each folder's is apart from all others by its workspace and key."""
    return lambda folder: ENGINES[engine]().open_register(
        Cache(folder), f"key of {folder}", place=Place(workspace=str(folder))
    )


REGISTERS: dict[str, Make] = {
    f"{engine} {place}": make(engine)
    for engine in ENGINES
    for place, make in (("in memory", in_memory), ("in a workspace", in_workspace))
}
REGISTERS["postgres on two nodes"] = lambda folder: ENGINES["postgres"]().open_register(
    Cache(folder), f"key of {folder}", place=Place(workspace=str(folder), schema="spread")
)

REGISTERS["embedded, in columns"] = in_workspace("embedded")


def laid_over(folder: Path) -> Register:
    """An embedded register whose base holds what is gone since, so that all is laid over it."""
    register = ENGINES["embedded"]().open_register(Cache(folder), "key")
    register.replace([entry(path, product("one", path), product("Ørland", path, 1)) for path in "abc"], ())
    register.replace((), ["a", "b", "c"])
    return register


REGISTERS["embedded, laid over a base"] = laid_over
CODES = ("A", "A.1", "A.1.1", "A.10", "A-1", "Å", "Å.1", "a", "B")
DAYS = (0, 19600101, 19601101, 19651231, 99999999)

codes = st.sampled_from(CODES)
stretches = st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(lambda days: (min(days), max(days)))
sentences = st.builds(
    lambda object_type, name, characteristic, days, fixed, step: SentenceRecord(
        0, object_type, name, characteristic, days[0], days[1], fixed, step
    ),
    codes,
    codes,
    codes,
    stretches,
    st.booleans(),
    st.sampled_from(("", "", "A", "W", "?")),
)
products = st.builds(
    lambda name, row, collection, found: (
        ProductRecord(name, "", row, {"data": "x:y", **collection}, ("A", "Å.1"), "not assessed"),
        tuple(sentence._replace(line=line) for line, sentence in enumerate(found, start=1)),
    ),
    st.sampled_from(["one", "ONE", "two", "Ørland", "ørland", "three"]),
    st.integers(0, 9),
    st.sampled_from([{}, *({"collection": name} for name in ("two", "TWO ", "Ø", "thr", ""))]),
    st.lists(sentences, max_size=4),
)
files = st.dictionaries(st.sampled_from("abc"), st.lists(products, max_size=3, unique_by=lambda one: one[0].row))
some_codes = st.none() | st.builds(
    lambda exactly, below: Codes(tuple(exactly), tuple(below)), st.lists(codes, max_size=2), st.lists(codes, max_size=2)
)
asks = st.builds(Ask, some_codes, some_codes, some_codes, st.none() | stretches, st.booleans())

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


def collection_of(product: ProductRecord) -> str:
    return fold(product.values.get("collection", ""))


def shelves_of(there: Sequence[Registered]) -> list[tuple[str, int]]:
    """By the order of their names: the last edition of each collection, and how many it has; the others with 0."""
    shelves: dict[tuple[str, bool], list[str]] = {}
    for one, _ in there:
        name = collection_of(one)
        shelves.setdefault((name or one.identification.casefold(), bool(name)), []).append(one.identification)
    return [(found[-1], len(found) if edition else 0) for (_, edition), found in sorted(shelves.items())]


def answers(ask: Ask, sentence: SentenceRecord, its_set: Sequence[SentenceRecord]) -> bool:
    fields = zip((ask.object_type, ask.name, ask.characteristic), sentence[1:4], strict=True)
    return all(wanted is None or is_one_of(code, wanted) for wanted, code in fields) and holds(ask, sentence, its_set)


def holds(ask: Ask, sentence: SentenceRecord, its_set: Sequence[SentenceRecord]) -> bool:
    if ask.time is None or (sentence.fixed and not ask.of_set):
        return True
    times = [one for one in its_set if not one.fixed] if sentence.fixed else [sentence]
    return not times or any(one.start <= ask.time[1] and ask.time[0] <= one.end for one in times)


def is_one_of(code: str, wanted: Codes) -> bool:
    return code in wanted.exactly or any(
        code.split(".")[: len(above.split("."))] == above.split(".") and code != above for above in wanted.below
    )


@pytest.fixture(autouse=True)
def server(request: pytest.FixtureRequest) -> None:
    """An empty register on a server, where the test is of an engine that needs one."""
    if "postgres" in request.node.name:
        request.getfixturevalue("shared_register")
    if "nodes" in request.node.name:
        request.getfixturevalue("spread_register")
    if "laid" in request.node.name:
        request.getfixturevalue("laid_registers")
    if "in columns" in request.node.name:
        request.getfixturevalue("registers_in_columns")


@pytest.fixture
def laid_registers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every change of a stored register that is not new is laid over its base."""
    monkeypatch.setattr(embedded_store, "_LAYERED_FROM", 0)
    monkeypatch.setattr(embedded_store, "_SHARE", 10**6)


@pytest.fixture
def registers_in_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few the sentences are of a stored register, they are there in columns too, and are read from these."""
    monkeypatch.setattr(embedded_columns, "_FROM", 0)
    monkeypatch.setattr(embedded_columns, "_STRETCH", 3)
    monkeypatch.setattr(embedded, "_ROWS_FOR_ALL", 10**6)


@pytest.fixture(params=REGISTERS)
def make(request: pytest.FixtureRequest) -> Make:
    return REGISTERS[request.param]


@pytest.fixture
def register(make: Make, tmp_path: Path) -> Iterator[Register]:
    """An empty register of every engine, in memory and in a workspace."""
    made = make(tmp_path)
    yield made
    made.close()


def is_on_a_server(engine: Engine) -> bool:
    """Whether what is stored is nowhere under the workspace's folder, and no file of its own."""
    return engine is ENGINES["postgres"]()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return ENGINES[request.param]()


def test_every_engine_is_in_the_table() -> None:
    """A module beside the table that opens registers is an engine."""
    folder = ROOT / "catalog/vkd_catalog/engines"
    modules = {path.stem for path in folder.glob("*.py") if "\ndef open_register(" in text(path)}
    named = {ENGINES[name]().__name__.rpartition(".")[2] for name in ENGINES}  # type: ignore[attr-defined]
    assert modules == named, "an engine is chosen by its line in ENGINES (vkd_catalog/engines/__init__.py)"
    settings = next(line for line in text(ROOT / "docs/language.md").splitlines() if "`[register] engine`" in line)
    told = [name for name in ENGINES if f"`{name}`" in settings]
    assert told == list(ENGINES), "docs/language.md names the engines in its table of settings"


@pytest.mark.parametrize("make", REGISTERS.values(), ids=REGISTERS)
@tried
@given(files, st.lists(asks, min_size=5, max_size=5))
def test_finding_is_looking_at_every_sentence(
    make: Make, tmp_path_factory: pytest.TempPathFactory, files: Files, asks: list[Ask]
) -> None:
    register = make(tmp_path_factory.mktemp("register"))
    register.replace(placed(files), ())
    there = visible(files)
    numbers = [number for number, _ in register.products()]
    assert [product for _, product in register.products()] == [product for product, _ in there]
    assert [register.product(number) for number in numbers] == [product for product, _ in there]
    assert [register.numbered(product.identification.upper()) for product, _ in there] == numbers
    assert register.numbered("no such") is None
    assert [register.sentences(number) for number in numbers] == [lines for _, lines in there]
    assert register.size() == (len(there), sum(len(lines) for _, lines in there))
    for question in asks:
        expected = {
            Found(number, sentence)
            for number, (_, lines) in zip(numbers, there, strict=True)
            for sentence in lines
            if answers(question, sentence, lines)
        }
        assert set(register.find(question)) == expected
        assert len(register.find(question)) == len(expected)
        ends = [found.sentence.end for found in expected]
        assert register.standing(question) == (len({one.product for one in expected}), max(ends, default=0))
        within = numbers[::2]
        some = {found for found in expected if found.product in within}
        assert set(register.find(question, within)) == some
        for apart in (True, False):
            said = list(register.said(question, characteristics=apart))
            assert len(said) == len(set(said))
            assert set(said) == set(said_by_finding(expected, characteristics=apart))
            assert set(register.said(question, within, characteristics=apart)) == set(
                said_by_finding(some, characteristics=apart)
            )
            columns = register.columns(question, characteristics=apart)
            if columns is not None:
                rows = enumerate(columns.products.tolist())
                assert {(number, columns.sentence(place)) for place, number in rows} == set(said)
        standing = {one.product for one in expected}
        in_order = [one for one in register.products() if one[0] in standing]
        assert [register.answering(question, most) for most in (0, 1, 99)] == [[], in_order[:1], in_order]
        assert [register.how_many(question, most) for most in (1, 99)] == [min(1, len(in_order)), len(in_order)]
        assert register.looked_for(question, 99) == (frozenset(standing), True)
        few, is_all = register.looked_for(question, 1)
        assert few == standing if is_all else few <= standing
        groups = {number: place // 2 for place, number in enumerate(within)}
        assert register.counted(question, groups) == counted_by_finding(expected, groups)
    assert register.linking(numbers[1:]) == {number: linking_of(register.product(number)) for number in numbers[1:]}
    assert register.contents() == contents_of(register.files())
    named = {number: product.identification for number, (product, _) in zip(numbers, there, strict=True)}
    assert register.identifications(numbers) == named
    register.close()


@pytest.mark.parametrize("make", REGISTERS.values(), ids=REGISTERS)
@tried
@given(files)
def test_looking_around_is_looking_at_every_product(
    make: Make, tmp_path_factory: pytest.TempPathFactory, files: Files
) -> None:
    register = make(tmp_path_factory.mktemp("register"))
    register.replace(placed(files), ())
    there = visible(files)
    products = register.products()
    for first in range(len(products) + 1):
        assert register.products(first, 2) == products[first : first + 2]
        assert register.products(first) == products[first:]
    shelves = [(one.product.identification, one.editions) for one in register.shelves(0, 99)]
    assert shelves == shelves_of(there)
    assert register.shelved() == len(shelves)
    assert register.shelves(1, 1) == register.shelves(0, 99)[1:2]
    assert sorted(register.spread(99)) == sorted(number for number, _ in products)
    assert all(number in dict(products) or not register.sentences(number) for number in register.spread(2))
    for part in ("x:y", "two", "Ø", "no such"):
        stating = [one.identification for one, _ in there if any(part in value for value in one.values.values())]
        assert sorted(one.identification for one in register.stating(part, 99)) == sorted(stating)
        assert len(register.stating(part, 1)) == min(1, len(stating))
    identifications = [product.identification for product, _ in there]
    collections = {fold(one): one for product, _ in there if fold(one := product.values.get("collection", ""))}
    for part in ("", "T", "o", "re", "Ør", "one ", "%", "\ud800"):
        found = register.holding(part, 99)
        assert [one.name for one in found] == holding(part, identifications)
        assert register.holding(part, 1) == found[:1]
        assert all(register.product(one.number).identification == one.name for one in found)
        assert [one.name for one in register.collections_holding(part, 99)] == holding(part, collections.values())
    for name in ("", "two", "Two", "ø", "thr", "three"):
        editions = [one for one in products if name and collection_of(one[1]) == name.casefold()]
        assert register.collected(name) == editions
    register.close()


def holding(text: str, names: Iterable[str]) -> list[str]:
    """The names that hold a text: those that begin with it first, of these the shorter."""
    wanted = fold(text)
    found = [name for name in names if wanted in fold(name)]
    return sorted(found, key=lambda name: (not fold(name).startswith(wanted), len(fold(name)), fold(name)))


@pytest.mark.parametrize("make", REGISTERS.values(), ids=REGISTERS)
@tried
@given(st.lists(files, min_size=1, max_size=4))
def test_a_register_brought_up_to_date_is_as_one_made_afresh(
    make: Make, tmp_path_factory: pytest.TempPathFactory, states: list[Files]
) -> None:
    register = make(tmp_path_factory.mktemp("register"))
    before: Files = {}
    copies = []
    for state in states:
        changed = {path: found for path, found in state.items() if before.get(path) != found}
        register.replace(placed(changed), before.keys() - state.keys())
        before = state
        copies.append((register.copy(), state))
    for one, state in [(register, states[-1]), *copies]:
        fresh = make(tmp_path_factory.mktemp("fresh"))
        fresh.replace(placed(state), ())
        assert content(one) == content(fresh)
        fresh.close()
        one.close()


def content(register: Register) -> object:
    """All that a register says, whatever numbers its products have."""
    return (
        [(product, register.sentences(number)) for number, product in register.products()],
        register.files(),
        register.contents(),
        register.size(),
        [register.called(name) for name in ("One", "TWO", "ØRLAND", "nobody")],
        [register.namesakes(name, "a") for name in ("One", "TWO", "ØRLAND", "nobody")],
        register.altered(),
    )


ONE = SentenceRecord(1, "A", "A", "A", 0, 9, False)
TWO = SentenceRecord(2, "A", "B", "A.1", 5, 99, True)


def product(identification: str, path: str, row: int = 0, stated: Sequence[str] = ()) -> Registered:
    """A product of two sentences, which states something under some keys."""
    return ProductRecord(identification, path, row, dict.fromkeys(stated, "x"), ("A",), "no"), (ONE, TWO)


def entry(path: str, *products: Registered) -> tuple[str, FileState, Sequence[Registered]]:
    return path, FileState("signature", "digest"), products


def names(register: Register) -> list[str]:
    return [record.identification for _, record in register.products()]


def test_an_empty_register_finds_nothing(register: Register) -> None:
    assert register.size() == (0, 0)
    assert register.find(Ask(None, None, None, None)) == []
    assert (register.products(), register.files(), register.missed(), register.altered()) == ([], {}, [], [])
    assert (register.called("a"), register.namesakes("a", "a"), register.lacking("data")) == ([], (0, []), frozenset())


def test_a_question_may_hold_as_many_codes_as_there_are(register: Register) -> None:
    """Mappings may put a whole classification below one concept, class by class."""
    register.replace([entry("a", product("one", "a"))], ())
    others = tuple(f"X.{number}" for number in range(50_000))
    for codes, found in (
        (Codes(("B", *others), others), [TWO]),
        (Codes(others, ("A", *others)), []),
        (Codes(("A", "B", *others)), [ONE, TWO]),
    ):
        assert [one.sentence for one in register.find(Ask(None, codes, None, None))] == found
    below = Codes(others, ("A", *others))
    assert [one.sentence for one in register.find(Ask(None, None, below, None))] == [TWO]


def test_a_change_that_fails_leaves_everything_as_it_was(register: Register) -> None:
    """Whatever comes before what fails: files that are forgotten, and those that were registered already."""
    missed = [Missed("a", "", 1, ""), Missed("folder", "", 0, "denied")]
    register.replace([entry("a", product("one", "a"))], (), missed=missed)
    before = (content(register), register.missed(), register.products())

    def changes() -> Iterator[tuple[str, FileState, Sequence[Registered]]]:
        yield entry("b", product("two", "b"))
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        register.replace(changes(), ["a", "folder"])
    assert (content(register), register.missed(), register.products()) == before
    register.replace([entry("b", product("two", "b"))], ["a"])
    assert names(register) == ["two"]


def test_numbers_stay_while_a_file_is_not_registered_anew(register: Register) -> None:
    register.replace([entry("a", product("one", "a")), entry("b", product("two", "b"))], ())
    numbers = {record.identification: number for number, record in register.products()}
    register.replace([entry("b", product("three", "b")), entry("c", product("four", "c"))], (), {})
    assert register.product(numbers["one"]).identification == "one"
    assert register.sentences(numbers["one"]) == (ONE, TWO)
    copy = register.copy()
    assert copy.products() == register.products()
    copy.close()


def test_of_namesakes_the_first_is_found_and_the_next_once_it_is_gone(register: Register) -> None:
    """`Å` and `å` are one letter; whose identification comes first in the alphabet has nothing to say."""
    twins = [entry("b", product("ØRÅ", "b", 3), product("Ørå", "b", 1)), entry("a", product("øRå", "a"))]
    register.replace(twins, ())
    assert names(register) == ["øRå"]
    assert [(one.path, one.row) for one in register.called("ØRÅ")] == [("a", 0), ("b", 1), ("b", 3)]
    count, first = register.namesakes("ørå", "a")
    assert (count, [one.row for one in first]) == (2, [1, 3])
    assert register.size() == (1, 2)
    assert len(register.find(Ask(None, None, None, None))) == 2
    register.replace((), ["a"])
    assert names(register) == ["Ørå"]
    assert len(register.find(Ask(None, None, None, None))) == 2


def test_lacking_is_of_those_that_can_be_found(register: Register) -> None:
    register.replace([entry("a", product("one", "a", 0, ["unit-id", "title@en"]), product("two", "a", 9))], ())
    register.replace([entry("b", product("TWO", "b"))], ())
    numbers = {record.identification: number for number, record in register.products()}
    assert register.lacking("unit-id") == register.lacking("title@en") == {numbers["two"]}
    assert register.lacking("data") == set(numbers.values())


def test_what_was_missed_is_forgotten_with_its_file(register: Register) -> None:
    in_a, whole, in_b = Missed("a", "one", 2, ""), Missed("z", "", 0, "denied"), Missed("b", "", 1, "")
    register.replace([entry("a"), entry("b")], (), missed=[whole, in_b, in_a])
    assert register.missed() == [in_a, in_b, whole]
    register.replace([entry("a")], ["z"])
    assert register.missed() == [in_b]
    register.replace([entry("b")], (), missed=[in_b])
    assert register.missed() == [in_b]


def test_what_is_missed_while_files_are_read_is_added_when_all_are_read(register: Register) -> None:
    """The list may be filled by what the files come from, up to its end."""
    missed = [Missed("folder", "", 0, "denied")]

    def read() -> Iterator[tuple[str, FileState, Sequence[Registered]]]:
        for path in "ab":
            yield entry(path, product(path, path))
            missed.append(Missed(path, "lost", 1, ""))

    copy = register.copy()
    for one in (register, copy):
        del missed[1:]
        one.replace(read(), ["folder"], {}, missed)
        assert one.missed() == [Missed("a", "lost", 1, ""), Missed("b", "lost", 1, ""), missed[0]]
        assert names(one) == ["a", "b"]
    copy.close()


def test_what_is_forgotten_may_be_registered_by_the_same_change(register: Register) -> None:
    register.replace([entry("a", product("one", "a")), entry("b", product("two", "b"))], ())
    register.replace([entry("a", product("three", "a"))], ["a", "b"])
    assert (names(register), list(register.files())) == (["three"], ["a"])
    assert len(register.find(Ask(None, None, None, None))) == 2


def test_a_touched_file_has_a_new_signature_and_is_else_as_it_was(register: Register) -> None:
    register.replace([entry("a", product("one", "a"))], ())
    state = FileState("touched", "digest")
    before = register.products()
    register.replace((), (), {"a": state})
    assert (register.files(), register.products()) == ({"a": state}, before)


def test_any_text_comes_back_as_it_was(register: Register) -> None:
    """Paths that are no UTF-8, and values with every sign that storages give a meaning."""
    path, odd = "\udce6/%_'\"\n", "a'\";|\\, å \U0001d11e\n\0"
    there = (ProductRecord("one|two", path, 7, {"data": odd, "title@en": ""}, ("A", "Å.1"), "not assessed"), (ONE,))
    register.replace([entry(path, there)], (), missed=[Missed(path, odd, 1, "")])
    ((number, record),) = register.products()
    assert (record, register.sentences(number), list(register.files())) == (*there, [path])
    assert register.missed() == [Missed(path, odd, 1, "")]
    assert register.altered() == []
    register.replace((), [path])
    assert (register.files(), register.missed()) == ({}, [])


def test_a_copy_outlives_what_it_is_a_copy_of(make: Make, tmp_path: Path) -> None:
    register = make(tmp_path)
    register.replace([entry("a", product("one", "a"))], ())
    copy = register.copy()
    register.replace((), ["a"])
    copy.replace([entry("b", product("two", "b"))], ())
    assert (names(register), names(copy)) == ([], ["one", "two"])
    register.close()
    assert names(copy) == ["one", "two"]
    copy.close()


def test_a_stored_register_is_whole_in_the_next_call_and_nothing_is_stored_but_there(
    engine: Engine, tmp_path: Path
) -> None:
    register = engine.open_register(Cache(tmp_path), "key")
    register.replace([entry("a", product("one", "a"))], ())
    there = content(register)
    register.close()
    assert [path.name for path in tmp_path.iterdir()] in ([], [".vkd"])
    stored = engine.stored_register(Cache(tmp_path), "key")
    if stored.state == "not-kept":
        assert (stored.register, stored.path) == (None, "")
        return
    assert stored.state == "whole"
    if not is_on_a_server(engine):
        assert Path(stored.path).parent == tmp_path / ".vkd"
        assert stored.size == Path(stored.path).stat().st_size
    assert stored.register is not None
    assert content(stored.register) == there
    stored.register.replace((), ["a"])
    stored.register.close()
    again = engine.open_register(Cache(tmp_path), "key")
    assert content(again) == there
    again.close()


def test_what_is_stored_for_another_key_is_not_used_nor_told_of(engine: Engine, tmp_path: Path) -> None:
    register = engine.open_register(Cache(tmp_path), "one")
    register.replace([entry("a", product("one", "a"))], ())
    register.close()
    assert engine.stored_register(Cache(tmp_path), "two").state in ("outdated", "not-kept")
    troubles: list[object] = []
    register = engine.open_register(Cache(tmp_path), "two", troubles.append)
    assert (names(register), troubles) == ([], [])
    register.close()


def test_what_is_damaged_is_told_and_made_anew(engine: Engine, tmp_path: Path) -> None:
    register = engine.open_register(Cache(tmp_path), "key")
    register.replace([entry("a", product("one", "a"))], ())
    register.close()
    if is_on_a_server(engine):
        return
    path = engine.stored_register(Cache(tmp_path), "key").path
    if not path:
        return
    data = Path(path).read_bytes()
    for damaged in (b"", data[: len(data) // 2], data[: len(data) // 2] + b"?" + data[len(data) // 2 + 1 :]):
        Path(path).write_bytes(damaged)
        assert engine.stored_register(Cache(tmp_path), "key").state == "damaged"
        troubles: list[str] = []
        register = engine.open_register(Cache(tmp_path), "key", lambda one, told=troubles: told.append(one.kind))  # type: ignore[misc]
        assert (names(register), troubles) == ([], ["damaged"])
        register.replace([entry("a", product("one", "a"))], ())
        register.close()
        assert engine.stored_register(Cache(tmp_path), "key").state == "whole"


def test_where_nothing_can_be_written_a_register_is_in_memory(engine: Engine, tmp_path: Path) -> None:
    register = engine.open_register(Cache(tmp_path / "no folder"), "key")
    register.replace([entry("a", product("one", "a"))], ())
    assert names(register) == ["one"]
    assert not (tmp_path / "no folder").exists()
    register.close()


@pytest.mark.parametrize("engine", ENGINES)
@tried
@given(worlds(products=5, demands=2), st.integers(0, 2**32))
def test_a_catalogue_opens_the_engine_it_names_and_answers_as_with_any(engine: str, world: World, seed: int) -> None:
    with opened(world.catalogue, Random(seed)) as catalogue:
        answers = [ask(catalogue, demand) for demand in world.demands]
        covers = [list(answer.covers) for answer in answers]
        if engine == "postgres":
            emptied()
        settings = catalogue.configuration._replace(engine=engine)
        catalogue.register.close()
        other = type(catalogue)(settings, PARSER)
        made = ENGINES[engine]().open_register(Cache(catalogue.root), "key")
        assert type(other.register) is type(made)
        made.close()
        for demand, answer, found in zip(world.demands, answers, covers, strict=True):
            again = ask(other, demand)
            assert list(again.covers) == found
            assert (again.near_misses, again.why) == (answer.near_misses, answer.why)
        other.register.close()
