// The commands that ask the server about demands from the keyboard; the lenses above a demand call the server directly.
import * as vscode from "vscode";
import { Answer, Execute, outcome } from "./answer";

/** Shows the reference message of the demand at the cursor. */
export async function runDemand(execute: Execute): Promise<void> {
  const place = cursor();
  if (place !== undefined) {
    await execute("vkd.showMessage", place.uri, place.line);
  }
}

/** Runs every demand in the file and lists them with what was found; the one chosen shows its reference message. */
export async function runFile(execute: Execute): Promise<void> {
  const place = cursor();
  const answer = place && (await execute<Answer>("vkd.run", place.uri));
  if (place === undefined || answer === undefined) {
    return;
  }
  const items = answer.demands.map((demand) => ({ label: demand.id, description: outcome(demand), line: demand.line - 1 }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage("There is no demand description in this file.");
    return;
  }
  const title = "The file's demands; choose one to read its reference message";
  const chosen = await vscode.window.showQuickPick(items, { title });
  if (chosen !== undefined) {
    await execute("vkd.showMessage", place.uri, chosen.line);
  }
}

/** Asks for a product and says why it is not among the answers to the demand at the cursor. */
export async function whyNot(execute: Execute): Promise<void> {
  const place = cursor();
  const prompt = "Identification of the product that you miss among the answers";
  const product = place && (await vscode.window.showInputBox({ prompt }));
  if (place === undefined || !product) {
    return;
  }
  const reason = await execute<string>("vkd.why", place.uri, place.line, product.trim());
  if (reason !== undefined) {
    void vscode.window.showInformationMessage(reason, { modal: true });
  }
}

function cursor(): { readonly uri: string; readonly line: number } | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor && { uri: editor.document.uri.toString(), line: editor.selection.active.line };
}
