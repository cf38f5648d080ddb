"""Part 5: why nothing was found, or why not more."""

from collections.abc import Iterator, Sequence

from vkd_catalog.coding import ANY
from vkd_catalog.evaluation.answer import NearMiss, Relaxation, Why
from vkd_catalog.evaluation.fit import FIELDS
from vkd_catalog.message.matter import Matter
from vkd_catalog.message.message import Block, Heading, Item, Items, Paragraph, Table
from vkd_catalog.message.text import Reference, Text, joined
from vkd_catalog.message.unread import unread
from vkd_catalog.register import SentenceRecord

_LISTED = 10
"""So many near misses are listed one by one; of more, the first few of each kind."""

_FIRST_FEW = 3

_BESIDE = ("other-time", "other-name", "broader-object-type")
"""The near misses of a line that nothing answers but something like it would."""

_MOST_SETS = 6
"""So many sets of lines that are answered together are named; of more, how many others there are."""


def not_more_key(matter: Matter) -> str:
    """Which heading the part stands under."""
    return {"found": "not-more", "none": "not-found", "invalid": "not-run"}[matter.answer.status]


def not_more(matter: Matter) -> Iterator[Block]:
    """What stood in the way: findings, failing lines and changes that would help; then what comes near."""
    if matter.answer.status == "invalid":
        yield from _findings(matter)
        return
    if matter.answer.why is not None:
        yield from _why(matter, matter.answer.why)
    yield from _to_observe(matter)
    yield from _near(matter)
    if any(len(group.asked) > 1 for group in matter.groups):
        yield Paragraph(matter.wording.count("at-most", matter.options.max_sets))


def _findings(matter: Matter) -> Iterator[Block]:
    if not matter.findings:
        yield Paragraph(matter.wording.say("unexplained"))
        return
    yield Items(
        tuple(
            Item(matter.wording.say("finding", line=one.line, column=one.column), f"{one.text} ({one.code})")
            for one in matter.findings
        )
    )


def _why(matter: Matter, why: Why) -> Iterator[Block]:
    wording, first = matter.wording, matter.groups[0]
    if len(matter.groups) > 1:
        lines = wording.lines([line.line for line in first.lines])
        yield Paragraph(wording.say("only-first-explained", lines=lines))
    text = wording.count("failing", len(why.failing), lines=wording.lines(why.failing))
    if why.succeeding:
        sets = "; ".join(wording.lines(lines) for lines in why.succeeding[:_MOST_SETS])
        text += f" {wording.say('succeeding', sets=sets)}"
        if len(why.succeeding) > _MOST_SETS:
            text += f" {wording.count('succeeding-more', len(why.succeeding) - _MOST_SETS)}"
    yield Paragraph(text)
    if why.limit is not None:
        yield Paragraph(wording.say("limit", count=why.limit))
    if not why.relaxations:
        yield Paragraph(wording.say("no-change"))
        return
    yield Heading(wording.say("changes"))
    yield Table(
        (wording.say("your-line"), wording.say("change"), wording.say("gives")),
        tuple((str(one.line), _change(matter, one), str(one.covers)) for one in why.relaxations),
    )


def _to_observe(matter: Matter) -> Iterator[Block]:
    """What the catalogue does not hold at all, field by field as it would have to be observed."""
    wording, numbers = matter.wording, matter.answer.to_observe
    beside = sorted({miss.line for miss in matter.answer.near_misses if miss.kind in _BESIDE} - set(numbers))
    if beside and matter.answer.why is not None:
        yield Paragraph(wording.count("beside", len(beside), lines=wording.lines(beside)))
    if not numbers:
        if not beside and matter.answer.why is not None and len(matter.groups[0].lines) > 1:
            archive = "" if matter.answer.asked == "both" else "-in-archive"
            yield Paragraph(wording.say(f"observe-nothing{archive}"))
        return
    missed, asked = list(unread(matter)), wording.lines(numbers)
    if missed:
        yield Paragraph(joined(" ", (wording.say("not-read", lines=asked), *missed)))
        return
    yield Paragraph(wording.count("observe", len(numbers), lines=asked))
    heads = (wording.say("your-line"), *(wording.say(f"field-{field}").capitalize() for field in FIELDS))
    yield Table(heads, tuple((str(number), *wording.fields(matter.line(number))) for number in numbers))


