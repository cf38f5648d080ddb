"""Sources in JSON in which something else stands where something is expected: refused, or made into what checks."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.catalog.importers.reading import HERE, problems_of, ran, unformatted
from vkd_catalog.importers import Importer, ImportSourceError, datadoc, klass, microdata_no, vardef

WARNINGS = {"VKD303", "VKD304", "VKD401", "VKD501", "VKD602", "VKD606"}
"""What is found in real catalogues as well, and no error."""

ODD: tuple[Any, ...] = (
    *(None, True, 1, -2.5, 10**30, "", "x", "2020-13-45", "a|b=c", '"', "-", "\u2028\x00"),
    *([], {}, [[]], [{}], {"a": {}}, ["a"], [1, None], {"nb": 1}, [{"languageCode": "nb", "languageText": None}]),
)


def _places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of everything in a document but of the document itself."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*place, key)
        yield from _places(one, (*place, key))


def _put(document: Any, place: tuple[Any, ...], value: Any) -> None:
    for key in place[:-1]:
        document = document[key]
    document[place[-1]] = value


@pytest.mark.parametrize(
    "importer",
    [vardef.IMPORTER, klass.IMPORTER, datadoc.IMPORTER, microdata_no.IMPORTER],
    ids=lambda importer: importer.name,
)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_stands_in_the_wrong_place_breaks_nothing(importer: Importer, data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(sorted((HERE / "sources" / importer.name).rglob("*.json"))))
    document = json.loads(source.read_text(encoding="utf-8"))
    place = data.draw(st.sampled_from(list(_places(document))))
    _put(document, place, data.draw(st.sampled_from(ODD)))
    with TemporaryDirectory() as folder:
        damaged, target = Path(folder) / source.name, Path(folder) / "out"
        damaged.write_text(json.dumps(document), encoding="utf-8")
        refused = _refused(importer, damaged, target)
        if refused:
            assert (refused.path, "\n" in refused.message) == (damaged, False)
        else:
            assert problems_of(target) <= WARNINGS
            assert unformatted(target) == []


def _refused(importer: Importer, source: Path, target: Path) -> ImportSourceError | None:
    """Why a source is not imported; None where it is."""
    try:
        ran(importer, source, target)
    except ImportSourceError as refused:
        return refused
    return None
