"""A DDI-Codebook study as its file states it: what it is, when and of whom, its files, groups and variables."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.importers.dates import day_of
from vkd_catalog.importers.ddi_elements import OWN, Spoken, in_one_language, language_of, own_notes, unit_in
from vkd_catalog.importers.ddi_times import Times, times_of
from vkd_catalog.importers.ddi_variables import Read, variable_of
from vkd_catalog.importers.object_types import ObjectType
from vkd_catalog.importers.report import ImportSourceError
from vkd_catalog.importers.stated import Text, Texts
from vkd_catalog.importers.xml_elements import Element, elements
from vkd_grammar.technical import ADDRESS_KEYS, key_named

_CITATION = ("citation", "titlStmt")
_ACCESS = ("dataAccs", "useStmt")
_SUMMARY = ("stdyInfo", "sumDscr")
_WHOLE = frozenset({"stdyDscr", "fileDscr", "varGrp", "var", "nCube", "nCubeGrp"})
_OPENED = frozenset({"codeBook"})

_CONDITIONS = {
    "open access": "open",
    "embargoed access": "closed",
    "restricted access": "restricted",
    "metadata only access": "closed",
}
"""The terms of the COAR vocabulary of access rights, which archives write into `conditions`."""


class File(NamedTuple):
    """A data file of a study: what variables call it, its name, type and address, and what identifies its records, for
    each kind of record the variables together."""

    identifier: str
    name: str
    type: str
    address: str
    keys: Sequence[Sequence[str]]


class VariableGroup(NamedTuple):
    """A group of variables: what others call it, its labels, and the variables and groups that it names.

    `code` is the one it has in the catalogue that vkd exported it from, if it did.
    """

    identifier: str
    code: str
    labels: Texts
    definitions: Texts
    variables: Sequence[str]
    groups: Sequence[str]


class Study(NamedTuple):
    """A study as read. `path` is the file it stands in; `cubes` counts its tables, which are not read.

    `excluded` are those whom its population leaves out, `conditions` what it says in words of who may use the data.
    `names` are what vkd's exporter says the register is called that its sentences name.
    """

    path: Path
    identification: str
    titles: Texts
    abstracts: Texts
    series: Texts
    series_abstracts: Texts
    names: Texts
    technical: Mapping[str, str]
    excluded: str
    conditions: str
    unit: ObjectType | None
    unit_said: str
    times: Times
    topics: int
    files: Sequence[File]
    groups: Sequence[VariableGroup]
    variables: Sequence[Read]
    cubes: int


def studies_in(path: Path) -> Sequence[Study]:
    """The studies that a file holds, alone or in a harvested list. Raises ImportSourceError, also where it holds none,
    and OSError."""
    studies = list(_studies(path))
    if not studies:
        raise ImportSourceError(path, "holds no codeBook: it is not DDI-Codebook")
    return studies


class _Open:
    """A study of which more is still to come; its variables are taken in as they come, for they may be very many."""

    def __init__(self, language: str) -> None:
        self._language = language
        self.described: list[Spoken] = []
        self.files: list[File] = []
        self.groups: list[VariableGroup] = []
        self.variables: list[Read] = []
        self.cubes = 0

    def add(self, element: Element) -> None:
        said = Spoken(element, language_of(element, self._language))
        match element.name:
            case "stdyDscr":
                self.described.append(said)
            case "fileDscr":
                self.files += _files(said)
            case "varGrp":
                self.groups.append(_group(said))
            case "var":
                self.variables.append(variable_of(said))
            case _:
                self.cubes += 1

    def holds_something(self) -> bool:
        return bool(self.described or self.variables)


def _studies(path: Path) -> Iterator[Study]:
    study = _Open("")
    for element in elements(path, _WHOLE, _OPENED):
        if element.name == "codeBook":
            if study.holds_something():
                yield _study(path, study)
            study = _Open(language_of(element, ""))
        else:
            study.add(element)
    if study.holds_something():
        yield _study(path, study)


def _study(path: Path, read: _Open) -> Study:
    # A study whose file has none of its own description is described by nothing but its variables.
    said = read.described[0] if read.described else Spoken(Element("stdyDscr", {}, (), 0), "")
    units = said.texts(*_SUMMARY, "anlyUnit")
    own = own_notes(said)
    return Study(
        path,
        _identification(said) or path.stem,
        _titles(said),
        said.texts("stdyInfo", "abstract"),
        said.texts("citation", "serStmt", "serName"),
        said.texts("citation", "serStmt", "serInfo"),
        tuple(own.get("name", ())),
        {**_technical(said, read.files), **_own_keys(own)},
        _universe(said, excluded=True),
        _conditions(said),
        unit_in(said, *_SUMMARY, "anlyUnit"),
        units[0].text if units else "",
        times_of(said),
        len(list(said.below("stdyInfo", "subject", "keyword")))
        + len(list(said.below("stdyInfo", "subject", "topcClas"))),
        read.files,
        read.groups,
        read.variables,
        read.cubes,
    )


def _titles(said: Spoken) -> Texts:
    """The titles; a study that vkd exported without a title has its identification there, for it must have one."""
    exported = [one for one in said.below(*_CITATION, "IDNo") if one.element.attributes.get("agency") == OWN]
    none = {one.element.whole_text() for one in exported}
    titles = said.texts(*_CITATION, "titl") + said.texts(*_CITATION, "parTitl")
    return tuple(title for title in titles if title.text not in none)


def _own_keys(own: Mapping[str, Sequence[Text]]) -> Mapping[str, str]:
    """The keys of technical data that vkd's exporter states in notes, without addresses inside the place it was at."""
    said = {kind: texts[0].text for kind, texts in own.items() if key_named(kind)}
    return {kind: text for kind, text in said.items() if kind not in ADDRESS_KEYS or "://" in text}


