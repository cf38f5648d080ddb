"""Which stored demands gain or lose answers between two states of a catalogue.

A demand is run only where its answers may differ: it asks for something else, or a vocabulary or a setting that answers
depend on differs, or an information set that changed meets it, before or now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from vkd_catalog.coding import ANY, senses_of
from vkd_catalog.evaluation.demand import DemandLine, groups_of
from vkd_catalog.percolation import Percolator
from vkd_catalog.profiles import products_of
from vkd_catalog.searched import is_of_two_products
from vkd_catalog.vocabulary_names import VOCABULARY_NAMES
from vkd_grammar.kinds import HEADER_TYPES
from vkd_grammar.words import fold
from vkd_server.features.answers.run import Asked, asked_in, run_asked
from vkd_server.features.difference.changes import AnswerChange, DemandChange, Stated

if TYPE_CHECKING:
    from vkd_catalog.evaluation import Answer
    from vkd_catalog.evaluation.found import Cover
    from vkd_catalog.in_memory import InMemoryCatalogue
    from vkd_catalog.profiles import Conditions
    from vkd_server.features.difference.changes import Moved, Used
    from vkd_server.features.difference.sets import Described

_MOST = 1000
"""So many answers are compared one by one; of more, the products that are members of any."""

_OPENINGS = tuple(
    # The part of a word before its first letter beyond ASCII is the same however that letter is written.
    "".join(takewhile(str.isascii, header.word.partition(" ")[0])).lower().encode()
    for header in HEADER_TYPES
    if header.kind == "demand"
)

_Key = tuple[str, str, int]
"""A demand: its file, its folded identification, and which of several there it is."""

_Members = tuple[int, frozenset[str]]
"""By what an answer is known again: the number of its group, and its members, folded."""

_Sides = tuple[Mapping[str, "Described"], Mapping[str, "Described"]]


class Demands(NamedTuple):
    """What happened to the stored demands between two states, and the concepts that they ask for in the later state."""

    changes: tuple[DemandChange, ...]
    asked: Used


class _Cover(NamedTuple):
    """An answer: its members, and its worth."""

    members: tuple[str, ...]
    worth: str


def demand_changes(
    before: InMemoryCatalogue,
    now: InMemoryCatalogue,
    touched: Collection[str],
    sides: _Sides,
    renamed: Mapping[str, str],
    moved: Moved,
) -> Demands:
    """What happened to the demands in the files of both states.

    `touched` are the product files whose descriptions may mean something else, and `sides` what those describe, before
    and now. `renamed` maps what information sets were called to what they are, and `moved` the codes that concepts had
    to those they have.
    """
    had, have = _demands(before), _demands(now)
    pairs = list(_pairs(had, have))
    everything = _answers_depend_on(before) != _answers_depend_on(now)
    met: set[str] = set()
    if not everything:
        met |= _met(before, had, _beyond(sides[0], sides[1])) | _met(now, have, _beyond(sides[1], sides[0]))
    concerned = [
        pair
        for pair in pairs
        if everything or _asks_otherwise(*pair, before, now, moved) or any(_place(one) in met for one in pair if one)
    ]
    if any(one and one.runnable for pair in concerned for one in pair):
        _share_register(before, now, touched)
    changes = (_change(one, other, before, now, renamed, moved) for one, other in concerned)
    return Demands(tuple(change for change in changes if change), frozenset(_concepts(have.values())))


def _demands(catalogue: InMemoryCatalogue) -> dict[_Key, Asked]:
    found: dict[_Key, Asked] = {}
    namesakes: Counter[tuple[str, str]] = Counter()
    for path in sorted(catalogue.contents):
        if path.endswith(".vkd") and _may_hold_demands(catalogue.contents[path]):
            document = catalogue.document(path)
            for index in range(len(document.rows)):
                asked = asked_in(document, index, path, catalogue)
                if asked is not None:
                    called = path, fold(asked.demand.identification)
                    found[*called, namesakes[called]] = asked
                    namesakes[called] += 1
    return found


def _may_hold_demands(data: bytes) -> bool:
    """Whether a text may hold a demand, so that it is worth cutting into descriptions; False only where it holds
    none."""
    folded = data.lower()
    return any(opening in folded for opening in _OPENINGS)


def _pairs(had: Mapping[_Key, Asked], have: Mapping[_Key, Asked]) -> Iterator[tuple[Asked | None, Asked | None]]:
    """Each demand before and now. A demand that has moved to another file is the same one if no other has its name."""
    gone: dict[str, list[Asked]] = {}
    for key, one in had.items():
        if key not in have:
            gone.setdefault(key[1], []).append(one)
    for key, one in have.items():
        former = had.get(key)
        if former is None and len(gone.get(key[1], ())) == 1:
            former = gone[key[1]].pop()
        yield former, one
    for left in gone.values():
        yield from ((one, None) for one in left)


def _answers_depend_on(catalogue: InMemoryCatalogue) -> object:
    """What all answers depend on beside the products: the vocabularies, and which diagnostics are errors."""
    return catalogue.vocabularies_digest, catalogue.configuration.levels


def _asks_otherwise(
    one: Asked | None, other: Asked | None, before: InMemoryCatalogue, now: InMemoryCatalogue, moved: Moved
) -> bool:
    """Whether a demand asks for something else on the two sides; True where it stands on one side only."""
    return one is None or other is None or _asks(one, before, moved) != _asks(other, now, {})


def _both_run(one: Asked | None, other: Asked | None) -> bool:
    return one is not None and other is not None and one.runnable and other.runnable


def _asks(one: Asked, catalogue: InMemoryCatalogue, moved: Moved) -> object:
    """What a demand asks for, as a value that can be compared; codes of concepts that have moved are those of now."""
    lines = [line for group in groups_of(one.demand, catalogue.vocabularies) for line in (*group.written, None)]
    asked = [line and line._replace(**_in_codes_of_now(line, moved)) for line in lines]
    technical = one.demand.technical
    return asked, technical.archive, technical.profile, one.runnable


def _in_codes_of_now(line: DemandLine, moved: Moved) -> dict[str, Any]:
    fields = zip(("object_type", "name", "characteristic"), VOCABULARY_NAMES[:3], line[1:4], strict=True)
    return {field: moved.get(name, {}).get(term or "", term) for field, name, term in fields}


def _met(catalogue: InMemoryCatalogue, demands: Mapping[_Key, Asked], products: Collection[Described]) -> set[str]:
    """The places of the demands that some information sets meet, or may meet together with others."""
    percolator = Percolator(catalogue.vocabularies)
    found: set[str] = set()
    for one in demands.values():
        if one.runnable:
            groups = groups_of(one.demand, catalogue.vocabularies)
            percolator.add(_place(one), groups, one.demand.technical.archive)
            if products and is_of_two_products(groups, catalogue.vocabularies):
                found.add(_place(one))
    return found | {
        waiter.profile
        for product in products
        for waiter in percolator.met_by(product.registered[1], product.registered[0].values)
    }


def _beyond(some: Mapping[str, Described], others: Mapping[str, Described]) -> list[Described]:
    """The information sets of one side that may be found by other demands than on the other side."""
    return [one for name, one in some.items() if not one.answers_as(others.get(name))]


def _place(one: Asked) -> str:
    return f"{one.path}:{one.line}"


def _share_register(before: InMemoryCatalogue, now: InMemoryCatalogue, touched: Collection[str]) -> None:
    """Reads the register of one state, and makes that of the other by copying it and reading only the files that
    differ."""
    stored = now.copy_of_stored()
    if stored.files() or before.register_key == now.register_key:
        now.adopt(stored)
        before.adopt(now.register.copy(), touched)
    else:
        stored.close()
        before.adopt(before.copy_of_stored())
        now.adopt(before.register.copy(), touched)


def _change(
    one: Asked | None,
    other: Asked | None,
    before: InMemoryCatalogue,
    now: InMemoryCatalogue,
    renamed: Mapping[str, str],
    moved: Moved,
) -> DemandChange | None:
    """What happened to a demand; None where it asks for the same and has the same answers."""
    had = run_asked(one, before).answer if one else None
    have = run_asked(other, now).answer if other else None
    asked = other or one
    if asked is None:
        return None
    kind: Literal["new", "gone", "changed"] = "new" if one is None else "gone" if other is None else "changed"
    gained, lost, otherwise = _answers(had, have, renamed)
    change = DemandChange(
        kind,
        asked.id,
        asked.path,
        asked.line,
        asked.demand.technical.profile,
        _both_run(one, other) and _asks_otherwise(one, other, before, now, moved),
        (had.status if had else None, have.status if have else None),
        (len(had.covers) if had else None, len(have.covers) if have else None),
        gained,
        lost,
        otherwise,
        tuple(_stated(had, have, renamed)) if had and have else (),
        None,
    )
    same = change.status[0] == change.status[1] and change.answers[0] == change.answers[1]
    return None if same and not (gained or lost or otherwise or change.stated or change.asks) else change


def _answers(
    had: Answer | None, have: Answer | None, renamed: Mapping[str, str]
) -> tuple[tuple[AnswerChange, ...], tuple[AnswerChange, ...], tuple[AnswerChange, ...]]:
    """The answers that were gained, those that were lost, and those whose worth changed; products go by the names they
    have now."""
    few = all(len(answer.covers) <= _MOST for answer in (had, have) if answer)
    before, now = _covers(had, renamed, few=few), _covers(have, {}, few=few)
    return (
        tuple(AnswerChange(one.members, "", one.worth) for key, one in now.items() if key not in before),
        tuple(AnswerChange(one.members, one.worth, "") for key, one in before.items() if key not in now),
        tuple(
            AnswerChange(one.members, before[key].worth, one.worth)
            for key, one in now.items()
            if key in before and before[key].worth != one.worth
        ),
    )


def _covers(answer: Answer | None, renamed: Mapping[str, str], *, few: bool) -> dict[_Members, _Cover]:
    if answer is None:
        return {}
    if few:
        found = ((cover.group, cover.members, _worth(cover)) for cover in answer.covers)
    else:
        found = ((0, (name,), "") for name in sorted(answer.covers.members()))
    covers: dict[_Members, _Cover] = {}
    for group, members, worth in found:
        names = tuple(renamed.get(name, name) for name in members)
        covers[group, frozenset(map(fold, names))] = _Cover(names, worth)
    return covers


def _worth(cover: Cover) -> str:
    return f"{cover.grade}, linkage unknown" if cover.linkage_verdict == "unknown" else cover.grade


def _stated(had: Answer, have: Answer, renamed: Mapping[str, str]) -> Iterator[tuple[str, tuple[Stated, ...]]]:
    """Of the products that answer before and now, those that state other conditions, with what changed."""
    before = {fold(renamed.get(name, name)): stated for name, stated in products_of(had).items()}
    for name, stated in products_of(have).items():
        former = before.get(fold(name))
        if former is not None and (found := tuple(_moves(former, stated))):
            yield name, found


def _moves(before: Conditions, now: Conditions) -> Iterator[Stated]:
    for key in dict.fromkeys((*before, *now)):
        if fold(before.get(key, "")) != fold(now.get(key, "")):
            yield Stated(key, before.get(key), now.get(key))


def _concepts(demands: Iterable[Asked]) -> Iterator[tuple[str, str]]:
    for one in demands:
        for sentence in one.demand.sentences:
            for name, term in zip(VOCABULARY_NAMES[:3], sentence.terms, strict=True):
                if term not in (None, ANY):
                    yield from ((name, code) for code in senses_of(term) or (term or "",))
