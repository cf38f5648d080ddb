// The extension: starts `vkd server` for .vkd files and adds the commands that a person calls by name.
// Everything that knows the language lives in the server; here is only what needs VS Code's own windows.
import * as vscode from "vscode";
import { Session } from "./session";
import { runDemand, runFile, whyNot } from "./run";
import { Execute } from "./answer";

let session: Session | undefined;

/** Starts the server and registers the commands. Called by VS Code once a .vkd file or a workspace with `vkd.toml` is open. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("vkd", { log: true });
  const started = new Session(log);
  const execute: Execute = (command, ...args) => started.execute(command, ...args);
  session = started;
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand("vkd.runDemand", () => runDemand(execute)),
    vscode.commands.registerCommand("vkd.runFile", () => runFile(execute)),
    vscode.commands.registerCommand("vkd.whyNot", () => whyNot(execute)),
    vscode.commands.registerCommand("vkd.rebuildCatalogue", () => execute("vkd.rebuild")),
    vscode.commands.registerCommand("vkd.restartServer", () => started.restart()),
    vscode.commands.registerCommand("vkd.showServerLog", () => log.show()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("vkd.server.command")) {
        void started.restart();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => started.restart()),
  );
  await started.start();
}

/** Stops the server, so that no process outlives the window. */
export async function deactivate(): Promise<void> {
  await session?.stop();
}
