"""Why a product, or a collection, is not among the answers to a demand."""

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.evaluation.fit import products_called
from vkd_catalog.message.why_not import why_not
from vkd_server.features.answers.run import Run


def why(run: Run, name: str, catalogue: Catalogue) -> str:
    """In a few sentences, one a line, why a product or a collection does not answer a demand, or that it does."""
    return "\n".join(why_not(run.answer, run.demand, name, catalogue.register, catalogue.vocabularies))


def is_called(catalogue: Catalogue, name: str) -> bool:
    """Whether a product or a collection goes by a name."""
    return bool(products_called(catalogue.register, name))


def answers(run: Run, name: str, catalogue: Catalogue) -> bool:
    """Whether a product, or some edition of a collection, is a member of one of a demand's covers."""
    return run.answer.covers.first_with(products_called(catalogue.register, name)) is not None
