// Finding the server: which program is started, and from where it was taken.
import { homedir } from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { say } from "../texts";
import { BIN, hasModule, pathFolders, programIn, WINDOWS } from "./programs";
import { selectedPython } from "./python";

/** The program `vkd` and what comes before its command; `origin` says where it was found. */
export interface Program {
  readonly program: string;
  readonly args: readonly string[];
  readonly origin: string;
}

type Look = () => Promise<Program | undefined>;

/**
 * The program to start, the first of: the setting, the selected Python environment, a folder's `.venv`, PATH, what this extension
 * installed in `own`, uv's and pipx's tools, a Python on PATH, and what uvx or pipx may run. `undefined` when there is none.
 * A setting is taken as it stands, even if nothing is there: a person who names a program wants to hear that it is missing.
 */
export async function findProgram(own: string): Promise<Program | undefined> {
  const looks: readonly Look[] = [fromSetting, fromSelected, fromVenvs, fromPath, () => fromOwn(own), fromTools, fromPython, fromRunner];
  for (const look of looks) {
    const found = await look();
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** Where the extension installs a server of its own. */
export function ownEnvironment(context: vscode.ExtensionContext): string {
  return path.join(context.globalStorageUri.fsPath, "server");
}

/** What pip, uv or pipx is to install: a wheel, a folder, an address. Empty when nobody has said. */
export function installable(): string {
  return vscode.workspace.getConfiguration("vkd").get<string>("server.package", "").trim();
}

async function fromSetting(): Promise<Program | undefined> {
  const [program, ...args] = vscode.workspace.getConfiguration("vkd").get<string[]>("server.command", []);
  return program ? { program, args, origin: say("origin-setting", "vkd.server.command") } : undefined;
}

async function fromSelected(): Promise<Program | undefined> {
  const python = await selectedPython();
  return python === undefined ? undefined : ofEnvironment(python, say("origin-selected"));
}

// A folder that is not trusted may hold anything under the name .venv/bin/vkd, so there it is not started.
async function fromVenvs(): Promise<Program | undefined> {
  if (!vscode.workspace.isTrusted) {
    return undefined;
  }
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file");
  return inFolders(folders.map((folder) => path.join(folder.uri.fsPath, ".venv", BIN)), say("origin-folder", ".venv"));
}

async function fromPath(): Promise<Program | undefined> {
  return inFolders(pathFolders(), "PATH");
}

async function fromOwn(own: string): Promise<Program | undefined> {
  return inFolders([path.join(own, BIN)], say("origin-installed"));
}

// An editor that was started from a menu often does not have these on its PATH.
async function fromTools(): Promise<Program | undefined> {
  const folders = [process.env.UV_TOOL_BIN_DIR, process.env.PIPX_BIN_DIR, path.join(homedir(), ".local", "bin")];
  return inFolders(folders.filter((folder) => folder !== undefined), say("origin-tools"));
}

async function fromPython(): Promise<Program | undefined> {
  const python = await programIn(pathFolders(), WINDOWS ? "python" : "python3");
  return python === undefined ? undefined : ofEnvironment(python, say("origin-path"));
}

// Without a package that somebody named nothing is fetched: who owns a name on an index, the extension cannot know.
async function fromRunner(): Promise<Program | undefined> {
  const what = installable();
  if (what === "") {
    return undefined;
  }
  const uvx = await programIn(pathFolders(), "uvx");
  if (uvx !== undefined) {
    return { program: uvx, args: ["--from", what, "vkd"], origin: "uvx" };
  }
  const pipx = await programIn(pathFolders(), "pipx");
  return pipx === undefined ? undefined : { program: pipx, args: ["run", "--spec", what, "vkd"], origin: "pipx" };
}

/** `vkd` beside a Python, else the module that it has. */
async function ofEnvironment(python: string, origin: string): Promise<Program | undefined> {
  const beside = await inFolders([path.dirname(python)], origin);
  if (beside !== undefined) {
    return beside;
  }
  return (await hasModule(python, "vkd_server")) ? { program: python, args: ["-P", "-m", "vkd_server"], origin } : undefined;
}

async function inFolders(folders: readonly string[], origin: string): Promise<Program | undefined> {
  const program = await programIn(folders, "vkd");
  return program === undefined ? undefined : { program, args: [], origin };
}
