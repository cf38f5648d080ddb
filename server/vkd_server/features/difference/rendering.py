"""A difference as people read it, as text and as Markdown for a pull request, and as plain data for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeVar

from vkd_catalog.languages import counted, say
from vkd_catalog.message.as_markdown import escaped
from vkd_catalog.message.message import shown
from vkd_server.features.difference.changes import (
    AnswerChange,
    ConceptChange,
    DemandChange,
    Difference,
    Said,
    SetChange,
    Stated,
)
from vkd_server.rules.shared.personal import masked

MOST = 20
"""So many lines of a kind are told to people; programs are told all."""

Json = dict[str, object]
_T = TypeVar("_T")


class Heading(NamedTuple):
    """The title of a comparison: the catalogue's name, the revisions as they were named, and notes.

    `now` is None, in data for programs, where the later state is that of the files on disk.
    """

    catalogue: str
    before: str
    now: str | None
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title in one line."""
        return f"{self.catalogue}: {self.before} → {self.now}"


class _Line(NamedTuple):
    """A line of the text: how deep it is indented, its mark (added, removed or changed) and its words."""

    depth: int
    mark: Literal["+", "-", "~", " ", "#"]
    text: str


def as_text(heading: Heading, found: Difference, language: str) -> str:
    """The difference as text: `+` for what was added, `-` for what was removed, `~` for what changed."""
    lines = [_in_one_line(heading.title)]
    lines += [f"! {_in_one_line(note)}" for note in heading.notes]
    for line in _lines(found, language):
        if line.mark == "#":
            lines += ["", _in_one_line(line.text)]
        else:
            lines.append(f"{'    ' * line.depth}  {line.mark} {_in_one_line(line.text)}".rstrip())
    return "\n".join([*lines, "", _summary(found, language), ""])


def as_markdown(heading: Heading, found: Difference, language: str) -> str:
    """The difference as Markdown (CommonMark); no word in it can become markup."""
    lines = [f"# {_safe(heading.title)}", ""]
    lines += [line for note in heading.notes for line in (f"> {_safe(note)}", "")]
    lines.append(f"**{escaped(_summary(found, language))}**")
    for line in _lines(found, language):
        if line.mark == "#":
            lines += ["", f"## {_safe(line.text)}", ""]
        else:
            mark = "" if line.mark == " " else f"`{line.mark}` "
            lines.append(f"{'  ' * line.depth}- {mark}{_safe(line.text)}")
    return "\n".join(lines) + "\n"


def as_json(heading: Heading, found: Difference) -> Json:
    """The difference as plain data."""
    return {
        "version": 1,
        "catalogue": heading.catalogue,
        "before": heading.before,
        "now": heading.now,
        "notes": list(heading.notes),
        "sets": [_set_as_json(one) for one in found.sets],
        "concepts": [one._asdict() for one in found.concepts],
        "other_concepts": found.elsewhere,
        "demands": [_demand_as_json(one) for one in found.demands],
    }


def _lines(found: Difference, language: str) -> Iterator[_Line]:
    parts: tuple[tuple[str, Iterator[_Line]], ...] = (
        ("difference.sets", _some(found.sets, _set_lines, 0, language)),
        ("difference.concepts", _concept_lines(found, language)),
        ("difference.demands", _some(found.demands, _demand_lines, 0, language)),
    )
    for heading, lines in parts:
        part = list(lines)
        if part:
            yield _Line(0, "#", say(heading, language))
            yield from part


def _some(
    things: Sequence[_T], lines_of: Callable[[_T, str], Iterator[_Line]], depth: int, language: str
) -> Iterator[_Line]:
    """The lines of the first few things, and one line that says how many more there are."""
    for thing in things[:MOST]:
        yield from lines_of(thing, language)
    if len(things) > MOST:
        yield _Line(depth, " ", say("difference.more", language, count=len(things) - MOST))


def _set_lines(one: SetChange, language: str) -> Iterator[_Line]:
    place = f"{one.path}:{one.line}"
    if one.kind in ("new", "gone"):
        texts = counted("difference.sentences", one.sentences, language)
        yield _Line(0, "+" if one.kind == "new" else "-", f"{one.identification or one.was} ({place}): {texts}")
        return
    name = one.identification
    if one.kind == "renamed":
        name = say("difference.renamed", language, was=one.was, now=one.identification)
    yield _Line(0, "~", f"{name} ({place})")
    yield from _some(one.gained, lambda said, _: _sentence("+", said), 1, language)
    yield from _some(one.lost, lambda said, _: _sentence("-", said), 1, language)
    yield from (_Line(1, "~", _moved(stated, language)) for stated in one.stated)


def _sentence(mark: Literal["+", "-"], said: Said) -> Iterator[_Line]:
    yield _Line(1, mark, said.text)


def _concept_lines(found: Difference, language: str) -> Iterator[_Line]:
    yield from _some(found.concepts, _concept_line, 0, language)
    if found.concepts and found.elsewhere:
        yield _Line(0, " ", counted("difference.elsewhere", found.elsewhere, language))


