// The panel that shows a reference message: Markdown as VS Code renders it, with links that lead into the files.
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { Numbers, Source } from "../../../shared/numbers/tables";
import { placeOf, type Reference, type Referring, withLinks } from "../../../shared/references";
import type { Catalogues } from "../catalogue/catalogues";
import { say } from "../texts";
import type { Execute } from "./answer";
import type { Message } from "./message";

/** What the panel's script sends: that it listens, the number of the link that was followed, or the source of a figure (webview/panel.ts). */
interface Followed {
  readonly ready?: true;
  readonly target?: number;
  readonly source?: Source;
}

/** The answer of `vkd.data`; `references` say where the sources of the figures are described. */
interface Told extends Numbers {
  readonly references: readonly (Source & { readonly target: string })[];
}

export class MessagePanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private message: Message | undefined;
  private references: readonly Reference[] = [];
  private sources: Told["references"] = [];
  // What stands below the message. The panel is told of it when it listens, and when it changes.
  private below: { readonly numbers?: Numbers; readonly text?: string } | undefined;
  private listening: vscode.Disposable | undefined;

  /** `extension` is the folder of the extension, which holds the panel's script. */
  constructor(private readonly catalogues: Catalogues, private readonly ask: Execute, private readonly extension: vscode.Uri) {}

  /** The message that is shown, or was last. */
  get last(): Message | undefined {
    return this.message;
  }

  /** Shows a message beside the demand, in the place of the one before; it is renewed when the server says that it has changed. */
  async show(message: Message): Promise<void> {
    this.listening?.dispose();
    this.message = message;
    this.listening = message.source.onDidChangeEmitter.event((uri) => {
      if (this.panel !== undefined && uri.toString() === message.uri.toString()) {
        void this.fill(this.panel, message);
      }
    });
    this.panel ??= this.opened();
    await this.fill(this.panel, message);
    this.panel.reveal(undefined, true);
  }

  dispose(): void {
    this.listening?.dispose();
    this.panel?.dispose();
  }

  private opened(): vscode.WebviewPanel {
    const beside = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const panel = vscode.window.createWebviewPanel("vkd.message", "vkd", beside, { enableScripts: true, enableFindWidget: true, localResourceRoots: [this.scripts] });
    panel.webview.onDidReceiveMessage((sent: Followed) => void (sent.ready ? this.tell(panel) : this.follow(this.targetOf(sent))));
    panel.onDidDispose(() => (this.panel = undefined));
    return panel;
  }

  private async fill(panel: vscode.WebviewPanel, message: Message): Promise<void> {
    const { document, line } = message.asked;
    const told = await this.ask<Referring>("vkd.message", document.toString(), line);
    if (told === undefined) {
      return;
    }
    const { text, references } = await withFilesThatAreThere(told);
    const html = await vscode.commands.executeCommand<string>("markdown.api.render", withLinks({ text, references }));
    if (message === this.message) {
      this.references = references;
      this.below = undefined;
      panel.title = message.title;
      const script = panel.webview.asWebviewUri(vscode.Uri.joinPath(this.scripts, "panel.js"));
      panel.webview.html = page(html, this.catalogues.of(message.asked.document)?.language ?? "en", message.title, script);
      await this.fillNumbers(panel, message);
    }
  }

  // Data may take long to read: the message is there meanwhile.
  private async fillNumbers(panel: vscode.WebviewPanel, message: Message): Promise<void> {
    if (message.below === undefined) {
      return;
    }
    this.below = { text: say("reading-numbers") };
    await this.tell(panel);
    const { document, line } = message.asked;
    const { answer, crossing } = message.below;
    // What was computed of single units has been, and is not computed again because the message is.
    const numbers = await this.ask<Told>("vkd.data", document.toString(), line, answer, { ...crossing, kept: true });
    if (message === this.message) {
      this.sources = numbers?.references ?? [];
      this.below = numbers === undefined ? { text: say("no-numbers") } : { numbers };
      await this.tell(panel);
    }
  }

  private async tell(panel: vscode.WebviewPanel): Promise<void> {
    if (this.below !== undefined) {
      await panel.webview.postMessage(this.below);
    }
  }

  private get scripts(): vscode.Uri {
    return vscode.Uri.joinPath(this.extension, "dist");
  }

  private targetOf({ target, source }: Followed): string | undefined {
    if (target !== undefined) {
      return this.references[target]?.target;
    }
    return this.sources.find(({ product, line }) => product === source?.product && line === source.line)?.target;
  }

  // Beside the message, not in its place: who follows a link wants to come back.
  private async follow(target: string | undefined): Promise<void> {
    if (target === undefined) {
      return;
    }
    const { uri, line } = placeOf(target);
    const place = line === undefined ? {} : { selection: new vscode.Range(line - 1, 0, line - 1, 0) };
    const options = { viewColumn: vscode.ViewColumn.One, preview: true, ...place };
    await vscode.commands.executeCommand("vscode.open", vscode.Uri.parse(uri, true), options);
  }
}

