"""Why a product or a collection is not among the answers to a demand: each line's first field that does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_catalog.languages import languages
from vkd_grammar.parser import Parser
from vkd_server.cli import FOUND, CallError
from vkd_server.cli.catalogues import catalogue_of
from vkd_server.cli.demands import demand_texts, home_of
from vkd_server.cli.inputs import Inputs
from vkd_server.cli.streams import print_line
from vkd_server.features.answers.run import RunOptions, run_document
from vkd_server.features.answers.why import answers, is_called, why

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd why` to its parser."""
    add = parser.add_argument
    add("demand", metavar="DEMAND", help="a file with demands, or - for standard input")
    add("product", metavar="PRODUCT", help="the identification of a product description, or the name of a collection")
    add("--workspace", metavar="DIR", help="whose catalogue is searched; without it, the one the file belongs to")
    add("--stdin-filename", metavar="PATH", help="the file that standard input stands for")
    add("--language", choices=languages(), help="the language of the explanation")


def run(arguments: Namespace) -> int:
    """Explains for every demand of the file; 1 where the product is no answer to one of them."""
    parser = Parser()
    inputs = Inputs("why")
    texts = list(demand_texts([arguments.demand], arguments.stdin_filename, parser, inputs))
    if inputs.unread and not texts:
        return inputs.exit_code(0)
    catalogue = catalogue_of(home_of(texts, arguments.workspace), parser)
    if not is_called(catalogue, arguments.product):
        raise CallError(f"{arguments.product}: no product description and no collection is called so")
    options = RunOptions(language=arguments.language)
    runs = [one for text in texts for one in run_document(text.document, text.path_in(catalogue), catalogue, options)]
    for one in runs:
        print_line(f"{one.answer.id} ({one.answer.path}:{one.answer.line})")
        print("  " + why(one, arguments.product, catalogue).replace("\n", "\n  "))
    is_answer = all(answers(one, arguments.product, catalogue) for one in runs)
    return inputs.exit_code(0 if is_answer else FOUND)
