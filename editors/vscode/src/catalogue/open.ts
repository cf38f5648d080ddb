// Opening what an entry of a catalogue stands for, and putting its word into the text.
import * as vscode from "vscode";
import { say } from "../texts";
import type { Entry } from "./catalogues";

export async function openEntry({ uri, line }: Pick<Entry, "uri" | "line">): Promise<void> {
  const place = new vscode.Range(line, 0, line, 0);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri, true), { selection: place, preview: true });
}

/** Writes a concept's word, or a product's identification, at the cursor of the description that was last read. */
export async function insertEntry({ insert }: Entry): Promise<void> {
  const active = vscode.window.activeTextEditor;
  const editor = active?.document.languageId === "vkd" ? active : vscode.window.visibleTextEditors.find(({ document }) => document.languageId === "vkd");
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
