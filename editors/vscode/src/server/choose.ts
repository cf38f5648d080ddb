// Naming the server's program by hand, with a file dialog in the place of a setting to be typed.
import * as vscode from "vscode";
import { say } from "../texts";

/** Asks for the program `vkd` and keeps it in the setting of this machine, which the session then takes up. */
export async function chooseServer(): Promise<void> {
  const [program] = (await vscode.window.showOpenDialog({ title: say("program"), openLabel: say("program-use") })) ?? [];
  if (program !== undefined) {
    await vscode.workspace.getConfiguration("vkd").update("server.command", [program.fsPath], vscode.ConfigurationTarget.Global);
  }
}
