"""Which object types, names and characteristics go together, and what they denote (table of 1972 p.12)."""

from typing import Literal, NamedTuple

from vkd_catalog.problems import FieldsDisagree, NotDefinedFor, SingularClassified
from vkd_catalog.vocabulary import Concept, Vocabulary
from vkd_catalog.vocabulary.concept import catalogue_of, is_same_or_below

Denotation = Literal["unit", "units", "aggregate", "aggregates", "population"]

_NAME_KINDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("individual", "singular"): ("individual",),
    ("individual", "plural"): ("register", "class"),
    ("aggregate", "singular"): ("register", "class", "classification"),
    ("aggregate", "plural"): ("classification", "class", "register"),
}
_DENOTES: dict[tuple[str, str], Denotation] = {
    ("individual", "singular"): "unit",
    ("individual", "plural"): "units",
    ("aggregate", "singular"): "aggregate",
    ("aggregate", "plural"): "aggregates",
}


class Disagreement(NamedTuple):
    """Why fields of a line do not go together: the diagnostic's code, the field it stands at, and the facts."""

    code: str
    field: Literal["object-type", "name", "characteristic"]
    facts: FieldsDisagree | SingularClassified | NotDefinedFor


def disagreements(
    object_type: Concept | None,
    name: Concept | None,
    characteristic: Concept | None,
    *,
    beside_classification: bool,
    identification: str = "",
    object_types: Vocabulary | None = None,
) -> tuple[Disagreement, ...]:
    """What is wrong with three fields together (VKD201 to VKD203); None stands for a field that agrees with everything.

    `beside_classification` says that a line of the same group has an aggregate object type and a classification, which
    lets a plural aggregate with a register state the population. `identification` is a unit's own, which stands
    for a name. `object_types` knows which are the same by mappings; without it codes alone decide. What a vocabulary
    does not state is no reason to object.
    """
    if object_type is None:
        return ()
    found = _name_disagrees(object_type, name, beside_classification, object_types) if name else None
    if identification and not name:
        found = _kind_disagrees(object_type, identification, "individual")
    kinds = _kinds_disagree(object_type, characteristic) if characteristic else None
    undefined = _not_defined(object_type, characteristic, object_types) if characteristic and not kinds else None
    return tuple(one for one in (found, kinds, undefined) if one)


def divides(
    object_type: Concept | None, name: Concept | None, characteristic: Concept | None, *, is_any_name: bool
) -> bool:
    """Whether a line may be aggregates by a classification, so that a register beside it states a population.

    What an object type that is don't-care stands for the characteristic says. `is_any_name` tells that a name which is
    None may be a classification, as a don't-care may.
    """
    kinds = [concept.kind for concept in (object_type, characteristic) if concept is not None and concept.kind]
    is_classification = name is not None and name.kind in ("classification", "class")
    return kinds[:1] != ["individual"] and (is_any_name or is_classification)


def stand_together(name: Concept | None, characteristic: Concept | None) -> bool:
    """Whether a row of the table has a name and a characteristic of such kinds, whatever its object type."""
    if name is None or characteristic is None or not name.kind or not characteristic.kind:
        return True
    return any(name.kind in kinds for (kind, _), kinds in _NAME_KINDS.items() if kind == characteristic.kind)


def denotes(object_type: Concept, name: Concept | None) -> Denotation | None:
    """What a line with this object type and name is about; None where the object type states no kind and number."""
    meaning = _DENOTES.get((object_type.kind, object_type.number))
    if meaning == "aggregates" and name is not None and name.kind == "register":
        return "population"
    return meaning


def is_single_unit(object_type: Concept | None) -> bool:
    """Whether an object type stands for a single unit, so that a line may name the unit by its own identification."""
    return object_type is not None and (object_type.kind, object_type.number) == ("individual", "singular")


def goes_with(concept: Concept, object_type: Concept, object_types: Vocabulary | None = None) -> bool:
    """Whether a name or characteristic is defined for an object type, or for all of them.

    `object_types` knows what mappings make the same; without it codes alone decide.
    """
    is_among = object_types.is_same_or_below if object_types else is_same_or_below
    return not concept.object_types or any(is_among(object_type.code, code) for code in concept.object_types)


def plural_of(object_type: Concept, object_types: Vocabulary) -> Concept | None:
    """The plural form of an object type: the same kind and unit; the nearest above it where there are several."""
    own = catalogue_of(object_type.code)
    forms = [
        form
        for form in object_types.of_unit(object_type.unit)
        if form.number == "plural"
        and form.kind == object_type.kind
        # Another catalogue's is the same concept, but not what anybody would write beside this one.
        and catalogue_of(form.code) == own
    ]
    above = [form for form in forms if is_same_or_below(object_type.code, form.code)]
    return max(above, key=lambda form: len(form.code), default=forms[0] if forms else None)


def _name_disagrees(
    object_type: Concept, name: Concept, beside_classification: bool, object_types: Vocabulary | None
) -> Disagreement | None:
    wrong = _kind_disagrees(object_type, name.code, name.kind)
    if wrong:
        return wrong
    form = (object_type.kind, object_type.number)
    if form == ("aggregate", "plural") and name.kind == "register" and not beside_classification:
        kinds = ("classification", "class")
        facts = FieldsDisagree("population", object_type.code, form, name.kind, name.code, kinds=kinds)
        return Disagreement("VKD201", "name", facts)
    if not goes_with(name, object_type, object_types):
        defined = name.object_types
        facts = FieldsDisagree("name-object-types", object_type.code, form, name.kind, name.code, defined=defined)
        return Disagreement("VKD201", "name", facts)
    if form == ("aggregate", "singular") and name.kind == "classification":
        return Disagreement("VKD202", "object-type", SingularClassified(object_type.code, name.code))
    return None


def _kind_disagrees(object_type: Concept, name: str, had: str) -> Disagreement | None:
    """A name of a kind that the table has no row for."""
    form = (object_type.kind, object_type.number)
    kinds = _NAME_KINDS.get(form, ())
    if not had or not kinds or had in kinds:
        return None
    return Disagreement("VKD201", "name", FieldsDisagree("name-kind", object_type.code, form, had, name, kinds=kinds))


def _kinds_disagree(object_type: Concept, characteristic: Concept) -> Disagreement | None:
    if not object_type.kind or not characteristic.kind or object_type.kind == characteristic.kind:
        return None
    facts = FieldsDisagree(
        "characteristic-kind",
        object_type.code,
        (object_type.kind, object_type.number),
        characteristic.kind,
        characteristic=characteristic.code,
        kinds=(object_type.kind,),
    )
    return Disagreement("VKD201", "characteristic", facts)


def _not_defined(object_type: Concept, characteristic: Concept, object_types: Vocabulary | None) -> Disagreement | None:
    if goes_with(characteristic, object_type, object_types):
        return None
    facts = NotDefinedFor(object_type.code, characteristic.code, characteristic.object_types)
    return Disagreement("VKD203", "characteristic", facts)
