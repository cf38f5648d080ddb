// The panel that shows a reference message: Markdown as VS Code renders it, with links that lead into the files.
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { placeOf, type Reference, type Referring, withLinks } from "../../../shared/references";
import type { Catalogues } from "../catalogue/catalogues";
import type { Execute } from "./answer";
import type { Message } from "./message";

/** What the panel's script sends: the number of the link that was followed. */
interface Followed {
  readonly target: number;
}

export class MessagePanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private message: Message | undefined;
  private references: readonly Reference[] = [];
  private listening: vscode.Disposable | undefined;

  constructor(private readonly catalogues: Catalogues, private readonly ask: Execute) {}

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
    const panel = vscode.window.createWebviewPanel("vkd.message", "vkd", beside, { enableScripts: true, enableFindWidget: true, localResourceRoots: [] });
    panel.webview.onDidReceiveMessage(({ target }: Followed) => void this.follow(this.references[target]));
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
      panel.title = message.title;
      panel.webview.html = page(html, this.catalogues.of(message.asked.document)?.language ?? "en", message.title);
    }
  }

  // Beside the message, not in its place: who follows a link wants to come back.
  private async follow(reference: Reference | undefined): Promise<void> {
    if (reference === undefined) {
      return;
    }
    const { uri, line } = placeOf(reference.target);
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
function page(html: string, language: string, title: string): string {
  const nonce = randomBytes(16).toString("hex");
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<title>${escaped(title)}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main>${html}</main>
<script nonce="${nonce}">${SCRIPT}</script>
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
`;

const SCRIPT = `
const host = acquireVsCodeApi();
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#vkd-']");
  if (link !== null) {
    event.preventDefault();
    host.postMessage({ target: Number(link.getAttribute("href").slice(5)) });
  }
});
`;

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
