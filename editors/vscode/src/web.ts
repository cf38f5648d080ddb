// In a browser without a machine behind it no program can be started: colours and snippets are all there is, and it is said why.
import * as vscode from "vscode";
import { say } from "./texts";

/** Says in the status bar that nothing is checked here, and why; the commands say the same. */
export function activate(context: vscode.ExtensionContext): void {
  const why = say("web-why");
  const bar = vscode.window.createStatusBarItem("vkd.state", vscode.StatusBarAlignment.Left, 10);
  bar.text = `$(circle-slash) ${say("web")}`;
  bar.tooltip = why;
  bar.name = say("state");
  bar.command = "vkd.explainState";
  bar.accessibilityInformation = { label: why };
  bar.show();
  const manifest = context.extension.packageJSON as { readonly contributes: { readonly commands: readonly { readonly command: string }[] } };
  const names = new Set(["vkd.explainState", ...manifest.contributes.commands.map(({ command }) => command)]);
  context.subscriptions.push(bar);
  for (const name of names) {
    context.subscriptions.push(vscode.commands.registerCommand(name, () => vscode.window.showInformationMessage(why)));
  }
}
