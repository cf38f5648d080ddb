"""What a message begins with: one sentence that answers, and the answers themselves."""

from collections.abc import Iterator, Sequence

from vkd_catalog.evaluation.answer import NearMiss
from vkd_catalog.evaluation.found import Cover, Verdict
from vkd_catalog.message.matter import Matter, in_years
from vkd_catalog.message.message import Block, Item, Items, Paragraph
from vkd_catalog.message.text import Text, phrase
from vkd_catalog.message.unread import unread
from vkd_catalog.message.years import years_of

_MOST = 5
"""So many answers are told in short; part 1 has all that are shown."""

_LINKED: dict[Verdict, str] = {"yes": "can-be-linked", "unknown": "maybe-linked", "no": "cannot-be-linked"}


def lead(matter: Matter) -> Iterator[Block]:
    """Whether there is an answer and which is the best, or that there is none; then the first answers in short."""
    if matter.answer.status == "invalid":
        yield Paragraph(matter.wording.say("could-not-be-run"))
    elif not matter.covers:
        yield Paragraph(_nothing(matter))
    else:
        yield Paragraph(_best(matter))
        if len(matter.covers) > 1:
            yield Items(tuple(_answers(matter)))


def _nothing(matter: Matter) -> Text:
    wording, why = matter.wording, matter.answer.why
    text = wording.say("lead-read" if any(True for _ in unread(matter)) else "lead-none")
    if why is None:
        return text
    text = f"{text} {wording.count('failing', len(why.failing), lines=wording.lines(why.failing))}"
    nearest = _nearest_in_time(matter, why.failing)
    return phrase(text, " ", wording.say("lead-other-time", products=wording.few(nearest))) if nearest else text


def _nearest_in_time(matter: Matter, failing: Sequence[int]) -> list[Text]:
    """What says the same as the lines that fail, but of another time: editions of one collection as years."""
    by_name: dict[str, list[NearMiss]] = {}
    for miss in matter.answer.near_misses:
        if miss.kind == "other-time" and miss.line in failing:
            by_name.setdefault(matter.collection_of(miss.product) or miss.product, []).append(miss)
    return [
        in_years(name, (year for miss in misses for year in _years(matter, miss)), misses[0].product)
        for name, misses in by_name.items()
    ]


def _years(matter: Matter, miss: NearMiss) -> Iterator[int]:
    return years_of(matter.sentences(matter.answer.products[miss.product].number)[miss.product_line], None)


def _best(matter: Matter) -> Text:
    best = matter.covers[0]
    grade = matter.wording.say(f"grade-{best.grade}")
    return matter.wording.count("lead", len(matter.answer.covers), best=members(matter, best), grade=grade)


def _answers(matter: Matter) -> Iterator[Item]:
    wording = matter.wording
    for cover in matter.covers[:_MOST]:
        linked = wording.say(_LINKED[cover.linkage_verdict]) if must_be_linked(cover) else ""
        grade = wording.say(f"grade-{cover.grade}")
        yield Item("", phrase(members(matter, cover), ": ", grade, f"; {linked}" if linked else ""))
    more = len(matter.answer.covers) - _MOST
    if more > 0:
        yield Item("", wording.count("answer-more", more))


def members(matter: Matter, cover: Cover) -> Text:
    """The candidates of an answer, as one names them."""
    return matter.wording.few([matter.candidate(member, cover) for member in cover.candidates])


def must_be_linked(cover: Cover) -> bool:
    """Whether there are sets in an answer that must be linked."""
    return any(not pair.across for pair in cover.linkage)
