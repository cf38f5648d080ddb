"""Everything the server answers, in one ordered table: the method, who answers, how the answer's parameters are read,
and what is advertised about it.

The modules that answer stand in folders by what is asked for, those of `features` and two more: `documents` for what
changes and what is wrong, and `sources` for vocabularies and `vkd.toml`. Imports between the folders point one way.
"""

from lsprotocol import types

from vkd_server.features.explain.semantic_tokens import TYPES
from vkd_server.lsp import params
from vkd_server.lsp.feature import Command, Feature
from vkd_server.lsp.names import (
    ADVERTISED_ACTIONS,
    CATALOGUE,
    CHECK_DATA,
    COPY_MESSAGE,
    DATA,
    DESCRIBE,
    MESSAGE,
    PROFILES,
    REBUILD,
    RUN,
    SHOW_DATA,
    SHOW_MESSAGE,
    SHOW_STATUS,
    WHY,
)

_TOKENS = types.SemanticTokensLegend(token_types=TYPES, token_modifiers=())

_EVERYTHING = types.FileOperationRegistrationOptions(
    filters=[types.FileOperationFilter(pattern=types.FileOperationPattern(glob="**/*"), scheme="file")]
)
"""An archive may hold any file, and a folder may hold a vocabulary."""

FEATURES: tuple[Feature, ...] = (
    Feature(types.TEXT_DOCUMENT_DID_OPEN, "documents.synchronization.did_open", params.opened),
    Feature(types.TEXT_DOCUMENT_DID_CHANGE, "documents.synchronization.did_change", params.changed),
    Feature(
        types.TEXT_DOCUMENT_DID_SAVE,
        "documents.synchronization.did_save",
        params.of_document,
        types.SaveOptions(include_text=False),
    ),
    Feature(types.TEXT_DOCUMENT_DID_CLOSE, "documents.synchronization.did_close", params.of_document),
    Feature(
        types.WORKSPACE_DID_CHANGE_CONFIGURATION,
        "documents.workspace.did_change_configuration",
        params.settings_section,
    ),
    Feature(
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES, "documents.workspace.did_change_watched_files", params.changed_files
    ),
    Feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, "documents.workspace.did_change_folders", params.folders),
    Feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        "documents.diagnostic.document",
        params.since_result,
        types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=True, identifier="vkd"),
    ),
    Feature(types.WORKSPACE_DIAGNOSTIC, "documents.diagnostic.workspace", params.since_results),
    Feature(
        types.TEXT_DOCUMENT_COMPLETION,
        "completion.completion.complete",
        params.at_place,
        types.CompletionOptions(trigger_characters=list('/ [=;:,|"@+'), resolve_provider=True),
    ),
    Feature(types.COMPLETION_ITEM_RESOLVE, "completion.completion.resolve", params.item),
    Feature(types.TEXT_DOCUMENT_HOVER, "explain.hover.hover", params.at_place),
    Feature(types.TEXT_DOCUMENT_DEFINITION, "navigation.definition.location", params.at_place),
    Feature(types.TEXT_DOCUMENT_DECLARATION, "navigation.definition.location", params.at_place),
    Feature(types.TEXT_DOCUMENT_TYPE_DEFINITION, "navigation.definition.type_location", params.at_place),
    Feature(types.TEXT_DOCUMENT_IMPLEMENTATION, "navigation.definition.implementations", params.at_place),
    Feature(types.TEXT_DOCUMENT_REFERENCES, "navigation.references.references", params.uses_of),
    Feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, "navigation.references.highlights", params.at_place),
    Feature(types.TEXT_DOCUMENT_MONIKER, "navigation.moniker.moniker", params.at_place),
    Feature(types.TEXT_DOCUMENT_LINKED_EDITING_RANGE, "navigation.linked_editing_range.linked_ranges", params.at_place),
    Feature(types.TEXT_DOCUMENT_INLINE_COMPLETION, "completion.inline_completion.inline_completion", params.at_place),
    Feature(types.TEXT_DOCUMENT_INLAY_HINT, "explain.inlay_hint.inlay_hints", params.in_stretch),
    Feature(
        types.TEXT_DOCUMENT_CODE_LENS,
        "answers.code_lens.lenses",
        params.of_document,
        types.CodeLensOptions(resolve_provider=True),
    ),
    Feature(types.CODE_LENS_RESOLVE, "answers.code_lens.resolve", params.item),
    Feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        "refactoring.code_action.actions",
        params.actions_in,
        types.CodeActionOptions(
            code_action_kinds=ADVERTISED_ACTIONS,
            resolve_provider=True,
        ),
    ),
    Feature(types.CODE_ACTION_RESOLVE, "refactoring.code_action.resolve", params.item),
    Feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, "navigation.document_symbol.document_symbols", params.of_document),
    Feature(types.TEXT_DOCUMENT_PREPARE_TYPE_HIERARCHY, "navigation.type_hierarchy.prepare", params.at_place),
    Feature(types.TYPE_HIERARCHY_SUPERTYPES, "navigation.type_hierarchy.supertypes", params.hierarchy_item),
    Feature(types.TYPE_HIERARCHY_SUBTYPES, "navigation.type_hierarchy.subtypes", params.hierarchy_item),
    Feature(types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, "answers.call_hierarchy.prepare", params.at_place),
    Feature(types.CALL_HIERARCHY_INCOMING_CALLS, "answers.call_hierarchy.incoming", params.hierarchy_item),
    Feature(types.CALL_HIERARCHY_OUTGOING_CALLS, "answers.call_hierarchy.outgoing", params.hierarchy_item),
    Feature(types.WORKSPACE_SYMBOL, "navigation.workspace_symbol.symbols", params.query),
    Feature(types.TEXT_DOCUMENT_SELECTION_RANGE, "navigation.selection_range.selection_ranges", params.at_places),
    Feature(types.TEXT_DOCUMENT_DOCUMENT_LINK, "navigation.document_link.document_links", params.of_document),
    Feature(types.DOCUMENT_LINK_RESOLVE, "navigation.document_link.resolve", params.item),
    Feature(types.TEXT_DOCUMENT_FOLDING_RANGE, "navigation.folding_range.folding_ranges", params.of_document),
    Feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, "explain.semantic_tokens.full", params.of_document, _TOKENS),
    Feature(
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA, "explain.semantic_tokens.delta", params.since_result, _TOKENS
    ),
    Feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, "explain.semantic_tokens.in_range", params.in_stretch, _TOKENS),
    Feature(types.TEXT_DOCUMENT_FORMATTING, "refactoring.formatting.document", params.of_document),
    Feature(
        types.TEXT_DOCUMENT_RANGE_FORMATTING,
        "refactoring.formatting.in_range",
        params.in_stretch,
        types.DocumentRangeFormattingOptions(ranges_support=True),
    ),
    Feature(types.TEXT_DOCUMENT_RANGES_FORMATTING, "refactoring.formatting.in_ranges", params.in_stretches),
    Feature(
        types.TEXT_DOCUMENT_ON_TYPE_FORMATTING,
        "completion.on_type_formatting.on_type",
        params.typed,
        types.DocumentOnTypeFormattingOptions(first_trigger_character="\n"),
    ),
    Feature(types.TEXT_DOCUMENT_PREPARE_RENAME, "refactoring.rename.prepare", params.at_place),
    Feature(types.TEXT_DOCUMENT_RENAME, "refactoring.rename.rename", params.renamed),
    Feature(types.WORKSPACE_WILL_RENAME_FILES, "refactoring.moving.will_rename", params.moves, _EVERYTHING),
    Feature(types.WORKSPACE_DID_CREATE_FILES, "documents.workspace.did_create_files", params.made_files, _EVERYTHING),
    Feature(types.WORKSPACE_DID_DELETE_FILES, "documents.workspace.did_delete_files", params.made_files, _EVERYTHING),
    Feature(types.WORKSPACE_DID_RENAME_FILES, "documents.workspace.did_rename_files", params.moved_files, _EVERYTHING),
    Feature(types.WORKSPACE_EXECUTE_COMMAND, "answers.commands.execute", params.command_call),
    Feature(types.WORKSPACE_TEXT_DOCUMENT_CONTENT, "answers.text_document_content.content", params.virtual),
)
"""In the order a document meets them: it comes, is checked, written in, read, and answered."""

COMMANDS: tuple[Command, ...] = (
    Command(RUN, "answers.commands.run"),
    Command(SHOW_MESSAGE, "answers.commands.show_message"),
    Command(MESSAGE, "answers.commands.message"),
    Command(COPY_MESSAGE, "answers.commands.copy_message"),
    Command(DATA, "answers.numbers.numbers"),
    Command(SHOW_DATA, "answers.numbers.show_numbers"),
    Command(WHY, "answers.commands.tell_why"),
    Command(PROFILES, "answers.commands.profiles"),
    Command(CHECK_DATA, "answers.data.check_data"),
    Command(CATALOGUE, "explain.catalogue.catalogue"),
    Command(DESCRIBE, "answers.describe.draft"),
    Command(SHOW_STATUS, "explain.status.show_status"),
    Command(REBUILD, "answers.commands.rebuild"),
)
