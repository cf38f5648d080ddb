// The commands that ask the server about demands from the keyboard; the lenses above a demand call the server directly.
import * as vscode from "vscode";
import type { Entry, Listed } from "../catalogue/catalogues";
import { say } from "../texts";
import { type Answer, type Execute, outcome } from "./answer";

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
    void vscode.window.showInformationMessage(say("no-demand"));
    return;
  }
  const title = say("choose-demand");
  const chosen = await vscode.window.showQuickPick(items, { title });
  if (chosen !== undefined) {
    await execute("vkd.showMessage", place.uri, chosen.line);
  }
}

/** Asks for a product and says why it is not among the answers to the demand at the cursor. `list` tells what products there are. */
export async function whyNot(execute: Execute, list: (text: string) => Promise<Listed | undefined>): Promise<void> {
  const place = cursor();
  const product = place && (await chosenProduct(list));
  if (place === undefined || !product) {
    return;
  }
  const reason = await execute<string>("vkd.why", place.uri, place.line, product);
  if (reason !== undefined) {
    void vscode.window.showInformationMessage(reason, { modal: true });
  }
}

// What is typed narrows the list down; it counts as it stands where the catalogue has no such product.
function chosenProduct(list: (text: string) => Promise<Listed | undefined>): Promise<string | undefined> {
  const picker = vscode.window.createQuickPick();
  picker.title = say("choose-missed");
  picker.placeholder = say("missed-hint");
  const fill = async (): Promise<void> => {
    const typed = picker.value;
    const entries: readonly Entry[] = (await list(typed))?.entries ?? [];
    if (typed === picker.value) {
      picker.items = entries.filter(({ kind }) => kind === "product").map(({ id, detail }) => ({ label: id, description: detail, alwaysShow: true }));
    }
  };
  picker.onDidChangeValue(fill);
  picker.show();
  void fill();
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      const exact = picker.items.find(({ label }) => label === picker.value.trim());
      resolve((exact ?? picker.activeItems[0])?.label ?? picker.value.trim());
      picker.dispose();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
  });
}

/** The place of the cursor in a description; `undefined` where no description is being read. */
export function cursor(): { readonly uri: string; readonly line: number } | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor?.document.languageId === "vkd" ? { uri: editor.document.uri.toString(), line: editor.selection.active.line } : undefined;
}
