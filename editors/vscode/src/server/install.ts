// Installing the server: asks where and from what, and runs pip, uv or pipx in a terminal that a person sees.
import { homedir } from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { say } from "../texts";
import { installable, ownEnvironment } from "./find";
import { BIN, pathFolders, programIn, run, WINDOWS } from "./programs";
import { selectedPython } from "./python";

/** A way of installing: the programs that are run one after the other, each with its arguments. */
interface Way extends vscode.QuickPickItem {
  readonly steps: (what: string) => readonly (readonly [program: string, ...args: string[]])[];
}

/** Installs the server in a way that is asked for; true when that was carried out. */
export async function installServer(context: vscode.ExtensionContext): Promise<boolean> {
  const ways = await possible(ownEnvironment(context));
  if (ways.length === 0) {
    void vscode.window.showErrorMessage(say("no-python"));
    return false;
  }
  const way = await vscode.window.showQuickPick(ways, { title: say("install-where") });
  const what = way && (installable() || (await chosenPackage()));
  if (!way || !what) {
    return false;
  }
  for (const [program, ...args] of way.steps(what)) {
    if ((await carriedOut(program, args)) !== 0) {
      void vscode.window.showErrorMessage(say("install-failed"));
      return false;
    }
  }
  return true;
}

async function possible(own: string): Promise<readonly Way[]> {
  const [python, selected, uv, pipx] = await Promise.all([
    recentPython(), selectedPython(), programIn(pathFolders(), "uv"), programIn(pathFolders(), "pipx"),
  ]);
  const ways: Way[] = [];
  if (selected !== undefined) {
    ways.push({ label: say("way-selected"), detail: selected, steps: (what) => [[selected, "-m", "pip", "install", what]] });
  }
  if (python !== undefined) {
    const inside = path.join(own, BIN, "python");
    ways.push({
      label: say("way-own"),
      detail: own,
      steps: (what) => [[python, "-m", "venv", own], [inside, "-m", "pip", "install", "--upgrade", what]],
    });
  }
  if (uv !== undefined) {
    ways.push({ label: say("way-uv"), detail: uv, steps: (what) => [[uv, "tool", "install", "--force", what]] });
  }
  if (pipx !== undefined) {
    ways.push({ label: say("way-pipx"), detail: pipx, steps: (what) => [[pipx, "install", "--force", what]] });
  }
  return ways;
}

async function recentPython(): Promise<string | undefined> {
  for (const name of WINDOWS ? ["python", "py"] : ["python3", "python3.14", "python3.13", "python3.12", "python3.11"]) {
    const python = await programIn(pathFolders(), name);
    if (python !== undefined && (await run(python, ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"])) !== undefined) {
      return python;
    }
  }
  return undefined;
}

async function chosenPackage(): Promise<string | undefined> {
  const wheel = say("package-wheel");
  const folder = say("package-source");
  const kind = await vscode.window.showQuickPick([wheel, folder], { title: say("install-what") });
  if (kind === undefined) {
    return undefined;
  }
  const options = kind === wheel ? { filters: { Wheel: ["whl"] } } : { canSelectFiles: false, canSelectFolders: true };
  const [chosen] = (await vscode.window.showOpenDialog({ title: say("install-what"), openLabel: say("install"), ...options })) ?? [];
  return chosen?.fsPath;
}

/** Runs a program in a terminal; its exit code. */
async function carriedOut(program: string, args: readonly string[]): Promise<number | undefined> {
  // Without a folder of its own a task runs in the one that is open, and there may be none.
  const execution = new vscode.ProcessExecution(program, [...args], { cwd: homedir() });
  const task = new vscode.Task({ type: "process" }, vscode.TaskScope.Global, say("install-task"), "vkd", execution, []);
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, panel: vscode.TaskPanelKind.Dedicated };
  const started = await vscode.tasks.executeTask(task);
  return new Promise((resolve) => {
    const waiting = vscode.tasks.onDidEndTaskProcess(({ execution: ended, exitCode }) => {
      if (ended === started) {
        waiting.dispose();
        resolve(exitCode);
      }
    });
  });
}
