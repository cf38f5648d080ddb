"""Tables of figures as JSON-stat 2.0 (https://json-stat.org/full/): one is a dataset, several are a collection."""

from collections.abc import Sequence
from itertools import product
from typing import Any

from vkd_catalog.data.figures import TIME, Control, Dimension, FigureTable
from vkd_catalog.data.outputs.as_text import control_in_words, note_in_words


def as_json_stat(tables: Sequence[FigureTable], revision: str, name: str, language: str) -> dict[str, Any]:
    """The tables; `name` is the catalogue's. Dimensions go by the codes of classifications and characteristics."""
    items = datasets(tables, revision, name, language)
    if len(items) == 1:
        return items[0]
    label = ", ".join(table.label for table in tables)
    return {"version": "2.0", "class": "collection", "label": label, "link": {"item": items}}


def datasets(tables: Sequence[FigureTable], revision: str, name: str, language: str) -> list[dict[str, Any]]:
    """Each of the tables as a dataset."""
    return [_dataset(table, revision, name, language) for table in tables]


def _dataset(table: FigureTable, revision: str, name: str, language: str) -> dict[str, Any]:
    values = {figure.at: figure for figure in table.figures}
    cells = [values.get(at) for at in product(*([one.id for one in had.categories] for had in table.dimensions))]
    sources = list(dict.fromkeys(source for one in table.figures for source in one.sources))
    number = {source: at for at, source in enumerate(sources)}
    unit = {"label": table.measure, "decimals": _decimals(table)}
    measure = {"unit": {table.characteristic: unit}} if table.measure else {}
    metric = {"index": [table.characteristic], "label": {table.characteristic: table.label}, **measure}
    beside = [[number[one] for one in figure.beside] if figure else None for figure in cells]
    has_time = any(one.id == TIME for one in table.dimensions)
    return {
        "version": "2.0",
        "class": "dataset",
        "label": table.label,
        "source": name,
        "note": [*control_in_words(table, language), *(note_in_words(note, language) for note in table.notes)],
        "id": [table.characteristic, *(one.id for one in table.dimensions)],
        "size": [1, *(len(one.categories) for one in table.dimensions)],
        "role": {"metric": [table.characteristic], **({"time": [TIME]} if has_time else {})},
        "dimension": {
            table.characteristic: {"label": table.label, "category": metric},
            **{one.id: {"label": one.label, "category": _category(one)} for one in table.dimensions},
        },
        "value": [figure.value if figure else None for figure in cells],
        "extension": {
            "revision": revision,
            "disclosure_control": "none" if table.control is None else _control(table.control),
            "sources": [{"product": product_, "line": line} for product_, line in sources],
            "cited": [number[figure.sources[0]] if figure else None for figure in cells],
            **({"beside": beside} if any(beside) else {}),
        },
    }


def _control(control: Control) -> dict[str, Any]:
    rules = [{"key": one.key, "value": one.value, "changed": one.changed} for one in control.rules]
    return {"rules": rules, "check": control.said[-1]}


def _decimals(table: FigureTable) -> int:
    """How many decimals the figures have at most, which JSON-stat asks of what has a unit."""
    written = (f"{figure.value:.6f}".rstrip("0") for figure in table.figures if isinstance(figure.value, float))
    return max((len(text.partition(".")[2]) for text in written), default=0)


def _category(dimension: Dimension) -> dict[str, Any]:
    return {
        "index": [one.id for one in dimension.categories],
        "label": {one.id: one.label for one in dimension.categories},
    }
