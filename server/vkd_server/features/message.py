"""The reference message of a demand that was run, as a value and as an editor shows it."""

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.message import Finding, Message, MessageOptions, message_of
from vkd_server.features.run import Run


def run_message(run: Run, catalogue: Catalogue, options: MessageOptions = MessageOptions()) -> Message:
    """The five parts (docs/language.md section 7); of a demand that cannot be run, what is wrong with it."""
    language = run.answer.language
    findings = [
        Finding(one.start.row + 1, one.start.column + 1, one.code, one.message_in(language)) for one in run.diagnostics
    ]
    return message_of(run.demand, run.answer, catalogue, options, findings)


def message_text(run: Run, catalogue: Catalogue) -> str:
    """The five parts in Markdown."""
    from vkd_catalog.message.as_markdown import as_markdown

    return as_markdown(run_message(run, catalogue, MessageOptions(public=catalogue.is_public, detail=True)))
