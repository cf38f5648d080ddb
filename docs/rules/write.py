"""Writes from the rules a page for each diagnostic, their index, and the table of them in docs/language.md.

    .venv/bin/python docs/rules/write.py

Each page is what `vkd rule CODE --output-format markdown` prints; its fixes and its place in the language are added.
"""

from collections.abc import Iterator
from pathlib import Path

from vkd_server.features.explain.rule_text import explained
from vkd_server.rules import CODES, rule_of

FOLDER = Path(__file__).parent
LANGUAGE = FOLDER.parent / "language.md"
_OPENING = """\
# Diagnostics

Written by `docs/rules/write.py` from the rules themselves. What the levels mean, and how a diagnostic is silenced,
stands in [the language's reference](../language.md#8-diagnostics).

"""
_BEGINS, _ENDS = "<!-- diagnostics: written by docs/rules/write.py -->\n", "<!-- end -->"


def pages() -> dict[Path, str]:
    """Every file this writes, as it should be today."""
    found = {FOLDER / f"{code}.md": _page(code) for code in CODES}
    found[FOLDER / "index.md"] = _OPENING + "\n".join(_table("")) + "\n"
    found[LANGUAGE] = _with_table(LANGUAGE.read_text(encoding="utf-8"))
    return found


def write() -> None:
    """Writes the pages, and takes away those of rules that are no more."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
    for path in stale():
        path.unlink()


def stale() -> list[Path]:
    """Pages of rules that are no more."""
    return sorted(set(FOLDER.glob("*.md")) - set(pages()))


def _page(code: str) -> str:
    fixed = "Has a fix that `vkd check --fix` applies, since it keeps the meaning.\n\n" if rule_of(code).safe else ""
    return f"{explained(code, 'en', marks=True)}\n{fixed}[All diagnostics](index.md)\n"


def _table(folder: str) -> Iterator[str]:
    """The diagnostics in their order, each with a link to its page in a folder."""
    yield "| code | level | what is wrong |"
    yield "|---|---|---|"
    for code, level in ((code, rule_of(code).level) for code in CODES):
        yield f"| [{code}]({folder}{code}.md) | {level} | {rule_of(code).title('en')} |"


def _with_table(page: str) -> str:
    head, _, rest = page.partition(_BEGINS)
    _, _, tail = rest.partition(_ENDS)
    return head + _BEGINS + "\n".join(("", *_table("rules/"), "", "")) + _ENDS + tail


if __name__ == "__main__":
    write()
