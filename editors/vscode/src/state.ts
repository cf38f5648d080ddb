// The server's state in the status bar: an icon and words, never a colour alone; a click opens the page that tells more.
import * as vscode from "vscode";
import type { Catalogues } from "./catalogue/catalogues";
import type { Session } from "./server/session";
import { say } from "./texts";

export function showState(session: Session, catalogues: Catalogues): vscode.Disposable {
  const bar = vscode.window.createStatusBarItem("vkd.state", vscode.StatusBarAlignment.Left, 10);
  const update = (): void => tell(bar, session, catalogues);
  update();
  bar.show();
  return vscode.Disposable.from(
    bar,
    session.onDidChangeState(update),
    catalogues.onDidChange(update),
    vscode.window.onDidChangeActiveTextEditor(update),
  );
}

function tell(bar: vscode.StatusBarItem, session: Session, catalogues: Catalogues): void {
  const catalogue = catalogues.of(vscode.window.activeTextEditor?.document.uri);
  bar.name = say("state");
  bar.command = session.state === "running" || session.state === "starting" ? "vkd.showServerStatus" : "vkd.explainState";
  bar.backgroundColor = undefined;
  switch (session.state) {
    case "starting":
      bar.text = "$(loading~spin) vkd";
      bar.tooltip = say("state-starting");
      break;
    case "running":
      bar.text = `$(library) ${catalogue?.name ?? "vkd"}`;
      bar.tooltip = catalogue === undefined
        ? say("state-empty")
        : say("state-running", catalogue.name, catalogue.products);
      break;
    case "stopped":
      bar.text = `$(circle-slash) ${say("state-stopped")}`;
      bar.tooltip = say("state-stopped-hint");
      bar.backgroundColor = new vscode.ThemeColor("statusBarItem.warningBackground");
      break;
    case "missing":
      bar.text = `$(warning) ${say("state-missing")}`;
      bar.tooltip = say("state-missing-hint");
      bar.backgroundColor = new vscode.ThemeColor("statusBarItem.warningBackground");
      break;
  }
  bar.accessibilityInformation = { label: bar.tooltip };
}
