"""Codebooks: tables of which each row says what a variable of the data is called, means and may be.

Which column says what is guessed from its heading, in any of the languages, shown, and can be given. A codebook may
have a row a variable, with the code list in one cell, or a row a value, the variable named in the first alone or in
all.
"""

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, get_args

from vkd_catalog.describing.code_lists import read_code_list, read_values
from vkd_catalog.describing.table import NO_VALUES, Column, Table, UnreadableError
from vkd_catalog.importers.labels import read_label
from vkd_catalog.suggest import loose

Role = Literal[
    "name", "label", "definition", "values", "code", "code-label", "missing", "measure", "sensitive", "type", "file"
]
ROLES: tuple[Role, ...] = get_args(Role)
"""What a column of a codebook may say."""

_HEADINGS: Mapping[Role, tuple[str, ...]] = {
    "name": (
        *("variabel", "variabelnavn", "variabelnamn", "variable", "variable name", "varname", "var", "varnavn"),
        *("kolonne", "kolonnenavn", "kolumn", "kolumnnamn", "column", "column name", "felt", "feltnavn", "fält"),
        *("field", "field name", "kortnavn", "kortnamn", "short name", "variabelkode", "name", "navn", "namn"),
    ),
    "label": (
        *("etikett", "variabeletikett", "label", "variable label", "ledetekst", "variabeltekst", "betegnelse"),
        *("benämning", "betegning", "tekst", "text", "tittel", "titel", "title", "langt navn", "long name", "innhold"),
        *(
            "indhold",
            "innehåll",
            "variabelbeskrivelse",
            "visningsnavn",
            "display name",
            "spørsmål",
            "fråga",
            "question",
        ),
    ),
    "definition": (
        *("definisjon", "definition", "beskrivelse", "beskrivning", "beskriving", "description", "forklaring"),
        *("förklaring", "explanation", "merknad", "kommentar", "comment", "anmärkning", "notes", "note"),
    ),
    "values": (
        *("verdier", "verdiar", "värden", "værdier", "values", "koder", "codes", "kodeliste", "kodlista", "code list"),
        *("kategorier", "categories", "value labels", "verdietiketter", "svaralternativ", "svaralternativer"),
        *("koder og verdier", "verdisett", "verdimengde", "value set", "gyldige verdier", "valid values", "utfallsrum"),
    ),
    "code": ("kode", "kod", "code", "verdi", "værdi", "värde", "value", "svarkode"),
    "code-label": (
        *("kodetekst", "kodtext", "code label", "code text", "verdietikett", "verditekst", "værdietiket", "værditekst"),
        *("värdeetikett", "värdetext", "value label", "kategori", "category", "kodebeskrivelse", "kodnamn", "kodenavn"),
    ),
    "missing": (
        *("missing", "missing values", "missingkoder", "manglende", "manglende verdier", "manglande verdiar"),
        *("saknade värden", "bortfall", "uoppgitt", "uoplyst", "manglende værdier", "missing codes"),
    ),
    "measure": (
        *("enhet", "eining", "enhed", "måleenhet", "måleenhed", "måttenhet", "unit", "measure", "unit of measurement"),
    ),
    "sensitive": ("sensitiv", "sensitive", "følsom", "känslig", "personopplysning", "særlig kategori"),
    "type": ("type", "typ", "datatype", "datatyp", "data type", "format", "variabeltype", "variabeltyp"),
    "file": (
        *("fil", "fila", "file", "filnavn", "filnamn", "file name", "datasett", "dataset", "datamängd", "datasæt"),
        *("tabell", "table", "tabel", "register"),
    ),
}
_ROLE_OF = {loose(heading): role for role, headings in _HEADINGS.items() for heading in headings}

_SURE_NAMES = re.compile(r"variab|varn|column|kol[ou]m|kolonn|field|felt|fält", re.IGNORECASE)
"""Headings that speak of variables; a table of persons has a `name` too."""

_LEAST_SHARED = 0.3
"""The least share of a file's columns that a codebook names."""

_YES = {"ja", "yes", "j", "y", "1", "x", "true"}
_NO = {"nei", "nej", "no", "n", "0", "false"}


class Variable(NamedTuple):
    """What a codebook says of one variable; `file` names the data that it is of, empty where that is not said."""

    column: Column
    file: str = ""


class Codebook(NamedTuple):
    """A codebook: its table, which of its columns says what, by heading, and its variables in their order."""

    table: Table
    headings: Mapping[Role, str]
    variables: tuple[Variable, ...]


def codebook_in(table: Table, given: Mapping[str, str], known: Collection[str] | None = None) -> Codebook | None:
    """The codebook that a table is; None where its columns do not read as one.

    `given` names the headings of roles. `known` are the columns of the data that it is to describe, of which it must
    name some; None where it is said to be a codebook. Raises UnreadableError where a given heading is not there.
    """
    head, *rows = table.cells or [[]]
    roles = _roles(head, given, table)
    if not _reads_as_codebook(roles, head, rows, known):
        return None
    variables = tuple(_variables(roles, rows))
    if known is not None and known and not _names_some(variables, known):
        return None
    return Codebook(table, {role: head[at] for role, at in roles.items()}, variables)


