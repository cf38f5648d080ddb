"""Whether the units of two products can be linked, rule by rule (docs/language.md section 6, R1 to R4).

A rule whose facts are missing is `unknown`, never silently `yes`; one `no` means that they cannot be linked.
"""

from collections.abc import Iterable
from typing import NamedTuple

from vkd_catalog.coding import ANY, UNIT
from vkd_catalog.evaluation.concepts import sameness
from vkd_catalog.evaluation.found import Verdict, weakest
from vkd_catalog.register import Linking, series_mark
from vkd_catalog.technical import characteristics_in
from vkd_catalog.vocabulary import Vocabularies
from vkd_grammar.technical import access_of


class Profile(NamedTuple):
    """All that linkage depends on, of one product in one demand. Many products share one profile.

    `unit` is the unit type that it answers lines about; an empty text is not stated. `populations` are the names of
    what answers, for each that may overlap with whatever there is, as registers may, ANY and the code it stands below.
    `unit_id` holds what identifies units, each alternative as the codes of the concepts that do it together.
    """

    unit: str
    populations: frozenset[str]
    unit_id: frozenset[frozenset[str]]
    series: str
    access: str


class Judgement(NamedTuple):
    """The verdict on two products, each rule's own, and a key for the reason of each rule (`R2-series-differ`, …)."""

    verdict: Verdict
    rules: dict[str, Verdict]
    reasons: tuple[str, ...]


def profile_of(stated: Linking, unit: str, names: Iterable[str], vocabularies: Vocabularies) -> Profile:
    """The profile of a product that answers lines about some unit type by sentences of some names."""
    return Profile(
        unit,
        frozenset(_population(name, vocabularies) for name in names),
        unit_ids(stated.unit_id, vocabularies),
        # A set that was handed out states a mark in place of its series.
        series_mark(stated.series),
        access_of(stated.access) or "",
    )


def population(name: str, vocabularies: Vocabularies) -> str:
    """All that matters of a name to linkage, whatever other names there are: ANY for each that is a population among
    others, as registers are."""
    known = _population(name, vocabularies)
    doubtful = vocabularies.names.concepts.tops_without_kind
    return ANY if known.startswith(ANY) and known.removeprefix(ANY) not in doubtful else known


def without_kind(names: Iterable[str], vocabularies: Vocabularies) -> frozenset[str]:
    """The first segments of those names that state no kind: whatever else begins so may be one population with them."""
    return frozenset(_top(name) for name in names if not name.startswith(UNIT) and not _has_kind(name, vocabularies))


def simplified(profile: Profile, doubtful: frozenset[str]) -> Profile:
    """A profile as others see whose names without kind begin with some segments: what else it stands below is alike."""
    populations = (
        ANY if name.startswith(ANY) and name.removeprefix(ANY) not in doubtful else name for name in profile.populations
    )
    return profile._replace(populations=frozenset(populations))


def unit_ids(stated: Iterable[str], vocabularies: Vocabularies) -> frozenset[frozenset[str]]:
    """What identifies a product's units, each alternative as the concepts that do it together."""
    characteristics = vocabularies.characteristics
    return frozenset(
        frozenset(sameness(characteristics, code) for code in characteristics_in(alternative)) for alternative in stated
    )


def judge(a: Profile, b: Profile, vocabularies: Vocabularies) -> Judgement:
    """Whether the units of two products can be linked; the order of the two makes no difference."""
    unit: tuple[Verdict, str] = ("yes", "R1-same") if a.unit else ("unknown", "R1-not-stated")
    if a.unit != b.unit:
        unit = ("no", "R1-differ") if a.unit and b.unit else ("unknown", "R1-not-stated")
    shared = _shared_identifier(a, b, a.unit_id & b.unit_id, "R2-none-shared", vocabularies)
    return _judgement({"R1": unit, "R2": shared, "R3": _overlapping(a, b, vocabularies), "R4": _not_closed(a, b)})