def _concept_line(one: ConceptChange, language: str) -> Iterator[_Line]:
    where = say(f"vocabulary.{one.vocabulary}", language)
    used = counted("difference.used", one.sets, language) if one.sets else say("difference.asked-for", language)
    columns = f" ({', '.join(one.columns)})" if one.columns else ""
    said = {
        "new": f"[{one.code}] {one.label}",
        "gone": f"[{one.was}] {one.label_was}",
        "moved": f"{one.label}: [{one.was}] → [{one.code}]{columns}",
        "relabelled": f"[{one.code}] {one.label_was} → {one.label}{columns}",
        "changed": f"[{one.code}] {one.label}{columns}",
    }[one.kind]
    yield _Line(0, "+" if one.kind == "new" else "-" if one.kind == "gone" else "~", f"{where}: {said}; {used}")


def _demand_lines(one: DemandChange, language: str) -> Iterator[_Line]:
    mark: Literal["+", "-", "~"] = "+" if one.kind == "new" else "-" if one.kind == "gone" else "~"
    before, now = (
        None if status is None else _answered(status, count, language)
        for status, count in zip(one.status, one.answers, strict=True)
    )
    outcome = " → ".join(said for said in (before, now) if said is not None)
    kind = f" ({say('difference.profile', language)})" if one.profile else ""
    yield _Line(0, mark, f"{one.id}{kind} ({one.path}:{one.line}): {outcome}")
    if one.asks:
        yield _Line(1, "~", say("difference.asks", language))
    if one.kind == "changed":
        yield from _some(one.gained, lambda had, said: _answer("+", had, said), 1, language)
        yield from _some(one.lost, lambda had, said: _answer("-", had, said), 1, language)
        yield from _some(one.otherwise, lambda had, said: _answer("~", had, said), 1, language)
        yield from _some(one.stated, _conditions, 1, language)
    if one.accepted is False:
        yield _Line(1, " ", say("difference.drifts", language))


def _answer(mark: Literal["+", "-", "~"], one: AnswerChange, language: str) -> Iterator[_Line]:
    worth = " → ".join(_worth(part, language) for part in (one.before, one.now) if part)
    yield _Line(1, mark, " + ".join(one.members) + (f" ({worth})" if worth else ""))


def _worth(worth: str, language: str) -> str:
    """The worth of an answer in words: its grade, and whether it is unknown that its members can be linked."""
    grade, unsure, _ = worth.partition(", ")
    word = grade if language == "en" else say(f"message.line-{grade}", language)
    return f"{word}, {say('difference.unsure', language)}" if unsure else word


def _conditions(product: tuple[str, tuple[Stated, ...]], language: str) -> Iterator[_Line]:
    name, stated = product
    yield _Line(1, "~", f"{name}: {'; '.join(_moved(one, language) for one in stated)}")


def _moved(stated: Stated, language: str) -> str:
    nothing = say("difference.not-stated", language)
    return f"{stated.key}: {_or(stated.before, nothing)} → {_or(stated.now, nothing)}"


def _or(value: str | None, nothing: str) -> str:
    return nothing if value is None else value


def _answered(status: str, count: int | None, language: str) -> str:
    if status != "found" or count is None:
        return say(f"difference.status.{status}", language)
    return counted("difference.answers", count, language)


def _summary(found: Difference, language: str) -> str:
    if not found:
        return say("difference.same", language)
    counts = (
        ("difference.counted-sets", len(found.sets)),
        ("difference.counted-concepts", len(found.concepts)),
        ("difference.counted-demands", len(found.demands)),
    )
    said = [counted(key, count, language) for key, count in counts if count]
    return say("difference.changed", language, what=", ".join(said))


def _in_one_line(text: str) -> str:
    return masked(shown(text))


def _safe(text: str) -> str:
    return escaped(masked(text))


def _set_as_json(one: SetChange) -> Json:
    return {
        **one._asdict(),
        "identification": masked(one.identification),
        "was": masked(one.was),
        "gained": [_said_as_json(said) for said in one.gained],
        "lost": [_said_as_json(said) for said in one.lost],
        "stated": [_stated_as_json(stated) for stated in one.stated],
    }


def _said_as_json(said: Said) -> Json:
    return {"text": masked(said.text), "codes": list(said.codes)}


def _stated_as_json(stated: Stated) -> Json:
    before, now = (None if value is None else masked(value) for value in stated[1:])
    return {"key": stated.key, "before": before, "now": now}


def _demand_as_json(one: DemandChange) -> Json:
    return {
        "kind": one.kind,
        "id": masked(one.id),
        "path": one.path,
        "line": one.line,
        "profile": one.profile,
        "asks_otherwise": one.asks,
        "before": _outcome(one.status[0], one.answers[0]),
        "now": _outcome(one.status[1], one.answers[1]),
        **{
            kind: [{"members": list(map(masked, had.members)), "before": had.before, "now": had.now} for had in answers]
            for kind, answers in (("gained", one.gained), ("lost", one.lost), ("otherwise", one.otherwise))
        },
        "stated": {masked(name): [_stated_as_json(stated) for stated in moves] for name, moves in one.stated},
        "accepted": one.accepted,
    }


def _outcome(status: str | None, answers: int | None) -> Json | None:
    return None if status is None else {"status": status, "answers": answers}