def may_be_codebook(table: Table) -> bool:
    """Whether the headings of a table may be a codebook's; which it is, what it says tells."""
    head, *rows = table.cells or [[]]
    return _reads_as_codebook(_roles(head, {}, table), head, rows, ("",))


def described(column: Column, variable: Column) -> Column:
    """A column of data with what a codebook says of it; what the codebook does not say stays."""
    return column._replace(
        label=variable.label or column.label,
        values=variable.values or column.values,
        missing=variable.missing or column.missing,
        definition=variable.definition or column.definition,
        measure=variable.measure or column.measure,
        sensitive=variable.sensitive or column.sensitive,
    )


def _roles(head: Sequence[str], given: Mapping[str, str], table: Table) -> dict[Role, int]:
    """The index of the column that says each thing."""
    folded = [loose(name) for name in head]
    roles: dict[Role, int] = {}
    for role, name in given.items():
        known = next((one for one in ROLES if one == role), None)
        if known is None or loose(name) not in folded:
            what = f"no column is called {name}" if known else f"{role} is nothing that a codebook says"
            there = ", ".join(filter(None, head)) if known else ", ".join(ROLES)
            raise UnreadableError(table.path, f"{what}; there are {there}")
        roles[known] = folded.index(loose(name))
    for heading, role in _ROLE_OF.items():
        if role not in roles and heading in folded and folded.index(heading) not in roles.values():
            roles[role] = folded.index(heading)
    return _settled(roles, given)


def _settled(roles: dict[Role, int], given: Container[str]) -> dict[Role, int]:
    """Roles as they go together: without a label a description is one, without code lists `code` is a list; not where
    somebody has said what it is."""
    if "label" not in roles and "definition" in roles and "definition" not in given:
        roles["label"] = roles.pop("definition")
    if "code" in roles and "code-label" not in roles and "values" not in roles and "code" not in given:
        roles["values"] = roles.pop("code")
    return roles


def _reads_as_codebook(
    roles: Mapping[Role, int], head: Sequence[str], rows: Sequence[Sequence[str]], known: Collection[str] | None
) -> bool:
    if "name" not in roles or len(roles) < 2 or not rows:
        return False
    said = {"label", "definition", "values", "code-label"} & set(roles)
    sure = _SURE_NAMES.search(head[roles["name"]]) is not None
    return known is None or (bool(said) and (sure or bool(known) or len(roles) > 3))


def _names_some(variables: Sequence[Variable], known: Collection[str]) -> bool:
    """Whether some of the columns are among the variables, or most of the variables among the columns."""
    names = {loose(one.column.name) for one in variables}
    shared = len(names.intersection(map(loose, known)))
    return shared >= _LEAST_SHARED * len(known) or shared > len(names) / 2


def _variables(roles: Mapping[Role, int], rows: Iterable[Sequence[str]]) -> Iterator[Variable]:
    """The variables; rows of one name in one file, or without a name, belong to the row above that has it."""
    name, file = "", ""
    above: list[Sequence[str]] = []
    for row in rows:
        said = _cell(row, roles, "name")
        if said and (loose(said) != loose(name) or _cell(row, roles, "file") not in ("", file)) and above:
            yield _variable(name, roles, above)
            above = []
        file = _cell(row, roles, "file") or file
        name = said or name
        if name:
            above.append(row)
    if above:
        yield _variable(name, roles, above)


def _variable(name: str, roles: Mapping[Role, int], rows: Sequence[Sequence[str]]) -> Variable:
    """One variable from its rows: of each thing what the first row that says it says, and of codes every row."""

    def first(role: Role) -> str:
        return next(filter(None, (_cell(row, roles, role) for row in rows)), "")

    written = read_label(first("label"))
    values = dict(read_code_list(first("values")) or written.values)
    missing = list(read_values(first("missing")))
    for row in rows:
        code, label = _cell(row, roles, "code"), _cell(row, roles, "code-label")
        if code and label:
            values[code] = label
            missing += [code] if _says(_cell(row, roles, "missing")) and len(rows) > 1 else []
    column = Column(
        name,
        " ".join(written.word.split()),
        values or NO_VALUES,
        tuple(dict.fromkeys(value for value in missing if not _says(value) or value in values)),
        " ".join(first("definition").split()),
        first("measure"),
        _yes_or_no(first("sensitive")),
    )
    return Variable(column, first("file"))


def _cell(row: Sequence[str], roles: Mapping[Role, int], role: Role) -> str:
    at = roles.get(role, -1)
    return row[at].strip() if 0 <= at < len(row) else ""


def _says(text: str) -> bool:
    return text.casefold() in _YES - {"1"}


def _yes_or_no(text: str) -> str:
    """What `sensitive` takes; empty where a text says neither yes nor no."""
    word = text.strip().casefold()
    return "yes" if word in _YES else "no" if word in _NO else ""
