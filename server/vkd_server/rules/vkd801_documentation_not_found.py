"""VKD801: documentation: id missing, used twice, or a `doc` that names none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from vkd_catalog.documents import PARTS
from vkd_catalog.documents.documentation import headings
from vkd_catalog.problems import WrongDocumentation
from vkd_grammar.problems import at_field
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Fix, Related, Rule, TextEdit
from vkd_server.rules.shared.addresses import place_of_value
from vkd_server.rules.shared.documentations import missing_headings
from vkd_server.rules.shared.edits import write

_MOST_NEAR = 3
_NO_ID = re.compile(r"[:/.{}\s]+")


def _check(context: Context) -> Iterator[Problem]:
    doc = context.coded.technical.values.get("doc") if context.coded.kind == "product" else None
    if not doc:
        return
    from vkd_catalog.documents import is_document_id

    if is_document_id(doc) and context.catalogue.documents.named(doc) is None:
        yield at_field(*place_of_value("doc", context), "VKD801", WrongDocumentation("unnamed", doc))


def _message(problem: Problem, context: Context) -> str:
    reason, value, path, row = problem.of(WrongDocumentation)
    if reason == "unread":
        return context.say("VKD801.unread", why=context.say(f"unread.{value}"))
    if reason == "unnamed" and not context.catalogue.configuration.documents:
        return context.say("VKD801.no-documents", id=context.quoted(value))
    return context.say(f"VKD801.{reason}", id=context.quoted(value), place=f"{path}:{row + 1}")


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    reason, value, *_ = problem.of(WrongDocumentation)
    if reason == "no-head":
        return (Fix(context.say("VKD801.begin"), tuple(_template(context))),)
    if reason != "unnamed":
        return ()
    from vkd_catalog.suggest import nearest

    ids = [one.id for one in context.catalogue.documents.documentations if one.id]
    return tuple(write(near, problem, context) for near in nearest(value, ids, _MOST_NEAR))


def _template(context: Context) -> Iterator[TextEdit]:
    """What a documentation begins with, and below its text the headings that it does not have."""
    name = PurePosixPath(context.path).stem
    id_ = _NO_ID.sub("-", name).strip("-") or "id"
    title = next((one.text for one in headings(context.lines) if one.text), name)
    yield context.edit(0, 0, 0, f"---\nid: {id_}\ntitle: {title}\n---\n\n")
    yield from missing_headings(PARTS, context)


def _related(problem: Problem, context: Context) -> tuple[Related, ...]:
    reason, value, path, row = problem.of(WrongDocumentation)
    if reason != "twice":
        return ()
    return (Related(path, row, context.say("VKD801.the-other", id=context.quoted(value))),)


_PRODUCT = (
    "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc={doc}; form=csv; access=closed\n"
    "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
)

RULE = Rule(
    code="VKD801",
    level="error",
    example=Example(
        bad=_PRODUCT.format(doc="folketelling-1971"),
        good=_PRODUCT.format(doc="folketelling-1970"),
    ),
    message=_message,
    fixes=_fixes,
    check=_check,
    related=_related,
)
