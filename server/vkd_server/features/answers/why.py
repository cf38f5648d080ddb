"""Why a product is not among the answers to a demand."""

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.message.why_not import why_not
from vkd_server.features.answers.run import Run


def why(run: Run, identification: str, catalogue: Catalogue) -> str:
    """In a few sentences, one a line, why a product does not answer a demand, or that it does."""
    return "\n".join(why_not(run.answer, run.demand, identification, catalogue.register, catalogue.vocabularies))
