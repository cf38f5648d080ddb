"""Everything the server answers, in one ordered table: the method, what is advertised about it, and who answers.

Who answers is named and not imported: a session begins before most of it is needed.
"""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

from lsprotocol import types

from vkd_server.features.explain.semantic_tokens import TYPES
from vkd_server.lsp.names import (
    ADVERTISED_ACTIONS,
    CATALOGUE,
    COPY_MESSAGE,
    PROFILES,
    REBUILD,
    RUN,
    SHOW_MESSAGE,
    SHOW_STATUS,
    WHY,
)

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server

Answer = Callable[["Server", object], object]
Carry = Callable[["Server", list[object]], object]


class Feature(NamedTuple):
    """One method of the protocol. What it does is the first sentence of its answer's docstring (docs/capabilities.md).

    `place` is the module below this package and the function in it that answer. `options` are what the capabilities say
    about it, None for nothing more than that it is.
    """

    method: str
    place: str
    options: object = None

    @property
    def answer(self) -> Answer:
        """Who answers, imported now at the latest."""
        return cast("Answer", _found(self.place))


class Command(NamedTuple):
    """One command of `workspace/executeCommand`, and the place of who carries it out."""

    name: str
    place: str

    @property
    def carry_out(self) -> Carry:
        """Who carries it out, imported now at the latest."""
        return cast("Carry", _found(self.place))


def _found(place: str) -> object:
    module, _, name = place.partition(".")
    return getattr(import_module(f"{__name__}.{module}"), name)


_TOKENS = types.SemanticTokensLegend(token_types=TYPES, token_modifiers=())

_EVERYTHING = types.FileOperationRegistrationOptions(
    filters=[types.FileOperationFilter(pattern=types.FileOperationPattern(glob="**/*"), scheme="file")]
)
"""An archive may hold any file, and a folder may hold a vocabulary."""

