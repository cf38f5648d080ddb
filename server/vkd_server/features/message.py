"""The reference message of a demand that was run, as a value and as an editor shows it."""

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.evaluation import DEFAULT_MAX_SETS
from vkd_catalog.message import DEFAULT_LIMIT, Finding, Message, message_of
from vkd_server.features.run import Run


def run_message(
    run: Run, catalogue: Catalogue, *, limit: int = DEFAULT_LIMIT, max_sets: int = DEFAULT_MAX_SETS
) -> Message:
    """The five parts (LANGUAGE.md section 7); of a demand that cannot be run, what is wrong with it."""
    language = run.answer.language
    findings = [
        Finding(one.start.row + 1, one.start.column + 1, one.code, one.message_in(language)) for one in run.diagnostics
    ]
    return message_of(run.demand, run.answer, catalogue, limit=limit, max_sets=max_sets, findings=findings)


def message_text(run: Run, catalogue: Catalogue) -> str:
    """The five parts in Markdown."""
    from vkd_catalog.message.as_markdown import as_markdown

    return as_markdown(run_message(run, catalogue))
