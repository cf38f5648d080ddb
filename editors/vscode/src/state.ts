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
  bar.name = say("State of the vkd server");
  bar.command = session.state === "running" || session.state === "starting" ? "vkd.showServerStatus" : "vkd.explainState";
  bar.backgroundColor = undefined;
  switch (session.state) {
    case "starting":
      bar.text = "$(loading~spin) vkd";
      bar.tooltip = say("vkd: the server is starting");
      break;
    case "running":
      bar.text = `$(library) ${catalogue?.name ?? "vkd"}`;
      bar.tooltip = catalogue === undefined
        ? say("vkd: the server runs; no catalogue is open. Click for how it is doing.")
        : say("vkd: catalogue {0} with {1} products. Click for how the server is doing.", catalogue.name, catalogue.products);
      break;
    case "stopped":
      bar.text = `$(circle-slash) ${say("vkd: stopped")}`;
      bar.tooltip = say("vkd: the server does not run. Click for what can be done.");
      bar.backgroundColor = new vscode.ThemeColor("statusBarItem.warningBackground");
      break;
    case "missing":
      bar.text = `$(warning) ${say("vkd: not installed")}`;
      bar.tooltip = say("vkd: no server was found. Click for what can be done.");
      bar.backgroundColor = new vscode.ThemeColor("statusBarItem.warningBackground");
      break;
  }
  bar.accessibilityInformation = { label: bar.tooltip };
}