def _change(matter: Matter, relaxation: Relaxation) -> str:
    wording = matter.wording
    if relaxation.field is None:
        return wording.say("change-drop")
    to = wording.say("anything") if relaxation.to == "-" else relaxation.to
    return f"{wording.say(f'field-{relaxation.field}')}: {to}"


def _near(matter: Matter) -> Iterator[Block]:
    wording = matter.wording
    misses = _each_pair_once(matter.answer.near_misses)
    if not misses:
        yield Paragraph(wording.say("near-none" if matter.answer.covers else "near-none-at-all"))
        return
    yield Heading(wording.say("near"))
    by_kind: dict[str, list[NearMiss]] = {}
    for miss in misses:
        by_kind.setdefault(_kind_key(matter, miss), []).append(miss)
    if len(misses) > _LISTED:
        yield Paragraph(wording.say("near-shown", count=len(misses)))
        yield Items(tuple(Item(wording.say(key), str(len(some))) for key, some in by_kind.items()))
        misses = [miss for some in by_kind.values() for miss in some[:_FIRST_FEW]]
    heads = ("product", "its-line", "your-line", "why-no-answer")
    yield Table(tuple(wording.say(head) for head in heads), tuple(_row(matter, miss) for miss in misses))


def _each_pair_once(misses: Sequence[NearMiss]) -> list[NearMiss]:
    """The near misses, but of a pair that cannot be linked only the first of the two."""
    kept: list[NearMiss] = []
    pairs: set[tuple[int, str, str | None]] = set()
    for miss in misses:
        if (miss.group, miss.beside or "", miss.product) not in pairs:
            kept.append(miss)
        if miss.kind == "unlinkable":
            pairs.add((miss.group, miss.product, miss.beside))
    return kept


def _kind_key(matter: Matter, miss: NearMiss) -> str:
    return f"archive-{matter.answer.asked}" if miss.kind == "archive" else miss.kind


def _row(matter: Matter, miss: NearMiss) -> tuple[Text, ...]:
    sentence = Reference(str(miss.product_line), "sentence", miss.product, miss.product_line)
    return matter.product(miss.product), sentence, str(miss.line), _reason(matter, miss)


def _reason(matter: Matter, miss: NearMiss) -> Text:
    """Why a near miss does not answer, with what it says instead where that is the reason."""
    wording = matter.wording
    if miss.beside is not None:
        reasons = "; ".join(wording.say(f"unlinkable-{rule}") for rule in miss.rules)
        return wording.say("unlinkable-with", beside=matter.product(miss.beside), reasons=reasons)
    reason = wording.say(_kind_key(matter, miss))
    sentence = matter.sentences(matter.answer.products[miss.product].number)[miss.product_line]
    said = _said_instead(matter, miss, sentence)
    return f"{reason}: {said}" if said else reason


def _said_instead(matter: Matter, miss: NearMiss, sentence: SentenceRecord) -> str:
    object_types, names, characteristics, _ = matter.catalogue.vocabularies.four
    if miss.kind == "broader-object-type":
        return matter.wording.term(object_types, sentence.object_type)
    if miss.kind in ("broader-name", "other-name"):
        return matter.wording.term(names, sentence.name)
    if miss.kind == "broader-characteristic":
        return matter.wording.term(characteristics, sentence.characteristic)
    if miss.kind == "other-time":
        # The name may be another as well, one with the same parent.
        asked, stretch = matter.line(miss.line), matter.wording.stretch(sentence)
        is_below = asked.name == ANY or names.is_same_or_below(sentence.name, asked.name or "")
        return f"{matter.wording.term(names, sentence.name)}, {stretch}" if not is_below else stretch
    return matter.wording.stretch(sentence) if miss.kind == "flow-too-long" else ""
