"""The language's reference, docs/language.md: every section that the code cites is one of it."""

import re

from tests.tidy.tree import ROOT, files, text

PAGE = ROOT / "docs/language.md"
CITED = re.compile(r"docs/language\.md,? sections? (\d+)(?:(?:, | to |-| and )(\d+))?(?:(?:, | and )(\d+))?")


def sections() -> set[str]:
    """The numbers of the page's sections."""
    return set(re.findall(r"^## (\d+)\. ", text(PAGE), re.MULTILINE))


def sources() -> list[tuple[str, str]]:
    """The path and text of each file that may cite the page, its line ends taken as blanks and comment marks away."""
    found = files("*.py", "*.ts", "*.lark", "*.js", "*.md", "*.mjs")
    return [(str(path.relative_to(ROOT)), re.sub(r"\n\s*(?:# |// )?", " ", text(path))) for path in found]


def test_every_section_that_is_cited_exists() -> None:
    wrong = [
        f"{path}: section {number}"
        for path, source in sources()
        for cited in CITED.finditer(source)
        for number in cited.groups()
        if number and number not in sections()
    ]
    assert wrong == []


def test_the_language_is_cited_by_its_page() -> None:
    """Its name is written in one way, that of a file which a reader of this project can open."""
    assert [path for path, source in sources() if re.search(r"\bLANGUAGE" + r"\.md", source)] == []
