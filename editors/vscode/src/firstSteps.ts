// The first five minutes: a new workspace or a copy of the sample where a person wants it, and what completes the walkthrough's steps.
import * as vscode from "vscode";
import type { Asked } from "./answers/message";
import { call } from "./command";
import type { Session } from "./server/session";
import { say, spoken } from "./texts";

const WALKTHROUGH = "vkd.vkd#firstSteps";
const SAMPLE = "folketelling";
const SHOWN_FIRST = "demands/eksempel-3.vkd";
const SHOWN_FIRST_OF_A_NEW_ONE = "demands/population.vkd";
// What is kept from one window to the next: the folder that was made.
const MADE = "vkd.made";

/** A folder that was made to begin in: its URI, the demand that is opened there, and the step that is done by it. */
interface Made {
  readonly folder: string;
  readonly demand: string;
  readonly step: "init" | "sample";
}

// Milliseconds that VS Code takes to read the walkthroughs, once a page of them is open.
const READING = 2000;

/** The demand snippets of the languages that have one; their names are those of snippets/vkd.json. */
const SNIPPETS: Readonly<Record<string, string>> = {
  nb: "Etterspørselsbeskrivelse (bokmål)",
  nn: "Etterspurnadsskildring (nynorsk)",
  sv: "Efterfrågebeskrivning (svenska)",
  da: "Efterspørgselsbeskrivelse (dansk)",
  en: "Demand description (English)",
};

/** Steps that are done by what happens, not by a click; VS Code remembers which are. */
type Step = "init" | "server" | "sample" | "answered" | "ownAnswer";

export class FirstSteps {
  private readonly known = walkthroughsKnown();

  constructor(private readonly context: vscode.ExtensionContext) {}

  /** Opens the walkthrough. */
  open(): Thenable<unknown> {
    return vscode.commands.executeCommand("workbench.action.openWalkthrough", WALKTHROUGH, false);
  }

  /** Writes a workspace to start from into a folder that is asked for, with `vkd init`, and opens it in this window. */
  async init(session: Session): Promise<void> {
    const folder = await askedFor(say("init-where"), say("init-here"));
    if (folder === undefined) {
      return;
    }
    const { token } = new vscode.CancellationTokenSource();
    const called = await call(session, folder, ["init", "--language", spoken()], token);
    if (called?.code === 0) {
      await this.enter({ folder: folder.toString(), demand: SHOWN_FIRST_OF_A_NEW_ONE, step: "init" });
    } else if (called !== undefined) {
      void vscode.window.showErrorMessage(called.error.trim());
    }
  }

  /** Copies the sample catalogue into a folder that is asked for, and opens the copy in this window. */
  async copySample(): Promise<void> {
    const chosen = await askedFor(say("sample-where"), say("sample-here"));
    if (chosen === undefined) {
      return;
    }
    const copy = await freeName(chosen);
    await vscode.workspace.fs.copy(vscode.Uri.joinPath(this.context.extensionUri, "sample", SAMPLE), copy);
    await this.enter({ folder: copy.toString(), demand: SHOWN_FIRST, step: "sample" });
  }

  /** Goes on in the window of a folder that was just made: a demand is opened, and the walkthrough. */
  async goOn(): Promise<void> {
    const made = this.context.globalState.get<Made>(MADE);
    if (made === undefined || !vscode.workspace.workspaceFolders?.some(({ uri }) => uri.toString() === made.folder)) {
      return;
    }
    await this.context.globalState.update(MADE, undefined);
    // The demand comes last, so that it is what is seen where the walkthrough of the window before stands in the same place.
    await vscode.commands.executeCommand("workbench.action.openWalkthrough", WALKTHROUGH, true);
    const demand = vscode.Uri.joinPath(vscode.Uri.parse(made.folder, true), made.demand);
    await vscode.window.showTextDocument(demand, { viewColumn: vscode.ViewColumn.One, preview: false });
    await this.complete(made.step);
  }

  /** Notes that the server runs. */
  running(): Promise<void> {
    return this.complete("server");
  }

  /** Opens a demand to be filled in, in the language of the catalogue. */
  async newDemand(language: string | undefined): Promise<void> {
    const document = await vscode.workspace.openTextDocument({ language: "vkd", content: "" });
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, preview: false });
    const name = SNIPPETS[language ?? spoken()] ?? SNIPPETS.en;
    await vscode.commands.executeCommand("editor.action.insertSnippet", { langId: "vkd", name });
  }

  /** Notes that a reference message was read; one about a demand that no example has is one's own. */
  answered({ document }: Asked): Promise<void> {
    const isOwn = !/\/(eksempel-\d|population)\.vkd$/.test(document.path);
    return this.complete("answered", ...(isOwn ? (["ownAnswer"] as const) : []));
  }

  private async enter(made: Made): Promise<void> {
    await this.context.globalState.update(MADE, made);
    await vscode.commands.executeCommand("vscode.openFolder", vscode.Uri.parse(made.folder, true), { forceReuseWindow: true });
    // Where the folder is open already nothing starts anew.
    await this.goOn();
  }

  private async complete(...steps: readonly Step[]): Promise<void> {
    await this.known;
    for (const step of steps) {
      await vscode.commands.executeCommand("setContext", `vkd.done.${step}`, true);
    }
  }
}

/**
 * Waits until a page of walkthroughs has been open for a moment: VS Code reads them then, and never ticks a step whose context was
 * set before. Extensions see such a page as a tab without an input.
 */
async function walkthroughsKnown(): Promise<void> {
  const { tabGroups } = vscode.window;
  const isOpen = (): boolean => tabGroups.all.some(({ tabs }) => tabs.some(({ input }) => input === undefined));
  if (!isOpen()) {
    await new Promise<void>((resolve) => {
      const listening = tabGroups.onDidChangeTabs(() => {
        if (isOpen()) {
          listening.dispose();
          resolve();
        }
      });
    });
  }
  await new Promise((resolve) => setTimeout(resolve, READING));
}

async function askedFor(title: string, openLabel: string): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({ canSelectFiles: false, canSelectFolders: true, title, openLabel });
  return chosen?.[0];
}

async function freeName(folder: vscode.Uri): Promise<vscode.Uri> {
  for (let number = 1; ; number += 1) {
    const copy = vscode.Uri.joinPath(folder, number === 1 ? SAMPLE : `${SAMPLE}-${number}`);
    const isThere = await vscode.workspace.fs.stat(copy).then(() => true, () => false);
    if (!isThere) {
      return copy;
    }
  }
}
