// Programs and Pythons on this machine: whether one is there, and what another says when it is asked.
import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import * as path from "node:path";

export const WINDOWS = process.platform === "win32";

/** Where a virtual environment has its programs. */
export const BIN = WINDOWS ? "Scripts" : "bin";

const ENDINGS = WINDOWS ? [".exe", ".cmd"] : [""];

/** The folders of PATH; relative ones are left out, since what lies there depends on the folder that is open. */
export function pathFolders(): readonly string[] {
  return (process.env.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
}

/** The first of some folders' programs of a name; `undefined` when none of them has it. */
export async function programIn(folders: readonly string[], name: string): Promise<string | undefined> {
  for (const folder of folders) {
    for (const ending of ENDINGS) {
      const program = path.join(folder, name + ending);
      if (await isExecutable(program)) {
        return program;
      }
    }
  }
  return undefined;
}

/**
 * Whether a Python has a module. It is looked up, not imported: that takes a fraction of the time and runs none of its code;
 * nor in the folder that is open (-P, which Pythons that are too old for vkd do not know).
 */
export async function hasModule(python: string, module: string): Promise<boolean> {
  const probe = `import importlib.util, sys; sys.exit(importlib.util.find_spec('${module}') is None)`;
  return (await run(python, ["-P", "-c", probe])) !== undefined;
}

/** What a program writes when it is run to its end; `undefined` when it fails, is not there, or takes ten seconds. */
export function run(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 10_000, windowsHide: true }, (error, stdout) => resolve(error ? undefined : stdout.trim()));
  });
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(() => true, () => false);
}