FEATURES: tuple[Feature, ...] = (
    Feature(types.TEXT_DOCUMENT_DID_OPEN, "synchronization.did_open"),
    Feature(types.TEXT_DOCUMENT_DID_CHANGE, "synchronization.did_change"),
    Feature(types.TEXT_DOCUMENT_DID_SAVE, "synchronization.did_save", types.SaveOptions(include_text=False)),
    Feature(types.TEXT_DOCUMENT_DID_CLOSE, "synchronization.did_close"),
    Feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION, "workspace.did_change_configuration"),
    Feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, "workspace.did_change_watched_files"),
    Feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, "workspace.did_change_folders"),
    Feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        "diagnostic.document",
        types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=True, identifier="vkd"),
    ),
    Feature(types.WORKSPACE_DIAGNOSTIC, "diagnostic.workspace"),
    Feature(
        types.TEXT_DOCUMENT_COMPLETION,
        "completion.complete",
        types.CompletionOptions(trigger_characters=list('/ [=;:,|"'), resolve_provider=True),
    ),
    Feature(types.COMPLETION_ITEM_RESOLVE, "completion.resolve"),
    Feature(types.TEXT_DOCUMENT_HOVER, "hover.hover"),
    Feature(types.TEXT_DOCUMENT_DEFINITION, "definition.location"),
    Feature(types.TEXT_DOCUMENT_DECLARATION, "definition.location"),
    Feature(types.TEXT_DOCUMENT_TYPE_DEFINITION, "definition.type_location"),
    Feature(types.TEXT_DOCUMENT_IMPLEMENTATION, "definition.implementations"),
    Feature(types.TEXT_DOCUMENT_REFERENCES, "references.references"),
    Feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, "references.highlights"),
    Feature(types.TEXT_DOCUMENT_MONIKER, "moniker.moniker"),
    Feature(types.TEXT_DOCUMENT_LINKED_EDITING_RANGE, "linked_editing_range.linked_ranges"),
    Feature(types.TEXT_DOCUMENT_INLINE_COMPLETION, "inline_completion.inline_completion"),
    Feature(types.TEXT_DOCUMENT_INLAY_HINT, "inlay_hint.inlay_hints"),
    Feature(types.TEXT_DOCUMENT_CODE_LENS, "code_lens.lenses", types.CodeLensOptions(resolve_provider=True)),
    Feature(types.CODE_LENS_RESOLVE, "code_lens.resolve"),
    Feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        "code_action.actions",
        types.CodeActionOptions(
            code_action_kinds=ADVERTISED_ACTIONS,
            resolve_provider=True,
        ),
    ),
    Feature(types.CODE_ACTION_RESOLVE, "code_action.resolve"),
    Feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, "document_symbol.document_symbols"),
    Feature(types.TEXT_DOCUMENT_PREPARE_TYPE_HIERARCHY, "type_hierarchy.prepare"),
    Feature(types.TYPE_HIERARCHY_SUPERTYPES, "type_hierarchy.supertypes"),
    Feature(types.TYPE_HIERARCHY_SUBTYPES, "type_hierarchy.subtypes"),
    Feature(types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, "call_hierarchy.prepare"),
    Feature(types.CALL_HIERARCHY_INCOMING_CALLS, "call_hierarchy.incoming"),
    Feature(types.CALL_HIERARCHY_OUTGOING_CALLS, "call_hierarchy.outgoing"),
    Feature(types.WORKSPACE_SYMBOL, "workspace_symbol.symbols"),
    Feature(types.TEXT_DOCUMENT_SELECTION_RANGE, "selection_range.selection_ranges"),
    Feature(types.TEXT_DOCUMENT_DOCUMENT_LINK, "document_link.document_links"),
    Feature(types.DOCUMENT_LINK_RESOLVE, "document_link.resolve"),
    Feature(types.TEXT_DOCUMENT_FOLDING_RANGE, "folding_range.folding_ranges"),
    Feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, "semantic_tokens.full", _TOKENS),
    Feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA, "semantic_tokens.delta", _TOKENS),
    Feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, "semantic_tokens.in_range", _TOKENS),
    Feature(types.TEXT_DOCUMENT_FORMATTING, "formatting.document"),
    Feature(
        types.TEXT_DOCUMENT_RANGE_FORMATTING,
        "formatting.in_range",
        types.DocumentRangeFormattingOptions(ranges_support=True),
    ),
    Feature(types.TEXT_DOCUMENT_RANGES_FORMATTING, "formatting.in_ranges"),
    Feature(
        types.TEXT_DOCUMENT_ON_TYPE_FORMATTING,
        "on_type_formatting.on_type",
        types.DocumentOnTypeFormattingOptions(first_trigger_character="\n"),
    ),
    Feature(types.TEXT_DOCUMENT_PREPARE_RENAME, "rename.prepare"),
    Feature(types.TEXT_DOCUMENT_RENAME, "rename.rename"),
    Feature(types.WORKSPACE_WILL_RENAME_FILES, "moving.will_rename", _EVERYTHING),
    Feature(types.WORKSPACE_DID_CREATE_FILES, "workspace.did_create_files", _EVERYTHING),
    Feature(types.WORKSPACE_DID_DELETE_FILES, "workspace.did_delete_files", _EVERYTHING),
    Feature(types.WORKSPACE_DID_RENAME_FILES, "workspace.did_rename_files", _EVERYTHING),
    Feature(types.WORKSPACE_EXECUTE_COMMAND, "commands.execute"),
    Feature(types.WORKSPACE_TEXT_DOCUMENT_CONTENT, "text_document_content.content"),
)
"""In the order a document meets them: it comes, is checked, written in, read, and answered."""

COMMANDS: tuple[Command, ...] = (
    Command(RUN, "commands.run"),
    Command(SHOW_MESSAGE, "commands.show_message"),
    Command(COPY_MESSAGE, "commands.copy_message"),
    Command(WHY, "commands.tell_why"),
    Command(PROFILES, "commands.profiles"),
    Command(CATALOGUE, "catalogue.catalogue"),
    Command(SHOW_STATUS, "status.show_status"),
    Command(REBUILD, "commands.rebuild"),
)
