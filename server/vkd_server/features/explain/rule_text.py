"""The explanation of a diagnostic in words, from its rule: for `vkd rule`, SARIF, the documentation and editors."""

from collections.abc import Iterator

from vkd_catalog.languages import say
from vkd_server.rules import CODES, rule_of


def rule_text(code: str, language: str) -> str:
    """What `vkd rule CODE` prints, as Markdown for an editor; empty where there is no such code."""
    return explained(code, language, marks=True) if code in CODES else ""


def explained(code: str, language: str, *, marks: bool) -> str:
    """What a diagnostic means, why it matters, and a bad and a good example; as Markdown with `marks`, else as text.

    Raises KeyError where there is no such code.
    """
    rule = rule_of(code)
    title = f"{code}: {rule.title(language)} ({say(f'level.{rule.level}', language)})"
    parts = [f"# {title}" if marks else title, rule.reason(language)]
    for name, text in rule.example.beside:
        parts += _example(say("rule-page.beside", language, file=name), text, name, marks)
    for said, text in (("rule-page.bad", rule.example.bad), ("rule-page.good", rule.example.good)):
        parts += _example(say(said, language), text, rule.example.file, marks)
    return "\n\n".join(parts) + "\n"


def _example(heading: str, text: str, file: str, marks: bool) -> Iterator[str]:
    if marks:
        yield f"## {heading}"
        yield f"```{file.rpartition('.')[2]}\n{text.rstrip()}\n```"
    else:
        indented = "".join(f"    {line}" for line in text.rstrip("\n").splitlines(keepends=True))
        yield f"{heading}:\n{indented}"
