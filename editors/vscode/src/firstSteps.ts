// The first five minutes: a sample catalogue copied where a person wants it, and what the walkthrough's steps are completed by.
import * as vscode from "vscode";
import type { Asked } from "./answers/message";
import { say, spoken } from "./texts";

const WALKTHROUGH = "vkd.vkd#firstSteps";
const SAMPLE = "folketelling";
const SHOWN_FIRST = ["demands", "eksempel-3.vkd"];
// What is kept from one window to the next: where the sample was copied to.
const COPIED = "vkd.sample";

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
type Step = "server" | "sample" | "answered" | "ownAnswer";

export class FirstSteps {
  private readonly known = walkthroughsKnown();

  constructor(private readonly context: vscode.ExtensionContext) {}

  /** Opens the walkthrough. */
  open(): Thenable<unknown> {
    return vscode.commands.executeCommand("workbench.action.openWalkthrough", WALKTHROUGH, false);
  }

  /** Copies the sample catalogue into a folder that is asked for, and opens the copy in this window. */
  async copySample(): Promise<void> {
    const options = { canSelectFiles: false, canSelectFolders: true, title: say("sample-where"), openLabel: say("sample-here") };
    const [chosen] = (await vscode.window.showOpenDialog(options)) ?? [];
    if (chosen === undefined) {
      return;
    }
    const copy = await freeName(chosen);
    await vscode.workspace.fs.copy(vscode.Uri.joinPath(this.context.extensionUri, "sample", SAMPLE), copy);
    await this.context.globalState.update(COPIED, copy.toString());
    await vscode.commands.executeCommand("vscode.openFolder", copy, { forceReuseWindow: true });
  }

  /** Goes on in the window of the sample that was just copied: a demand is opened, and the walkthrough. */
  async goOn(): Promise<void> {
    const copy = this.context.globalState.get<string>(COPIED);
    if (copy === undefined || !vscode.workspace.workspaceFolders?.some(({ uri }) => uri.toString() === copy)) {
      return;
    }
    await this.context.globalState.update(COPIED, undefined);
    // The demand comes last, so that it is what is seen where the walkthrough of the window before stands in the same place.
    await vscode.commands.executeCommand("workbench.action.openWalkthrough", WALKTHROUGH, true);
    const demand = vscode.Uri.joinPath(vscode.Uri.parse(copy, true), ...SHOWN_FIRST);
    await vscode.window.showTextDocument(demand, { viewColumn: vscode.ViewColumn.One, preview: false });
    await this.complete("sample");
  }

  /** Notes that the server runs. */
  running(): Promise<void> {
    return this.complete("server");
  }

  /** Opens a demand to be filled in, in the language of the catalogue. */
  async newDemand(language: string | undefined): Promise<void> {
    const document = await vscode.workspace.openTextDocument({ language: "vkd", content: "" });
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, preview: false });
    const name = SNIPPETS[language ?? spoken()] ?? SNIPPETS["en"];
    await vscode.commands.executeCommand("editor.action.insertSnippet", { langId: "vkd", name });
  }

  /** Notes that a reference message was read; one about a demand that no example has is one's own. */
  answered({ document }: Asked): Promise<void> {
    const isOwn = !/\/eksempel-\d\.vkd$/.test(document.path);
    return this.complete("answered", ...(isOwn ? (["ownAnswer"] as const) : []));
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

async function freeName(folder: vscode.Uri): Promise<vscode.Uri> {
  for (let number = 1; ; number += 1) {
    const copy = vscode.Uri.joinPath(folder, number === 1 ? SAMPLE : `${SAMPLE}-${number}`);
    const isThere = await vscode.workspace.fs.stat(copy).then(() => true, () => false);
    if (!isThere) {
      return copy;
    }
  }
}
