// Asking for what the catalogue shows: a line more in the demand that was read last.
import * as vscode from "vscode";
import { added, type Asking } from "../../../shared/adding";

/** Knows which descriptions were read, and where. */
export class LastRead implements vscode.Disposable {
  // Where the cursor was last, by the document's URI, the latest last.
  private readonly places = new Map<string, vscode.Position>();
  private readonly listening: vscode.Disposable;

  constructor() {
    this.note(vscode.window.activeTextEditor);
    this.listening = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor((editor) => this.note(editor)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.note(textEditor)),
    );
  }

  /**
   * Adds a line to the demand that was read last, also where a product has been opened in its place. Where none was, a new one is
   * opened.
   */
  async ask(asking: Asking): Promise<void> {
    for (const [uri, place] of [...this.places].reverse()) {
      const document = await opened(uri);
      const at = document && (await demandAt(document, place));
      if (document && at !== undefined) {
        await write(document, at, asking);
        return;
      }
    }
    const [edit] = added([""], 0, asking);
    await show(await vscode.workspace.openTextDocument({ language: "vkd", content: edit?.newText ?? "" }));
  }

  dispose(): void {
    this.listening.dispose();
  }

  private note(editor: vscode.TextEditor | undefined): void {
    if (editor?.document.languageId === "vkd") {
      const uri = editor.document.uri.toString();
      this.places.delete(uri);
      this.places.set(uri, editor.selection.active);
    }
  }
}

/** A document that was read; `undefined` where it is no more. */
async function opened(uri: string): Promise<vscode.TextDocument | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
  if (open !== undefined || uri.startsWith("untitled:")) {
    return open;
  }
  return vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true)).then((document) => document, () => undefined);
}

/** The header's line of the demand at a place, else of the document's last, as the outline has them; `undefined` where there is none. */
async function demandAt(document: vscode.TextDocument, place: vscode.Position): Promise<number | undefined> {
  const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>("vscode.executeDocumentSymbolProvider", document.uri);
  const demands = (symbols ?? []).filter(({ kind }) => kind === vscode.SymbolKind.Interface);
  const demand = demands.find(({ range }) => range.contains(place)) ?? demands.at(-1);
  return demand?.selectionRange.start.line;
}

async function write(document: vscode.TextDocument, at: number, asking: Asking): Promise<void> {
  const lines = document.getText().split(/\r?\n/);
  const edit = new vscode.WorkspaceEdit();
  for (const { range: { start, end }, newText } of added(lines, at, asking)) {
    edit.replace(document.uri, new vscode.Range(start.line, start.character, end.line, end.character), newText);
  }
  await vscode.workspace.applyEdit(edit);
  await show(document);
}

async function show(document: vscode.TextDocument): Promise<void> {
  const seen = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  await vscode.window.showTextDocument(document, { viewColumn: seen?.viewColumn ?? vscode.ViewColumn.One, preview: false });
}
