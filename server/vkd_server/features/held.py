"""Product descriptions held to their data: what is found, and the figures of what stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.languages import counted, load, say
from vkd_server.features.diagnostics import Diagnostic, diagnose_held, silenced_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.coding import CodedDescription
    from vkd_catalog.data import ColumnFigures, Figures, Unheld
    from vkd_grammar.document import Document


class HeldProduct(NamedTuple):
    """A product that was held to its data: its identification, what was found, and the figures, or why no file was
    looked for."""

    identification: str
    diagnostics: tuple[Diagnostic, ...]
    figures: Figures | None
    why: Unheld | None

    def moved(self, row: int) -> HeldProduct:
        """The same after its description has moved to another row."""
        return self._replace(diagnostics=tuple(one.moved(row) for one in self.diagnostics))


def held_products(document: Document, path: str, catalogue: Catalogue) -> Iterator[HeldProduct]:
    """Every product of a document held to its data. Raises ExtraMissing where what reads data is not installed."""
    for number, (row, description) in enumerate(document.pieces()):
        if description.kind == "product":
            hold = holding(document, number, catalogue.coder.code(description), path, catalogue)
            yield hold().moved(row)


def holding(
    document: Document, number: int, coded: CodedDescription, path: str, catalogue: Catalogue
) -> Callable[[], HeldProduct]:
    """What holds one product of a document to its data when it is called, and may do so beside other work. Rows count
    from the description's first."""
    silenced = silenced_in(document.lines[:1])
    lines = document.piece_lines(number)

    def held() -> HeldProduct:
        from vkd_catalog.data import hold

        found = hold(coded, catalogue)
        diagnostics = diagnose_held(found.problems, coded, lines, path, catalogue, silenced=silenced)
        return HeldProduct(coded.identification, diagnostics, found.figures, found.why)

    return held


def may_be_held(coded: CodedDescription, catalogue: Catalogue) -> bool:
    """Whether a description can be held to data on this machine, and the one who asks may know of them."""
    address = coded.technical.value("data")
    is_local = address is not None and catalogue.resolve(address).kind == "path"
    return is_local and coded.kind == "product" and not catalogue.is_public


def held_as_json(held: HeldProduct, language: str) -> dict[str, object]:
    """What was found, and the figures, as the command `vkd.checkData` answers them."""
    figures = held.figures
    return {
        "product": held.identification,
        "found": [{"code": one.code, "message": one.message} for one in held.diagnostics],
        "files": figures.files if figures else 0,
        "rows": figures.rows if figures else 0,
        "columns": [{**one._asdict(), "lines": list(one.lines)} for one in figures.columns] if figures else [],
        "why": say(f"data.unheld.{held.why}", language) if held.why else None,
    }


def held_in_short(held: HeldProduct, language: str) -> str:
    """One line: how much was read, and how much was found; or why nothing was."""
    if held.why:
        why = say(f"data.unheld.{held.why}", language)
        return say("data.unheld", language, product=held.identification, why=why)
    found = counted("data.found", len(held.diagnostics), language)
    return say("data.held", language, product=held.identification, figures=read_in_short(held, language), found=found)


def read_in_short(held: HeldProduct, language: str) -> str:
    """How many files and rows were read."""
    files, rows = (held.figures.files, held.figures.rows) if held.figures else (0, 0)
    return f"{counted('data.files', files, language)}, {counted('data.rows', rows, language)}"


def columns_in_words(held: HeldProduct, line: int, language: str) -> list[str]:
    """What stands in the columns that belong to a line of the description, a text for each."""
    columns = held.figures.columns if held.figures else ()
    return [_in_words(column, language) for column in columns if line in column.lines]


def _in_words(column: ColumnFigures, language: str) -> str:
    share = 100 * column.missing / column.rows if column.rows else 0
    shown = f"{share:.1f}".replace(".", load(language).decimal)
    values = counted("data.values", column.distinct, language)
    facts = {"column": column.column, "values": values, "missing": column.missing, "rows": column.rows, "share": shown}
    return say("data.column", language, **facts)
