"""The reference message of a demand that was run, as an editor shows it."""

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.message.as_markdown import as_markdown
from vkd_catalog.message.compose import message_of
from vkd_catalog.message.matter import Finding
from vkd_server.features.run import Run


def message_text(run: Run, catalogue: Catalogue) -> str:
    """The five parts in Markdown (LANGUAGE.md section 7); of a demand that cannot be run, what is wrong with it."""
    findings = [Finding(one.start.row + 1, one.start.column + 1, one.code, one.message) for one in run.diagnostics]
    return as_markdown(message_of(run.demand, run.answer, catalogue, findings=findings))
