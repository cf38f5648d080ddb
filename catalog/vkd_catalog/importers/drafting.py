"""What a source states, made into a workspace: its vocabularies, a product for each set, and what to say of it.

One way for all formats whose readers give `Stated`; what the source leaves open stays open.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from vkd_catalog.importers import object_types
from vkd_catalog.importers.coded import Coded, coded, tag_of
from vkd_catalog.importers.importer import Draft
from vkd_catalog.importers.report import Unmapped
from vkd_catalog.importers.stated import DataSet, Stated, Texts
from vkd_catalog.importers.undescribed import NOT_STATED_TIME
from vkd_catalog.importers.words import address, file_stems, plain_label, technical
from vkd_catalog.importers.writer import Product, ProductFile, Sentence, Workspace, vocabulary
from vkd_catalog.languages import say
from vkd_grammar.problems import UNREADABLE
from vkd_grammar.technical import ADDRESS_KEYS, access_of
from vkd_grammar.words import fold

_TOGETHER = ("collection", "form", "access", "unit-id", "series", "version", "updated")
"""The keys that are so short that they stand on one line."""


def drafted(stated: Stated) -> Draft:
    """The workspace of all that is stated, and what is to be said of it."""
    given = coded(stated)
    return Draft(
        workspace=Workspace(
            name=stated.name,
            language=given.language,
            source=stated.source,
            comment=(),
            object_types=object_types.vocabulary(given.units),
            names=vocabulary(given.names),
            characteristics=vocabulary(given.characteristics),
            product_files=_product_files(given),
            files=len({each.file for each in stated.sets}),
            licence=_licence_note(stated),
            ignored_rules=_ignored_rules(given),
            undescribed=given.undescribed,
        ),
        source=stated.source,
        version=stated.version,
        licence=stated.licence,
        unmapped=tuple(_unmapped(given)),
    )


def _licence_note(stated: Stated) -> str:
    return (
        "# Licence of the source\n\n"
        f"The vocabularies and product descriptions here are made from {stated.source}.\n"
        f"Its licence: {stated.licence}.\n"
    )


def _ignored_rules(given: Coded) -> dict[str, str]:
    """Rules that would say of each of very many lines what is said of the source once, in IMPORT.md."""
    ignored = {}
    if not all(_is_defined(row) for row in given.characteristics):
        ignored["VKD501"] = "the source does not define all its variables"
    if given.shared or given.shared_names:
        ignored["VKD602"] = (
            "the source calls several things the same; where a sentence needs it, it writes the code as well"
        )
    return ignored


def _is_defined(row: object) -> bool:
    return isinstance(row, dict) and any(cell for column, cell in row.items() if column.startswith("definition@"))


# Products.


def _product_files(given: Coded) -> Iterator[ProductFile]:
    names = _identifications(given.stated.sets)
    stems = file_stems(dict.fromkeys(each.file for each in given.stated.sets))
    of_file: dict[str, list[tuple[DataSet, str]]] = {file: [] for file in stems}
    for each, name in zip(given.stated.sets, names, strict=True):
        of_file[each.file].append((each, name))
    for file, sets in of_file.items():
        yield ProductFile(f"products/{stems[file]}.vkd", (), [_product(each, name, given) for each, name in sets])


def _identifications(sets: Sequence[DataSet]) -> Sequence[str]:
    """What the product of each set goes by: unlike any other, and unlike any collection."""
    taken = {fold(plain_label(each.technical.get("collection", ""))) for each in sets}
    found = []
    for each in sets:
        plain = name = plain_label(each.identification) or plain_label(each.file)
        number = 1
        while fold(name) in taken:
            number += 1
            name = f"{plain} ({number})"
        taken.add(fold(name))
        found.append(name)
    return found


def _product(each: DataSet, name: str, given: Coded) -> Product:
    return Product(
        comment=[plain_label(one) for one in _comment(each, given)],
        identification=name,
        technical=list(_technical(each, given)),
        sentences=list(_sentences(each, given)),
    )


def _comment(each: DataSet, given: Coded) -> Iterator[str]:
    for guess in each.guesses:
        yield f"guessed: {say(guess.key, given.language, unit=_plural(each.unit, given), **guess.facts)}"
    for remark in each.remarks:
        yield say(remark.key, given.language, **remark.facts)
    if not each.holdings and _is_dated(each):
        yield say("import.time", given.language, said=", ".join(each.times))


def _is_dated(each: DataSet) -> bool:
    return any(time != NOT_STATED_TIME for time in each.times)


def _sentences(each: DataSet, given: Coded) -> Iterator[Sentence]:
    if not each.holdings:
        register = given.registers[each.register]
        yield Sentence(_plural(each.unit, given), register, given.undescribed, NOT_STATED_TIME)
    for held in each.holdings:
        for time in held.times or each.times:
            unit = _plural(held.unit or each.unit, given)
            register = given.registers[held.register or each.register]
            yield Sentence(unit, register, given.variables[held.variable], time)


def _plural(unit: object_types.ObjectType, given: Coded) -> str:
    language = given.language if given.language in object_types.LANGUAGES else object_types.LANGUAGES[0]
    return object_types.plural(unit, language)


def _technical(each: DataSet, given: Coded) -> Iterator[list[tuple[str, str]]]:
    stated = {**each.technical, "unit-id": _unit_id(each, given)}
    if _is_sensitive_and_open(each, given):
        del stated["access"]
    said = {key: address(value) if key in ADDRESS_KEYS else technical(_text(value)) for key, value in stated.items()}
    first = [(key, said.pop(key)) for key in _TOGETHER if said.get(key)]
    if first:
        yield first
    for key, title in _titles(each.titles, given):
        yield [(key, technical(title))]
    for key, value in said.items():
        if value:
            yield [(key, value)]


def _text(value: str) -> str:
    return UNREADABLE.sub(" ", value)


def _titles(titles: Texts, given: Coded) -> Iterator[tuple[str, str]]:
    """The first title in each language. One has a key without a language: that whose language nobody says, else that in
    the catalogue's, else the first."""
    tagged: dict[str, str] = {}
    for one in titles:
        if plain_label(one.text):
            tagged.setdefault(tag_of(one.language, given.stated.language).lower(), plain_label(one.text))
    plain = next((tag for tag in ("", given.language) if tag in tagged), next(iter(tagged), ""))
    for tag, title in sorted(tagged.items(), key=lambda one: one[0] != plain):
        yield "title" if tag == plain else f"title@{tag}", title