def _identification(said: Spoken) -> str:
    """The study's number in its archive; a persistent identifier where it has no other."""
    elements = list(said.below(*_CITATION, "IDNo"))
    own = (one.element.whole_text() for one in elements if one.element.attributes.get("agency") == OWN)
    if exported := next(own, ""):
        return exported
    numbers = [one.element.whole_text() for one in elements if one.element.whole_text()]
    return next((one for one in numbers if not _is_persistent(one)), numbers[0] if numbers else "")


def _is_persistent(text: str) -> bool:
    return text.casefold().startswith(("10.", "doi:", "urn:", "hdl:", "http://", "https://"))


def _technical(said: Spoken, files: Sequence[File]) -> Mapping[str, str]:
    numbers = [
        one.element.whole_text()
        for one in said.below(*_CITATION, "IDNo")
        if one.element.attributes.get("agency") != OWN
    ]
    addresses = [one.element.attributes.get("URI", "") for one in said.below("citation", "holdings")]
    found = {
        "doc": next((one for one in addresses if "://" in one), ""),
        "form": ", ".join(dict.fromkeys(one.type for one in files if one.type)),
        "access": _access(said),
        "population": _population(said),
        "source": in_one_language(said.texts("method", "dataColl", "sources", "dataSrc")),
        "quality": in_one_language(
            said.texts("method", "dataColl", "sampProc") + said.texts("method", "anlyInfo", "respRate")
        ),
        "processing": in_one_language(
            said.texts("method", "dataColl", "cleanOps") + said.texts("method", "dataColl", "weight")
        ),
        "publisher": said.text("citation", "distStmt", "distrbtr") or said.text("citation", "prodStmt", "producer"),
        "contact": said.text("citation", "distStmt", "contact"),
        "licence": in_one_language(said.texts("citation", "prodStmt", "copyright")),
        "version": said.text("citation", "verStmt", "version"),
        "pid": next(filter(_is_persistent, numbers), ""),
        "updated": next(filter(None, (day_of(one.element.attributes.get("date", "")) for one in _versions(said))), ""),
    }
    return {key: value for key, value in found.items() if value}


def _versions(said: Spoken) -> Iterator[Spoken]:
    return said.below("citation", "verStmt", "version")


def _population(said: Spoken) -> str:
    """Of whom the study is, and where."""
    areas = in_one_language(said.texts(*_SUMMARY, "nation") + said.texts(*_SUMMARY, "geogCover"))
    return "; ".join(filter(None, (_universe(said, excluded=False), areas)))


def _universe(said: Spoken, *, excluded: bool) -> str:
    """Those whom the study is of, or those who are left out of them."""
    found = (
        Text(one.element.whole_text(), one.language)
        for one in said.below(*_SUMMARY, "universe")
        if (one.element.attributes.get("clusion") == "E") is excluded
    )
    return in_one_language(tuple(text for text in found if text.text))


def _access(said: Spoken) -> str:
    terms = (one.text.casefold() for name in ("conditions", "restrctn") for one in said.texts(*_ACCESS, name))
    return next((_CONDITIONS[term] for term in terms if term in _CONDITIONS), "")


def _conditions(said: Spoken) -> str:
    """What the study says of who may use its data, in words."""
    texts = [one for name in ("restrctn", "conditions") for one in said.texts(*_ACCESS, name)]
    return in_one_language(tuple(one for one in texts if one.text.casefold() not in _CONDITIONS))


def _files(said: Spoken) -> Iterator[File]:
    """The files that a `fileDscr` describes; most describe one."""
    identifier, address = said.element.attributes.get("ID", ""), said.element.attributes.get("URI", "")
    records = (one.element.attributes.get("keyvar", "") for one in said.below("fileTxt", "fileStrc", "recGrp"))
    keys = tuple(record.split() for record in records if record.split())
    for one in said.below("fileTxt"):
        name, kind = one.text("fileName"), one.text("fileType")
        if name or kind or address or keys:
            yield File(identifier, name, kind, next((place for place in (address, name) if "://" in place), ""), keys)


def _group(said: Spoken) -> VariableGroup:
    attributes = said.element.attributes
    return VariableGroup(
        attributes.get("ID", "") or attributes.get("name", ""),
        next((one.text for one in own_notes(said).get("code", ())), ""),
        said.texts("labl") or said.texts("concept"),
        said.texts("txt") or said.texts("defntn"),
        attributes.get("var", "").split(),
        attributes.get("varGrp", "").split(),
    )
