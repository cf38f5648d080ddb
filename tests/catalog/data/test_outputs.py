"""Tables of figures as JSON-stat: valid, whatever is missing, and however many tables there are."""

from importlib import import_module

import pytest

from vkd_catalog.data.figures import TIME, Category, Dimension, Figure, FigureTable, Note
from vkd_catalog.data.outputs.as_json_stat import as_json_stat

PLACES = Dimension("R", "Regions", (Category("1", "North"), Category("2", "South")))
YEARS = Dimension(TIME, "Time", (Category("2020", "2020"), Category("2021", "2021")))


def table(measure: str, *values: float | None) -> FigureTable:
    at = [(place.id, year.id) for place in PLACES.categories for year in YEARS.categories]
    figures = tuple(Figure(one, value, "a", 1) for one, value in zip(at, values, strict=False))
    return FigureTable("S1", "Count", measure, (1,), (PLACES, YEARS), figures, (Note("no-class", 2, ("9", "")),))


@pytest.mark.parametrize(
    ("one", "decimals"),
    [
        (table("", 1, 2, 3, 4), None),
        (table("persons", 1, 2, 3, 4), 0),
        (table("EUR", 1.5, None, 2.25), 2),
        (table("EUR", None), 0),
    ],
)
def test_a_table_is_a_dataset(one: FigureTable, decimals: int | None) -> None:
    dataset = as_json_stat([one], "0", "Example", "en")
    assert import_module("jsonstat_validator").validate_jsonstat(dataset)
    unit = dataset["dimension"]["S1"]["category"].get("unit")
    assert (unit["S1"]["decimals"] if unit else None) == decimals
    assert len(dataset["value"]) == len(dataset["extension"]["cited"]) == 4
    assert "Left out: 2 rows with values that are no class: “9”, (empty)." in dataset["note"]


def test_several_tables_are_a_collection() -> None:
    found = as_json_stat([table("", 1), table("EUR", 2.5)], "0", "Example", "en")
    assert import_module("jsonstat_validator").validate_jsonstat(found)
    assert [one["class"] for one in found["link"]["item"]] == ["dataset", "dataset"]
