// A draft of what data files hold, to be looked at before anything is written.
import * as vscode from "vscode";
import { say } from "./texts";

interface Draft {
  readonly text: string;
  readonly unread: readonly string[];
}

type Execute = <Result>(command: string, ...args: unknown[]) => Promise<Result | undefined>;

/** Has data files and codebooks described, those that were chosen or are asked for, and opens the draft as a new text. */
export async function describeFiles(execute: Execute, chosen: readonly vscode.Uri[] | undefined): Promise<void> {
  const files = chosen ?? (await vscode.window.showOpenDialog({ canSelectMany: true, openLabel: say("describe-open") }));
  if (files === undefined || files.length === 0) {
    return;
  }
  const draft = await execute<Draft>("vkd.describe", ...files.map(String));
  if (draft === undefined) {
    return;
  }
  if (draft.unread.length > 0) {
    void vscode.window.showWarningMessage(draft.unread.join("\n"));
  }
  if (draft.text !== "") {
    const document = await vscode.workspace.openTextDocument({ language: "vkd", content: draft.text });
    await vscode.window.showTextDocument(document);
  }
}
