// Opening what an entry of a catalogue stands for, putting its word into the text, and asking for it.
import * as vscode from "vscode";
import { added, type Asking } from "../../../shared/adding";
import { say } from "../texts";
import type { Entry } from "./catalogues";

export async function openEntry({ uri, line }: Pick<Entry, "uri" | "line">): Promise<void> {
  const place = new vscode.Range(line, 0, line, 0);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri, true), { selection: place, preview: true });
}

/** Writes a concept's word, or a product's identification, at the cursor of the description that was last read. */
export async function insertEntry({ insert }: Entry): Promise<void> {
  const [editor] = editors();
  if (editor === undefined) {
    void vscode.window.showInformationMessage(say("open-first"));
    return;
  }
  await editor.edit((edit) => {
    for (const selection of editor.selections) {
      edit.replace(selection, insert);
    }
  });
  await vscode.window.showTextDocument(editor.document, { viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active });
}

/**
 * Adds a line that asks for an entry to the demand that was last read: where the cursor is, else the last one of a document that is
 * seen. Where none is, a new one is opened.
 */
export async function askFor(asking: Asking): Promise<void> {
  for (const editor of editors()) {
    const at = await demandIn(editor);
    if (at !== undefined) {
      const { document } = editor;
      const lines = document.getText().split(/\r?\n/);
      await editor.edit((edit) => {
        for (const { range: { start, end }, newText } of added(lines, at, asking)) {
          edit.replace(new vscode.Range(start.line, start.character, end.line, end.character), newText);
        }
      });
      await vscode.window.showTextDocument(document, { viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active });
      return;
    }
  }
  const [edit] = added([""], 0, asking);
  const document = await vscode.workspace.openTextDocument({ language: "vkd", content: edit?.newText ?? "" });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, preview: false });
}

/** The editors of descriptions that are seen, the one with the cursor first. */
function editors(): readonly vscode.TextEditor[] {
  const active = vscode.window.activeTextEditor;
  return [...(active === undefined ? [] : [active]), ...vscode.window.visibleTextEditors.filter((editor) => editor !== active)].filter(
    ({ document }) => document.languageId === "vkd",
  );
}

/** The line of the demand with the cursor, else of the last in the document, as the outline has them; `undefined` where there is none. */
async function demandIn({ document, selection }: vscode.TextEditor): Promise<number | undefined> {
  const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>("vscode.executeDocumentSymbolProvider", document.uri);
  const demands = (symbols ?? []).filter(({ kind }) => kind === vscode.SymbolKind.Interface);
  const demand = demands.find(({ range }) => range.contains(selection.active)) ?? demands.at(-1);
  return demand?.selectionRange.start.line;
}
