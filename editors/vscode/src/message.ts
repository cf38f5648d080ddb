// Reference messages: the server says which document it wants shown (`window/showDocument`), here it becomes a Markdown preview.
import * as vscode from "vscode";
import { LanguageClient, ShowDocumentRequest, TextDocumentContentRequest } from "vscode-languageclient/node";

/** Scheme of the virtual documents that hold reference messages; their text comes from `workspace/textDocumentContent`. */
export const MESSAGE_SCHEME = "vkd-message";

/**
 * Middleware for `window/showDocument`: a reference message opens as a Markdown preview beside the demand, and the keyboard stays
 * where it was. Every other document opens as VS Code does it. `client` is asked for late, since the client needs this first.
 */
export function showMessages(client: () => LanguageClient | undefined): ShowDocumentRequest.MiddlewareSignature {
  return async (params, token, next) => {
    const uri = vscode.Uri.parse(params.uri, true);
    if (uri.scheme !== MESSAGE_SCHEME) {
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
