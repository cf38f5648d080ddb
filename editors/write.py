"""Writes what the editors' files say of languages, register engines and diagnostics from the code that knows them.

    .venv/bin/python editors/write.py

The VS Code extension gets its texts, and the choices of its setting for the language, from the language files; the
schema of `vkd.toml` gets the languages, the engines, and the diagnostics with their levels.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vkd_catalog.engines import ENGINES
from vkd_catalog.languages import languages, load
from vkd_server.rules import CODES, rule_of

_HERE = Path(__file__).parent
_VSCODE = _HERE / "vscode"
_MANIFEST = _VSCODE / "package.json"
_SCHEMA = _HERE / "vkd.schema.json"
Json = Any


def files() -> dict[Path, str]:
    """Every file this writes, as it should be today."""
    found = {_VSCODE / f"package.nls.{tag}.json": _json(_texts("manifest", tag)) for tag in languages()}
    # What VS Code shows in a language that it finds no file for.
    found[_VSCODE / "package.nls.json"] = found.pop(_VSCODE / "package.nls.en.json")
    found[_VSCODE / "src/languages.json"] = _json({tag: _texts("extension", tag) for tag in languages()})
    found[_MANIFEST] = _changed(_MANIFEST, _state_choices)
    found[_SCHEMA] = _changed(_SCHEMA, _state_values)
    return found


def stale() -> list[Path]:
    """Texts in languages that are no more."""
    return sorted(set(_VSCODE.glob("package.nls*.json")) - set(files()))


def write() -> None:
    """Writes the files, and takes away those of languages that are no more."""
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
    for path in stale():
        path.unlink()


def _texts(family: str, tag: str) -> dict[str, str]:
    """The texts of a family in a language, by the rest of their keys."""
    begins = f"{family}."
    return {key.removeprefix(begins): text for key, text in load(tag).texts.items() if key.startswith(begins)}


def _changed(path: Path, change: Callable[[Json], None]) -> str:
    said = json.loads(path.read_text(encoding="utf-8"))
    change(said)
    return _json(said)


def _state_choices(manifest: Json) -> None:
    """Has a manifest offer each language by its own name; the first choice is to name none."""
    setting = manifest["contributes"]["configuration"]["properties"]["vkd.language"]
    setting["enum"] = ["", *languages()]
    setting["enumDescriptions"] = [setting["enumDescriptions"][0], *(load(tag).name for tag in languages())]


def _state_values(schema: Json) -> None:
    """Has a schema take the languages, the engines and the diagnostics that there are."""
    sections = schema["properties"]
    sections["catalogue"]["properties"]["language"]["enum"] = list(languages())
    sections["register"]["properties"]["engine"]["enum"] = list(ENGINES)
    check = sections["check"]["properties"]
    check["ignore"]["items"]["anyOf"][0]["enum"] = list(CODES)
    check["levels"]["properties"] = {
        code: {"$ref": "#/definitions/level", "default": rule_of(code).level} for code in CODES
    }


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    write()
