"""VKD802: documentation lacks parts of the model (1972 phase 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from vkd_catalog.problems import LacksParts
from vkd_grammar.syntax import Problem
from vkd_grammar.text import content
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.wording import all_of

if TYPE_CHECKING:
    from vkd_catalog.documents import Part

_HEAD = "---\nid: eksempel\ntitle: Et eksempel\n---\n\n"
_WRITTEN = (
    "## Prosjektskisse\n\nEn telling.\n\n## Prosjektbeskrivelse\n\nAlle bosatte.\n\n"
    "## Planleggingsnotater\n\nEn side.\n\n## Skjemaer\n\nEtt.\n\n## Kodelister\n\nTo.\n\n"
    "## Revisjonsinstrukser\n\nFem regler.\n\n## Programreferanser\n\nTre.\n\n## Klassifikasjoner\n\nÉn.\n\n"
    "## Tabellspesifikasjoner\n\nFire.\n\n## Kvalitetsvurderinger\n\nGod.\n\n"
)


def _message(problem: Problem, context: Context) -> str:
    parts, has_title = problem.of(LacksParts)
    if not parts:
        return context.say("VKD802.no-title")
    from vkd_catalog.documents import PARTS

    said = context.say("VKD802.message", missing=all_of(_names(parts, context), context.language), total=len(PARTS))
    return said if has_title else f"{said} {context.say('VKD802.no-title')}"


def _names(parts: tuple[str, ...], context: Context) -> list[str]:
    from vkd_catalog.documents import part_names

    return [part_names(cast("Part", part), context.language)[0] for part in parts]


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    """The headings that are not there, each to be written below."""
    from vkd_catalog.documents.documentation import TO_BE_WRITTEN, headings

    there = {one.part for one in headings(context.lines)}
    parts = tuple(part for part in problem.of(LacksParts).parts if part not in there)
    if not parts:
        return ()
    last = len(context.lines) - 1
    end = len(content(context.lines[last]))
    added = "".join(f"\n## {name}\n\n{TO_BE_WRITTEN}\n" for name in _names(parts, context))
    break_ = "\n" if end else ""
    return (Fix(context.say("VKD802.add"), (context.edit(last, end, end, f"{break_}{added}"),)),)


RULE = Rule(
    code="VKD802",
    level="warning",
    example=Example(
        bad=f"{_HEAD}{_WRITTEN}",
        good=f"{_HEAD}{_WRITTEN}## Kostnadskomponenter\n\nIngen.\n",
        file="documents/eksempel.md",
    ),
    message=_message,
    fixes=_fixes,
)
