// The two commands that run demands from the keyboard; the code lens above a demand calls the server directly.
import * as vscode from "vscode";
import { Session } from "./session";

/** What this file reads of the answer of `vkd.run` (LANGUAGE.md section 10); `line` counts from 1. */
interface Answer {
  readonly demands: readonly {
    readonly id: string;
    readonly line: number;
    readonly status: "found" | "none" | "invalid";
    readonly covers?: readonly unknown[];
  }[];
}

/** Shows the reference message of the demand at the cursor. */
export async function runDemand(session: Session): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) {
    await showMessage(session, editor.document.uri, editor.selection.active.line);
  }
}

/** Runs every demand in the file and lists them with what was found; the one chosen shows its reference message. */
export async function runFile(session: Session): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (uri === undefined) {
    return;
  }
  const answer = await session.execute<Answer>("vkd.run", uri.toString());
  if (answer === undefined) {
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
    await showMessage(session, uri, chosen.line);
  }
}

async function showMessage(session: Session, uri: vscode.Uri, line: number): Promise<void> {
  await session.execute("vkd.showMessage", uri.toString(), line);
}

function outcome({ status, covers }: Answer["demands"][number]): string {
  switch (status) {
    case "found":
      return covers?.length === 1 ? "1 answer" : `${covers?.length ?? 0} answers`;
    case "none":
      return "nothing found";
    case "invalid":
      return "not run: it has errors";
  }
}
