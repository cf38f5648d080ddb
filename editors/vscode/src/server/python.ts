// The Python environment that a person has selected in VS Code, from the Python extension where that is installed.
import * as vscode from "vscode";

/** As much as is used of the Python extension's interface. */
interface PythonExtension {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(environment: { readonly path: string }): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

// Milliseconds that the Python extension has for waking up and looking; the server is looked for elsewhere then.
const PATIENCE = 5000;

/**
 * The selected environment's Python. A folder's own settings may select it, so in one that is not trusted there is none.
 */
export async function selectedPython(): Promise<string | undefined> {
  if (!vscode.workspace.isTrusted) {
    return undefined;
  }
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE));
  return Promise.race([ask().catch(() => undefined), late]);
}

/** Calls back when another environment is selected. */
export async function onSelectedPython(changed: () => void): Promise<vscode.Disposable | undefined> {
  const python = await environments().catch(() => undefined);
  return python?.onDidChangeActiveEnvironmentPath(changed);
}

async function ask(): Promise<string | undefined> {
  const python = await environments();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const environment = python && (await python.resolveEnvironment(python.getActiveEnvironmentPath(folder)));
  return environment?.executable.uri?.fsPath;
}

async function environments(): Promise<PythonExtension["environments"]> {
  return (await vscode.extensions.getExtension<PythonExtension>("ms-python.python")?.activate())?.environments;
}
