// Texts that the server writes: it says which one it wants shown (`window/showDocument`), here that becomes a Markdown preview.
import * as vscode from "vscode";
import { LanguageClient, ShowDocumentRequest, TextDocumentContentRequest } from "vscode-languageclient/node";

/** The server's virtual documents: reference messages and explained rules, in Markdown, got by `workspace/textDocumentContent`. */
const SCHEMES = ["vkd-message", "vkd-rule"];

/**
 * Middleware for `window/showDocument`: a text of the server opens as a Markdown preview beside the demand, every other document
 * as VS Code opens it. `client` is asked for late, since the client needs this first.
 */
export function showMessages(client: () => LanguageClient | undefined): ShowDocumentRequest.MiddlewareSignature {
  return async (params, token, next) => {
    const uri = vscode.Uri.parse(params.uri, true);
    if (!SCHEMES.includes(uri.scheme)) {
      return next(params, token);
    }
    refresh(client(), uri);
    await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
    return { success: true };
  };
}

// VS Code asks for a virtual document's text once; a demand that is run again has a new message under the same address.
function refresh(client: LanguageClient | undefined, uri: vscode.Uri): void {
  const providers = client?.getFeature(TextDocumentContentRequest.method)?.getProviders() ?? [];
  for (const provider of providers.filter(({ scheme }) => scheme === uri.scheme)) {
    provider.onDidChangeEmitter.fire(uri);
  }
}
