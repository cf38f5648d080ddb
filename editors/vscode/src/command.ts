// The command line of the program that the session found, for what is not asked of the server: `vkd test` and `vkd check`.
import { execFile } from "node:child_process";
import type * as vscode from "vscode";
import type { Session } from "./server/session";

/** What a call printed; `code` is its exit code. */
export interface Called {
  readonly code: number;
  readonly output: string;
  readonly error: string;
}

const MOST_BYTES = 50_000_000;

/** Calls `vkd` in a folder, until it ends or is cancelled; `undefined` when there is no program, which a person is told. */
export function call(session: Session, folder: vscode.Uri, args: readonly string[], token: vscode.CancellationToken): Promise<Called | undefined> {
  const found = session.program;
  if (found === undefined) {
    session.explain();
    return Promise.resolve(undefined);
  }
  return new Promise((resolve) => {
    const options = { cwd: folder.fsPath, maxBuffer: MOST_BYTES, windowsHide: true };
    const child = execFile(found.program, [...found.args, ...args], options, (error, output, told) => {
      listening.dispose();
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ code, output, error: told || (code < 0 ? String(error) : "") });
    });
    const listening = token.onCancellationRequested(() => child.kill());
  });
}