/** A message without the references to files of archives that are not on this machine: those stay words. */
async function withFilesThatAreThere({ text, references }: Referring): Promise<Referring> {
  const found = await Promise.all(references.map(async ({ target }) => {
    const { uri, line } = placeOf(target);
    return line !== undefined || (await vscode.workspace.fs.stat(vscode.Uri.parse(uri, true)).then(() => true, () => false));
  }));
  return { text, references: references.filter((_, number) => found[number]) };
}

/** The page around a message. Only the script of this page runs, and only VS Code's own colours are used. */
function page(html: string, language: string, title: string, script: vscode.Uri): string {
  const nonce = randomBytes(16).toString("hex");
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<meta name="style-nonce" content="${nonce}">
<title>${escaped(title)}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main>${html}
<div id="numbers"></div></main>
<script nonce="${nonce}" src="${script.toString()}"></script>
</body>
</html>`;
}

const STYLE = `
body { padding: 0 2rem 3rem; line-height: 1.55; font-size: var(--vscode-font-size); color: var(--vscode-editor-foreground); }
main { max-width: 46rem; }
h1 { font-size: 1.7em; font-weight: 600; line-height: 1.25; margin: 1.2rem 0 .8rem; }
h2 { font-size: 1.25em; font-weight: 600; margin: 2rem 0 .6rem; padding-bottom: .3rem; border-bottom: 1px solid var(--vscode-widget-border, var(--vscode-panel-border)); }
h3 { font-size: 1.05em; font-weight: 600; margin: 1.4rem 0 .4rem; }
ul { padding-left: 1.3rem; margin: .4rem 0; }
li { margin: .15rem 0; }
li > p { margin: .15rem 0; }
table { border-collapse: collapse; margin: .6rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem 1.2rem .3rem 0; border-bottom: 1px solid var(--vscode-widget-border, var(--vscode-panel-border)); }
a { color: var(--vscode-textLink-foreground); text-decoration: underline; text-underline-offset: .15em; text-decoration-thickness: 1px; }
a:hover { color: var(--vscode-textLink-activeForeground); }
a:focus-visible, summary:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
code { font-family: var(--vscode-editor-font-family); }
summary { cursor: pointer; margin: 1rem 0 .4rem; }
.numbers {
  --series-1: #174f6b; --series-2: #b4511e; --series-3: #3f7a3a; --series-4: #7a3f8a; --series-5: #8a6a00;
  --series-6: #a3213f; --series-7: #3b6fb6; --series-8: #5d6a2a; --series-9: #4a4f55; --series-10: #0b7a6c;
  margin-top: 2rem; border-top: 1px solid var(--vscode-widget-border, var(--vscode-panel-border));
}
.vscode-dark .numbers, .vscode-high-contrast:not(.vscode-high-contrast-light) .numbers {
  --series-1: #93c6de; --series-2: #f0a070; --series-3: #9ccf8e; --series-4: #d7a6dc; --series-5: #e3c063;
  --series-6: #f793a6; --series-7: #8fb4f0; --series-8: #c3cf82; --series-9: #c0c6ca; --series-10: #7fd0bf;
}
.numbers h4 { font-size: 1.25em; font-weight: 600; margin: 1rem 0 .6rem; }
.numbers h5 { font-size: 1.05em; font-weight: 600; margin: 0 0 .6rem; }
.numbers .plot { margin: 0 0 1rem; }
.numbers .plot:empty { min-height: 20rem; }
.numbers .plot svg { display: block; max-width: 100%; height: auto; overflow: visible; }
.numbers .wide { overflow-x: auto; }
.numbers caption { text-align: left; font-weight: 600; }
.numbers tbody th { font-weight: normal; }
.numbers .figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.numbers .across { text-align: center; border: 0; }
.note { color: var(--vscode-descriptionForeground); margin: .2rem 0; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
