"""The explanation of a diagnostic in words, from its rule: for `vkd rule`, SARIF and editors."""

from collections.abc import Iterator

from vkd_catalog.languages import Texts
from vkd_server.rules import LEVELS, rule_of

LEVEL_NAMES = {
    "error": Texts("feil", "fel", "fejl", "error"),
    "warning": Texts("advarsel", "varning", "advarsel", "warning"),
    "info": Texts("opplysning", "upplysning", "oplysning", "info"),
    "hint": Texts("hint", "tips", "tip", "hint"),
    "off": Texts("av", "av", "fra", "off"),
}
_BAD = Texts("Feil", "Fel", "Forkert", "Bad")
_GOOD = Texts("Riktig", "Rätt", "Rigtigt", "Good")
_BESIDE = Texts("Med {file}", "Med {file}", "Med {file}", "With {file}")


def explained(code: str, language: str, *, marks: bool) -> str:
    """What a diagnostic means, why it matters, and a bad and a good example; as Markdown with `marks`, else as text.

    Raises KeyError where there is no such code.
    """
    rule = rule_of(code)
    title = f"{code}: {rule.title.in_language(language)} ({LEVEL_NAMES[LEVELS[code]].in_language(language)})"
    parts = [f"# {title}" if marks else title, rule.reason.in_language(language)]
    for name, text in rule.example.beside:
        parts += _example(_BESIDE.in_language(language).format(file=name), text, name, marks)
    for said, text in ((_BAD, rule.example.bad), (_GOOD, rule.example.good)):
        parts += _example(said.in_language(language), text, rule.example.file, marks)
    return "\n\n".join(parts) + "\n"


def _example(heading: str, text: str, file: str, marks: bool) -> Iterator[str]:
    if marks:
        yield f"## {heading}"
        yield f"```{file.rpartition('.')[2]}\n{text.rstrip()}\n```"
    else:
        indented = "".join(f"    {line}" for line in text.rstrip("\n").splitlines(keepends=True))
        yield f"{heading}:\n{indented}"
