"""`editors/vkd.schema.json` says of a `vkd.toml` what the reader of it says, and offers every value it takes."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.server.rules_there_are import LEVELS
from tests.server.workspaces import CENSUS
from vkd_catalog.configuration import LEVELS as LEVEL_WORDS
from vkd_catalog.configuration import ConfigurationError, read_configuration
from vkd_catalog.disclosure.rules import KINDS
from vkd_catalog.engines import ENGINES
from vkd_catalog.languages import languages
from vkd_catalog.vocabulary_names import VOCABULARY_NAMES

Json = Any
SCHEMA: Json = json.loads((Path(__file__).parents[2] / "editors/vkd.schema.json").read_text(encoding="utf-8"))
TYPES: dict[str, Any] = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float)}
KNOWN = {"$schema", "$ref", "title", "description", "default", "definitions"}
KNOWN |= {"type", "enum", "anyOf", "items", "properties", "additionalProperties"}
KNOWN |= {"minimum", "maximum", "exclusiveMaximum", "minItems", "maxItems", "minLength", "pattern"}


def accepts(schema: Json, value: object) -> bool:
    """Whether a schema takes a value, for as much of JSON Schema as ours uses."""
    assert set(schema) <= KNOWN
    if "$ref" in schema:
        schema = SCHEMA["definitions"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        return any(accepts(one, value) for one in schema["anyOf"])
    if "type" in schema and (isinstance(value, bool) or not isinstance(value, TYPES[schema["type"]])):
        return False
    if isinstance(value, (int, float)) and not _within(schema, value):
        return False
    if isinstance(value, str) and len(value) < schema.get("minLength", 0):
        return False
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if isinstance(value, list):
        own = schema["items"]
        if isinstance(own, list):
            return len(value) == schema["minItems"] == len(own) and all(map(accepts, own, value))
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            return False
        return all(accepts(own, item) for item in value)
    if isinstance(value, dict):
        return all(_takes(schema, key, item) for key, item in value.items())
    return True


def _within(schema: Json, value: float) -> bool:
    is_below = value < schema["exclusiveMaximum"] if "exclusiveMaximum" in schema else True
    return is_below and bool(schema.get("minimum", value) <= value <= schema.get("maximum", value))


def _takes(schema: Json, key: str, value: object) -> bool:
    own = schema.get("properties", {}).get(key, schema["additionalProperties"])
    return own is not False and accepts(own, value)


def is_read(text: str, folder: Path) -> bool:
    file = folder / "vkd.toml"
    file.write_text(text, encoding="utf-8")
    try:
        read_configuration(file)
    except ConfigurationError:
        return False
    return True


SETTINGS = {
    "catalogue": ("name", "language", "nonsense"),
    "vocabularies": (*VOCABULARY_NAMES, "mappings", "nonsense"),
    "products": ("include", "exclude"),
    "archives": ("F", "whatever"),
    "check": ("ignore", "levels", "nonsense"),
    "register": ("engine", "service", "url", "nonsense"),
    "check.levels": ("VKD101", "VKD999"),
    "disclosure": (*KINDS, "nonsense"),
    "nonsense": ("name",),
}
VALUES = (
    '""',
    '"nb"',
    '"nn"',
    '"fi"',
    '"off"',
    '"embedded"',
    "1",
    "true",
    "[]",
    '["a.csv"]',
    '"postgresql://anne@db.example.org:5432/register?sslmode=require"',
    '"postgresql://anne:secret@db.example.org/register"',
    '"postgres:///register?password=secret"',
    '["VKD101"]',
    "[1]",
    "{}",
    "0",
    "-1",
    "0.01",
    "0.5",
    "15.5",
    "50",
    "1000",
    "[1, 99]",
    "[2, 85.5]",
    "[0.01, 0.99]",
    "[1, 101]",
    "[11, 80]",
    '[1, "2"]',
    "[1, 2, 3]",
    "1970-01-01",
)


@pytest.mark.parametrize(("section", "key"), [(section, key) for section, keys in SETTINGS.items() for key in keys])
def test_schema_and_reader_agree(section: str, key: str, tmp_path: Path) -> None:
    taken = []
    for value in VALUES:
        text = f"[{section}]\n{key} = {value}\n"
        taken.append(is_read(text, tmp_path))
        assert accepts(SCHEMA, tomllib.loads(text)) == taken[-1], text
    assert any(taken) == ("nonsense" not in (section, key) and key != "exclude")


@pytest.mark.parametrize("text", ["", "catalogue = 1\n", "archives = []\n", "nonsense = 1\n", "[check]\nlevels = 1\n"])
def test_schema_and_reader_agree_about_sections(text: str, tmp_path: Path) -> None:
    assert accepts(SCHEMA, tomllib.loads(text)) == is_read(text, tmp_path)


@pytest.mark.parametrize("example", ["folketelling", "utdanning", "registre-dk"])
def test_the_examples_are_taken(example: str) -> None:
    text = (CENSUS.parent / example / "vkd.toml").read_text(encoding="utf-8")
    assert accepts(SCHEMA, tomllib.loads(text))


def test_every_value_is_offered() -> None:
    sections = SCHEMA["properties"]
    check = sections["check"]["properties"]
    assert sections["catalogue"]["properties"]["language"]["enum"] == list(languages())
    assert sections["register"]["properties"]["engine"]["enum"] == list(ENGINES)
    assert list(sections["vocabularies"]["properties"]) == [*VOCABULARY_NAMES, "mappings"]
    assert SCHEMA["definitions"]["level"]["enum"] == list(LEVEL_WORDS)
    assert check["ignore"]["items"]["anyOf"][0]["enum"] == list(LEVELS)
    assert {code: one["default"] for code, one in check["levels"]["properties"].items()} == LEVELS


def test_the_defaults_are_the_readers(tmp_path: Path) -> None:
    (tmp_path / "vkd.toml").write_text("", encoding="utf-8")
    read = read_configuration(tmp_path / "vkd.toml")
    sections = SCHEMA["properties"]
    assert sections["catalogue"]["properties"]["language"]["default"] == read.language
    assert sections["products"]["properties"]["include"]["default"] == list(read.products)
    assert sections["register"]["properties"]["engine"]["default"] == read.engine
    assert all(one["default"] == [] for one in sections["vocabularies"]["properties"].values())