def _unit_id(each: DataSet, given: Coded) -> str:
    return ", ".join("+".join(_column_word(key, given) for key in keys) for keys in each.unit_ids)


def _column_word(key: str, given: Coded) -> str:
    """A variable as `unit-id` names it: by its code where its word holds what parts them, or is not its own."""
    word = given.variables[key]
    return f"[{given.codes[key]}]" if set(",+[\\") & set(word) else word


def _is_sensitive_and_open(each: DataSet, given: Coded) -> bool:
    """Whether the source says of sensitive variables that anybody may have them, which no product may."""
    if access_of(each.technical.get("access", "")) != "open":
        return False
    sensitive = {one.key for one in given.stated.variables if one.sensitive == "yes"}
    return any(held.variable in sensitive for held in each.holdings)


# The report.


def _unmapped(given: Coded) -> Iterator[Unmapped]:
    stated = given.stated
    yield from stated.notes
    undescribed = sum(not each.holdings for each in stated.sets)
    if undescribed:
        word = given.undescribed
        yield Unmapped("set", f"{undescribed} sets", f"name no variables; one sentence with the characteristic {word}")
    dated = sum(not each.holdings and _is_dated(each) for each in stated.sets)
    if dated:
        yield Unmapped("time", f"{dated} sets", "stated, but the set names no variables that it could be the time of")
    undated = sum(NOT_STATED_TIME in (held.times or each.times) for each in stated.sets for held in each.holdings)
    if undated:
        yield Unmapped("time", f"{undated} sentences", f"no period is stated; the time is {NOT_STATED_TIME}")
    if given.shared:
        why = "name several concepts; sentences write the code as well"
        yield Unmapped("word", f"{len(given.shared)} words", why)
    for code, words in given.left_out.items():
        for word in words:
            yield Unmapped("synonym", word, f"of {code}; it would also name another concept, so it is left out")
    for one in stated.variables:
        for value in one.values:
            if "=" in value.value:
                yield Unmapped("value", f"{one.key}: {value.value}", "a code list cannot hold a value with = in it")
    for each in stated.sets:
        if _is_sensitive_and_open(each, given):
            why = "open, but it holds sensitive variables; no condition is stated"
            yield Unmapped("access", each.identification, why)
    yield from _unstated(given)


def _unstated(given: Coded) -> Iterator[Unmapped]:
    """What the source leaves open of its variables, counted."""
    variables = given.stated.variables
    lacking = Counter(
        kind
        for one in variables
        for kind, said in (
            ("definition", one.definitions),
            ("sensitivity", one.sensitive),
            ("temporality", one.temporality),
        )
        if not said
    )
    for kind, count in lacking.items():
        yield Unmapped(kind, f"{count} of {len(variables)} variables", "not stated in the source; left empty")
