"""workspace/executeCommand: the commands of docs/language.md section 11, and `vkd.profiles` for a product at a line.

What evaluates demands is imported when the first is run: not everybody who opens a file runs one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.lsp import fields
from vkd_server.lsp.requests import COMMANDS
from vkd_server.lsp.requests.answers.answers import as_json, as_message
from vkd_server.lsp.requests.answers.asked import Arguments, demand_asked, document_asked, line_asked, no_demand
from vkd_server.lsp.requests.answers.message_references import as_referring
from vkd_server.lsp.requests.answers.profiles import effect_at
from vkd_server.lsp.rpc import Steps

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import CommandCall


def execute(context: Context, params: CommandCall) -> object:
    """Hands a command to the function that carries it out."""
    command = next((one for one in COMMANDS if one.name == params.name), None)
    if command is None:
        raise fields.invalid(f"no such command: {params.name[:100]}")
    return command.carry_out(context, params.arguments)


def run(context: Context, arguments: Arguments) -> Steps:
    """The answers to a document's demands, or to the one at a line, as `vkd run --output-format json` prints them."""
    document = document_asked(context, arguments)
    rows = range(len(document.document.rows))
    if len(arguments) > 1 and arguments[1] is not None:
        at = document.document.index_at(line_asked(arguments))
        rows = rows[at : at + 1]
    return (yield from as_json(context, document, rows))


def show_message(context: Context, arguments: Arguments) -> Steps:
    """Shows the reference message of the demand at a line, and answers its text in Markdown."""
    document, line, index = demand_asked(context, arguments)
    found = yield from as_message(context, document, index)
    if found is None:
        raise no_demand()
    run, text = found
    context.screen.show_message(document, line, run.answer.id, text)
    return text


def message(context: Context, arguments: Arguments) -> Steps:
    """The reference message of the demand at a line as `{"text", "references": [{"start", "end", "target"}]}`.

    `text` is Markdown. `references` are the products, sentences, files and demand that it names: `start` and `end` in
    code points, and as `target` a URI with the line, from 1, as fragment (`#L5`). For a product, `text` lists the
    profiles that the product meets, without references.
    """
    document, line, index = demand_asked(context, arguments)
    if document.document.descriptions[index].kind == "product":
        from vkd_server.features.answers.profiles import as_markdown

        effect = yield from effect_at(context, document, line)
        return {"text": as_markdown(effect, document.project.catalogue.language), "references": []}
    found = yield from as_referring(context, document, index)
    if found is None:
        raise no_demand()
    return found


def copy_message(context: Context, arguments: Arguments) -> Steps:
    """The reference message of the demand at a line in Markdown, for the client to put where it can be pasted from."""
    document, _, index = demand_asked(context, arguments)
    found = yield from as_message(context, document, index)
    if found is None:
        raise no_demand()
    return found[1]


def tell_why(context: Context, arguments: Arguments) -> Steps:
    """Why a product, or a collection, is not among the answers to the demand at a line; with a fourth argument it is
    shown, too."""
    from vkd_server.features.answers.why import why

    document, _, index = demand_asked(context, arguments)
    identification = arguments[2] if len(arguments) > 2 else None
    if not isinstance(identification, str):
        raise fields.invalid("the third argument must be the identification of a product, or the name of a collection")
    found = yield from context.files.run(document, index)
    if found is None:
        raise no_demand()
    text = yield from context.files.search(document.project, lambda view: why(found, identification, view))
    if len(arguments) > 3 and arguments[3] is True:
        context.screen.tell(text)
    return text


def profiles(context: Context, arguments: Arguments) -> Steps:
    """Shows which interest profiles the product at a line meets, and answers it as data."""
    from vkd_server.features.answers.profiles import as_json, as_markdown

    document, line = document_asked(context, arguments), line_asked(arguments)
    effect = yield from effect_at(context, document, line)
    text = as_markdown(effect, document.project.catalogue.language)
    context.screen.show_message(document, line, effect.product, text)
    return as_json(effect)


def rebuild(context: Context, _arguments: Arguments) -> None:
    """Reads the catalogue anew."""
    context.rebuild()
