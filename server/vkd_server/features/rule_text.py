"""The explanation of a diagnostic, as Markdown: why it is one, and a bad and a good example."""

from vkd_server.rules import LEVELS, rule_of


def rule_text(code: str, language: str) -> str:
    """What `vkd rule CODE` tells, for an editor; empty where there is no such code."""
    if code not in LEVELS:
        return ""
    found = rule_of(code)
    title, reason = found.title.in_language(language), found.reason.in_language(language)
    bad, good = (f"```vkd\n{text.rstrip()}\n```" for text in (found.example.bad, found.example.good))
    return f"# {code}: {title}\n\n{reason}\n\n✗\n\n{bad}\n\n✓\n\n{good}\n"
