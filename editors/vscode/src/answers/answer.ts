// The answer of `vkd.run` (docs/language.md section 10), as far as it is told here.
import * as vscode from "vscode";
import { say } from "../texts";

/** One demand's answer; `line` counts from 1, `covers` are the sets of products that answer it. */
export interface Demand {
  readonly id: string;
  readonly line: number;
  readonly status: "found" | "none" | "invalid";
  readonly covers?: readonly unknown[];
}

export interface Answer {
  readonly demands: readonly Demand[];
}

/** Executes a command on the server; `undefined` when it failed. */
export type Execute = <Result>(command: string, ...args: unknown[]) => Promise<Result | undefined>;

/** What came of a demand, in a few words. */
export function outcome({ status, covers = [] }: Demand): string {
  switch (status) {
    case "found":
      return covers.length === 1 ? say("answers-one") : say("answers-many", covers.length);
    case "none":
      return say("answers-none");
    case "invalid":
      return say("answers-errors");
  }
}

/** Tells what came of the demands that a lens ran, and offers the reference message of each. */
export async function tell({ demands }: Answer, uri: string, execute: Execute): Promise<void> {
  for (const demand of demands) {
    const offer = say("show-message");
    if ((await vscode.window.showInformationMessage(`${demand.id}: ${outcome(demand)}`, offer)) === offer) {
      await execute("vkd.showMessage", uri, demand.line - 1);
    }
  }
}
