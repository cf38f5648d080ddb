"""Whether the units of two products can be linked, rule by rule (docs/language.md section 6, R1 to R4).

A rule whose facts are missing is `unknown`, never silently `yes`; one `no` means that they cannot be linked.
"""

from typing import NamedTuple

from vkd_catalog.coding import ANY, UNIT
from vkd_catalog.evaluation.found import Verdict, weakest
from vkd_catalog.evaluation.hits import Hit
from vkd_catalog.register import ProductRecord
from vkd_catalog.technical import TechnicalData
from vkd_catalog.vocabulary import Vocabularies
from vkd_catalog.vocabulary.concept import is_same_or_below
from vkd_grammar.words import fold


class Profile(NamedTuple):
    """All that linkage depends on, of one product in one demand. Many products share one profile.

    `units` are the unit types of its matching sentences; an empty text is not stated. `populations` are their names,
    for each that may overlap with whatever there is, as registers may, ANY and the code it stands below.
    """

    units: frozenset[str]
    populations: frozenset[str]
    unit_id: frozenset[str]
    series: str
    access: str


def profile_of(record: ProductRecord, hits: tuple[Hit, ...], vocabularies: Vocabularies) -> Profile:
    """The profile of a product by its sentences that matter to a demand."""
    object_types = vocabularies.object_types.concepts
    technical = TechnicalData(dict(record.values), record.unit_id)
    return Profile(
        frozenset(
            object_types[code].unit if code in object_types else ""
            for code in {hit.sentence.object_type for hit in hits}
        ),
        frozenset(_population(name, vocabularies) for name in {hit.sentence.name for hit in hits}),
        frozenset(record.unit_id),
        fold(record.values.get("series", "")),
        technical.access or "",
    )


class Judgement(NamedTuple):
    """The verdict on two products, each rule's own, and a key for the reason of each rule (`R2-series-differ`, …)."""

    verdict: Verdict
    rules: dict[str, Verdict]
    reasons: tuple[str, ...]


def judge(a: Profile, b: Profile, vocabularies: Vocabularies) -> Judgement:
    """Whether the units of two products can be linked; the order of the two makes no difference."""
    judged = (_same_unit(a, b), _shared_identifier(a, b), _overlapping(a, b, vocabularies), _not_closed(a, b))
    rules = {rule: verdict for rule, (verdict, _) in zip(("R1", "R2", "R3", "R4"), judged, strict=True)}
    return Judgement(weakest(rules.values()), rules, tuple(reason for _, reason in judged))


def _same_unit(a: Profile, b: Profile) -> tuple[Verdict, str]:
    if "" in a.units or "" in b.units:
        return "unknown", "R1-not-stated"
    return ("yes", "R1-same") if a.units & b.units else ("no", "R1-differ")


def _shared_identifier(a: Profile, b: Profile) -> tuple[Verdict, str]:
    if a.series and b.series and a.series != b.series:
        return "no", "R2-series-differ"
    if not a.unit_id or not b.unit_id:
        return "unknown", "R2-not-stated"
    if not a.unit_id & b.unit_id:
        return "no", "R2-none-shared"
    return ("yes", "R2-shared") if a.series == b.series else ("unknown", "R2-series-not-stated")


def _overlapping(a: Profile, b: Profile, vocabularies: Vocabularies) -> tuple[Verdict, str]:
    """Populations are apart when every pair of their names is; one pair that may overlap is enough."""
    verdicts = {_populations(one, other, vocabularies) for one in a.populations for other in b.populations}
    if "yes" in verdicts:
        return "yes", "R3-overlap"
    return ("unknown", "R3-not-stated") if "unknown" in verdicts else ("no", "R3-apart")


def _population(name: str, vocabularies: Vocabularies) -> str:
    """What matters of a name: of all but classes, units and what states no kind only what it stands below."""
    concept = vocabularies.names.coded(name)
    return ANY + _top(name) if concept is not None and concept.kind not in ("class", "") else name


def _populations(a: str, b: str, vocabularies: Vocabularies) -> Verdict:
    if a == b:
        return "yes"
    if a.startswith(UNIT) and b.startswith(UNIT):
        return "no"
    names = vocabularies.names
    one, other = names.coded(a), names.coded(b)
    if any(name is not None and not name.kind for name in (one, other)):
        return "unknown" if _top(a.removeprefix(ANY)) == _top(b.removeprefix(ANY)) else "yes"
    if one is None or other is None or names.classification_of(one) != names.classification_of(other):
        return "yes"
    return "yes" if is_same_or_below(a, b) or is_same_or_below(b, a) else "no"


def _top(code: str) -> str:
    return code.partition(".")[0]


def _not_closed(a: Profile, b: Profile) -> tuple[Verdict, str]:
    if "closed" in (a.access, b.access):
        return "no", "R4-closed"
    return ("yes", "R4-not-closed") if a.access and b.access else ("unknown", "R4-not-stated")
