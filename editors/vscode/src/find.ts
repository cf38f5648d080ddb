// Finding the server: which program is started, and from where it was taken.
import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import * as path from "node:path";
import * as vscode from "vscode";

/** A program that can be started as the server; `origin` says for the log where it was found. */
export interface ServerCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly origin: string;
}

const WINDOWS = process.platform === "win32";
const PROGRAMS = WINDOWS ? ["vkd.exe", "vkd.cmd"] : ["vkd"];
const PYTHONS = WINDOWS ? ["python", "py"] : ["python3", "python"];

/**
 * The server to start: the setting `vkd.server.command`, else `vkd` in a workspace folder's `.venv`, else `vkd` on PATH,
 * else the module `vkd_server` of a Python on PATH. `undefined` when there is none.
 * A setting is taken as it stands, even if nothing is there: a person who names a program wants to hear that it is missing.
 */
export async function findServer(): Promise<ServerCommand | undefined> {
  return fromSetting() ?? (await fromVenv()) ?? (await fromPath()) ?? (await fromPython());
}

function fromSetting(): ServerCommand | undefined {
  const [program, ...args] = vscode.workspace.getConfiguration("vkd").get<string[]>("server.command", []);
  return program ? { program, args: [...args, "server"], origin: "the setting vkd.server.command" } : undefined;
}

// A folder that is not trusted may hold anything under the name .venv/bin/vkd, so there it is not started.
async function fromVenv(): Promise<ServerCommand | undefined> {
  if (!vscode.workspace.isTrusted) {
    return undefined;
  }
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file");
  const bins = folders.map((folder) => path.join(folder.uri.fsPath, ".venv", WINDOWS ? "Scripts" : "bin"));
  return firstProgram(bins, "the workspace's .venv");
}

async function fromPath(): Promise<ServerCommand | undefined> {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return firstProgram(folders, "PATH");
}

async function fromPython(): Promise<ServerCommand | undefined> {
  for (const python of PYTHONS) {
    if (await hasModule(python)) {
      return { program: python, args: ["-m", "vkd_server", "server"], origin: `the module vkd_server of ${python}` };
    }
  }
  return undefined;
}

async function firstProgram(folders: readonly string[], origin: string): Promise<ServerCommand | undefined> {
  for (const folder of folders) {
    for (const name of PROGRAMS) {
      const program = path.join(folder, name);
      if (await isExecutable(program)) {
        return { program, args: ["server"], origin };
      }
    }
  }
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(() => true, () => false);
}

// Looked up, not imported: that takes a fraction of the time and runs none of the module's code.
function hasModule(python: string): Promise<boolean> {
  const probe = "import importlib.util, sys; sys.exit(importlib.util.find_spec('vkd_server') is None)";
  return new Promise((resolve) => {
    execFile(python, ["-c", probe], { timeout: 10_000, windowsHide: true }, (error) => resolve(error === null));
  });
}
