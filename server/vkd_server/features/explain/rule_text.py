"""The explanation of a diagnostic, as Markdown: why it is one, and a bad and a good example."""

from vkd_server.rules import LEVELS
from vkd_server.rules.explain import explained


def rule_text(code: str, language: str) -> str:
    """What `vkd rule CODE` tells, for an editor; empty where there is no such code."""
    return explained(code, language, marks=True) if code in LEVELS else ""
