"""VKD802: documentation lacks parts of the model (1972 phase 3)."""

from __future__ import annotations

from typing import cast

from vkd_catalog.documents import PARTS, Part, part_names
from vkd_catalog.problems import LacksParts
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.documentations import missing_headings
from vkd_server.rules.shared.wording import all_of

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
    names = [part_names(cast("Part", part), context.language)[0] for part in parts]
    said = context.say("VKD802.message", missing=all_of(names, context.language), total=len(PARTS))
    return said if has_title else f"{said} {context.say('VKD802.no-title')}"


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    edits = tuple(missing_headings(cast("tuple[Part, ...]", problem.of(LacksParts).parts), context))
    return (Fix(context.say("VKD802.add"), edits),) if edits else ()


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