def judge_across(a: Profile, b: Profile, held: frozenset[frozenset[str]], vocabularies: Vocabularies) -> Judgement:
    """Whether units of one kind lead to units of another: `held` are what identifies the one's that the other holds."""
    return _judgement({"R2": _shared_identifier(a, b, held, "R2-none-held", vocabularies), "R4": _not_closed(a, b)})


def _judgement(judged: dict[str, tuple[Verdict, str]]) -> Judgement:
    rules = {rule: verdict for rule, (verdict, _) in judged.items()}
    return Judgement(weakest(rules.values()), rules, tuple(reason for _, reason in judged.values()))


def _shared_identifier(
    a: Profile, b: Profile, shared: frozenset[frozenset[str]], none: str, vocabularies: Vocabularies
) -> tuple[Verdict, str]:
    if a.series and b.series and a.series != b.series:
        return "no", "R2-series-differ"
    if not shared and (not a.unit_id or not b.unit_id):
        return "unknown", "R2-not-stated"
    if not shared:
        return "no", none
    if a.series != b.series:
        return "unknown", "R2-series-not-stated"
    if a.series or any(_is_global(alternative, vocabularies) for alternative in shared):
        return "yes", "R2-shared"
    return "unknown", "R2-not-global"


def _is_global(alternative: frozenset[str], vocabularies: Vocabularies) -> bool:
    """Whether characteristics together have the same values for a unit everywhere."""
    concepts = [
        [vocabularies.characteristics.coded(one) for one in vocabularies.characteristics.reach(code).same]
        for code in alternative
    ]
    return all(any(one is not None and one.identifies == "global" for one in some) for some in concepts)


def _overlapping(a: Profile, b: Profile, vocabularies: Vocabularies) -> tuple[Verdict, str]:
    """Populations are apart when every pair of their names is; one that may be makes it unknown."""
    verdicts = {_populations(one, other, vocabularies) for one in a.populations for other in b.populations}
    if verdicts <= {"no"}:
        return "no", "R3-apart"
    return ("unknown", "R3-not-stated") if "unknown" in verdicts else ("yes", "R3-overlap")


def _population(name: str, vocabularies: Vocabularies) -> str:
    """What matters of a name: of all but classes, units and what states no kind only what it stands below."""
    concept = vocabularies.names.coded(name)
    return ANY + _top(name) if concept is not None and concept.kind and not _roots(name, vocabularies) else name


def _populations(a: str, b: str, vocabularies: Vocabularies) -> Verdict:
    names = vocabularies.names
    if a.startswith(UNIT) or b.startswith(UNIT):
        return "no" if a.startswith(UNIT) and b.startswith(UNIT) and a != b else "yes"
    if a.startswith(ANY) and b.startswith(ANY):
        return "yes"
    is_within = names.is_same_or_below(a, b) or names.is_same_or_below(b, a)
    if not is_within and _roots(a, vocabularies) & _roots(b, vocabularies):
        return "no"
    may_be_apart = _top(a.removeprefix(ANY)) == _top(b.removeprefix(ANY)) and not (
        _has_kind(a, vocabularies) and _has_kind(b, vocabularies)
    )
    return "unknown" if may_be_apart else "yes"


def _has_kind(name: str, vocabularies: Vocabularies) -> bool:
    concept = vocabularies.names.coded(name)
    return name.startswith(ANY) or (concept is not None and bool(concept.kind))


def _roots(name: str, vocabularies: Vocabularies) -> frozenset[str]:
    """The classifications that a name is or stands below."""
    names = vocabularies.names
    if name.startswith((UNIT, ANY)):
        return frozenset()
    every = (*names.reach(name).same, *names.links.above(name))
    return frozenset(
        sameness(names, code)
        for code in every
        if (one := names.coded(code)) is not None and one.kind == "classification"
    )


def _top(code: str) -> str:
    return code.partition(".")[0]


def _not_closed(a: Profile, b: Profile) -> tuple[Verdict, str]:
    if "closed" in (a.access, b.access):
        return "no", "R4-closed"
    return ("yes", "R4-not-closed") if a.access and b.access else ("unknown", "R4-not-stated")
