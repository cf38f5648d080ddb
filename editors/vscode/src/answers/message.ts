// Texts that the server writes: it says which one it wants shown (`window/showDocument`). A reference message gets a panel of its own
// (panel.ts), since its links lead into files; explained rules and the server's state become Markdown previews.
import * as vscode from "vscode";
import { type LanguageClient, TextDocumentContentRequest } from "vscode-languageclient/node";
import type { Crossing } from "../../../shared/numbers/tables";

const PREVIEWED = ["vkd-rule", "vkd-status"];
const MESSAGE = "vkd-message";

/** The demand that a reference message is about: the document, and a line of it from 0. */
export interface Asked {
  readonly document: vscode.Uri;
  readonly line: number;
}

/** What says which of the server's texts of a scheme have changed. */
export interface Source {
  readonly scheme: string;
  readonly onDidChangeEmitter: vscode.EventEmitter<vscode.Uri>;
}

/** The numbers below a message: the answer that they are of, and how its units are divided. */
export interface Below {
  readonly answer: number;
  readonly crossing: Crossing | undefined;
}

/** A reference message: who says that it has changed, what it is about, what it is called, and the numbers shown below it. */
export interface Message {
  readonly uri: vscode.Uri;
  readonly asked: Asked;
  readonly below: Below | undefined;
  readonly title: string;
  readonly source: Source;
}

/** The reference message at an address (`vkd-message:/LINE/NAME.md?DOCUMENT#numbers-…`); `undefined` for other documents. */
export function messageAt(client: LanguageClient, uri: vscode.Uri): Message | undefined {
  const [, line, name] = /^\/(\d+)\/(.*)\.md$/.exec(uri.path) ?? [];
  const source = sourceOf(client, uri);
  if (uri.scheme !== MESSAGE || line === undefined || name === undefined || source === undefined) {
    return undefined;
  }
  const asked = { document: vscode.Uri.parse(uri.query, false), line: Number(line) };
  return { uri, asked, below: belowAt(uri.fragment), title: name, source };
}

/** Opens another text of the server as a Markdown preview beside the demand; false for documents that are not the server's. */
export async function showPreview(client: LanguageClient, uri: vscode.Uri): Promise<boolean> {
  if (!PREVIEWED.includes(uri.scheme)) {
    return false;
  }
  // VS Code asks for a virtual document's text once; it may be another by now.
  sourceOf(client, uri)?.onDidChangeEmitter.fire(uri);
  await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
  return true;
}

// `numbers-ANSWER`, behind it the lines that divide the units, and the line that is added up: `numbers-1-1,4-5-mean`.
function belowAt(fragment: string): Below | undefined {
  const [, answer, lines, of, name] = /^numbers-(\d+)(?:-([\d,]+)(?:-(\d+)-(sum|mean))?)?$/.exec(fragment) ?? [];
  if (answer === undefined) {
    return undefined;
  }
  const table = lines?.split(",").map(Number);
  const added = of === undefined ? {} : { of: Number(of), function: name as "sum" | "mean" };
  return { answer: Number(answer), crossing: table && { table, ...added } };
}

function sourceOf(client: LanguageClient, uri: vscode.Uri): Source | undefined {
  const sources = client.getFeature(TextDocumentContentRequest.method)?.getProviders() ?? [];
  return sources.find(({ scheme }) => scheme === uri.scheme);
}
