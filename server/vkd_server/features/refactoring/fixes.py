"""Applying fixes to text."""

from collections.abc import Iterable, Sequence

from vkd_grammar.text import Position
from vkd_server.features.diagnostics import Diagnostic
from vkd_server.rules import rule_of
from vkd_server.rules.rule import TextEdit


def safe_edits(diagnostics: Iterable[Diagnostic]) -> tuple[TextEdit, ...]:
    """The edits of the fixes that may be applied without asking: each once, and of two that overlap only the first."""
    chosen: dict[tuple[str, int], list[TextEdit]] = {}
    for diagnostic in diagnostics:
        if not rule_of(diagnostic.code).safe:
            continue
        safe = next((fix for fix in diagnostic.fixes() if fix.safe), None)
        if safe is None or any(_is_refused(edit, chosen.get((edit.path, edit.start.row), ())) for edit in safe.edits):
            continue
        for edit in safe.edits:
            had = chosen.setdefault((edit.path, edit.start.row), [])
            if edit not in had:
                had.append(edit)
    return tuple(sorted(edit for edits in chosen.values() for edit in edits))


def applied(lines: Sequence[str], edits: Iterable[TextEdit]) -> str:
    """The text of a file, given as its lines, after edits that do not overlap."""
    changed = list(lines)
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        start, end = edit.start, _inside(changed, edit.end)
        head = changed[start.row][: start.column] if start.row < len(changed) else ""
        tail = changed[end.row][end.column :] if end.row < len(changed) else ""
        changed[start.row : end.row + 1] = [head + edit.text + tail]
    return "".join(changed)


def _inside(lines: Sequence[str], place: Position) -> Position:
    return place if place.row < len(lines) else Position(len(lines), 0)


def _is_refused(edit: TextEdit, others: Iterable[TextEdit]) -> bool:
    """Whether an edit must not be applied beside others: it overlaps one that is not the same, or spans several
    rows."""
    return edit.start.row != edit.end.row or any(
        edit != other and edit.start <= other.end and other.start <= edit.end for other in others
    )
