// Texts that the server writes: it says which one it wants shown (`window/showDocument`), here that becomes a Markdown preview.
import * as vscode from "vscode";
import { LanguageClient, TextDocumentContentRequest } from "vscode-languageclient/node";

/** The server's virtual documents, in Markdown: reference messages, explained rules, and how it is doing. */
const SCHEMES = ["vkd-message", "vkd-rule", "vkd-status"];

/** The demand that a reference message is about: the document, and a line of it from 0. */
export interface Asked {
  readonly document: vscode.Uri;
  readonly line: number;
}

/** Opens a text of the server as a Markdown preview beside the demand; false for every other document. */
export async function showPreview(client: LanguageClient, uri: vscode.Uri): Promise<boolean> {
  if (!SCHEMES.includes(uri.scheme)) {
    return false;
  }
  renew(client, uri);
  await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
  return true;
}

/** What a reference message is about (`vkd-message:/LINE/NAME.md?DOCUMENT`); `undefined` for other texts. */
export function askedIn(message: vscode.Uri): Asked | undefined {
  const [, line] = /^\/(\d+)\//.exec(message.path) ?? [];
  return message.scheme === "vkd-message" && line !== undefined
    ? { document: vscode.Uri.parse(message.query, false), line: Number(line) }
    : undefined;
}

// VS Code asks for a virtual document's text once; a demand that is run again has a new message under the same address.
function renew(client: LanguageClient, uri: vscode.Uri): void {
  const providers = client.getFeature(TextDocumentContentRequest.method)?.getProviders() ?? [];
  for (const provider of providers.filter(({ scheme }) => scheme === uri.scheme)) {
    provider.onDidChangeEmitter.fire(uri);
  }
}
