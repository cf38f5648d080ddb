// Tasks: `vkd check` and `vkd test` for each folder with a catalogue; $vkd puts what check finds among the problems.
import * as vscode from "vscode";
import type { Program } from "./server/find";
import type { Session } from "./server/session";
import { say } from "./texts";

/** A task as it stands in tasks.json: what is done, with which paths; without any, with the whole folder. */
interface Definition extends vscode.TaskDefinition {
  readonly command: "check" | "test";
  readonly paths?: readonly string[];
}

/** Offers the tasks; as long as no program is found there are none. */
export function tasks(session: Session): vscode.Disposable {
  return vscode.tasks.registerTaskProvider("vkd", {
    provideTasks: () => (session.program === undefined ? [] : offered(session.program)),
    // The definition must be the one that was asked for, not another that says the same.
    resolveTask: ({ definition, scope = vscode.TaskScope.Workspace }) =>
      session.program === undefined ? undefined : made(session.program, definition as Definition, scope),
  });
}

async function offered(program: Program): Promise<vscode.Task[]> {
  const files = await vscode.workspace.findFiles("**/vkd.toml", "**/{node_modules,.venv}/**", 100);
  const folders = new Set(files.map((file) => vscode.workspace.getWorkspaceFolder(file)).filter((folder) => folder !== undefined));
  const commands = ["check", "test"] as const;
  return [...folders].flatMap((folder) => commands.map((command) => made(program, { type: "vkd", command }, folder)));
}

function made({ program, args }: Program, definition: Definition, scope: vscode.WorkspaceFolder | vscode.TaskScope): vscode.Task {
  const { command, paths = [] } = definition;
  const folder = typeof scope === "object" ? scope : vscode.workspace.workspaceFolders?.[0];
  const options = folder === undefined ? {} : { cwd: folder.uri.fsPath };
  const execution = new vscode.ProcessExecution(program, [...args, command, ...paths], options);
  const task = new vscode.Task(definition, scope as vscode.WorkspaceFolder, command, "vkd", execution, command === "check" ? ["$vkd"] : []);
  task.detail = command === "check" ? say("task-check") : say("task-test");
  task.group = command === "check" ? vscode.TaskGroup.Build : vscode.TaskGroup.Test;
  return task;
}
