// The language client: what is said to the server and how its failures are taken.
import * as vscode from "vscode";
import {
  CloseAction,
  type CloseHandlerResult,
  type ErrorHandler,
  ExecuteCommandRequest,
  LanguageClient,
  type LanguageClientOptions,
  ResponseError,
  State,
  TransportKind,
} from "vscode-languageclient/node";
import type { Program } from "./find";

/** What else is to happen with what the server says. */
export interface ClientHooks {
  /** Shows a document of the server's own; false for every other, which VS Code shows. */
  show(client: LanguageClient, uri: vscode.Uri): Promise<boolean>;
  /** Something was executed that nobody in this extension asked for: from a lens or a code action. */
  executed(command: string, args: readonly unknown[], result: unknown): void;
  /** Asks what a command leaves open; `undefined` where it is not to be executed after all. */
  chosen(command: string, args: unknown[]): Promise<unknown[] | undefined>;
}

// Milliseconds that a server has for coming up before it is killed, once it is not wanted any more.
const GRACE = 2000;

// The code of an error that says why a request cannot be carried out (LSP 3.17).
const REQUEST_FAILED = -32803;

/**
 * A client that takes failures quietly, since the session explains them: `start` fails at once when the server does not come up,
 * and a server that has run and died is started again, a few times, but not when it was about to be ended.
 */
export class Client extends LanguageClient {
  private hasRun = false;
  private unwanted = false;

  constructor({ program, args }: Program, log: vscode.LogOutputChannel, hooks: ClientHooks) {
    const server = { command: program, args: [...args, "server"], transport: TransportKind.stdio };
    const options: LanguageClientOptions = {
      documentSelector: [{ language: "vkd", scheme: "file" }, { language: "vkd", scheme: "untitled" }],
      outputChannel: log,
      // Later changes of the settings, and of files, the server asks for itself.
      initializationOptions: vscode.workspace.getConfiguration("vkd"),
      initializationFailedHandler: () => false,
      middleware: {
        window: {
          showDocument: async (params, token, next) => {
            const shown = await hooks.show(this, vscode.Uri.parse(params.uri, true));
            return shown ? { success: true } : next(params, token);
          },
        },
        executeCommand: async (name, args, next) => {
          const chosen = await hooks.chosen(name, args);
          if (chosen === undefined) {
            return undefined;
          }
          try {
            const result: unknown = await next(name, chosen);
            hooks.executed(name, chosen, result);
            return result;
          } catch (error) {
            // Why numbers cannot be given is for the one who asked, in words alone.
            if (!(error instanceof ResponseError) || error.code !== REQUEST_FAILED) {
              throw error;
            }
            void vscode.window.showErrorMessage(error.message);
            return undefined;
          }
        },
      },
    };
    super("vkd", "vkd", server, options);
    // Commands of the server that answer a text to be copied are offered to clients that have a clipboard, tables of units to those that
    // can ask by which lines these are divided.
    this.registerFeature({
      fillClientCapabilities: (capabilities) => (capabilities.experimental = { ...(capabilities.experimental as object), clipboard: true, tables: true }),
      initialize: () => undefined,
      getState: () => ({ kind: "static" }),
      clear: () => undefined,
    });
    this.clientOptions.errorHandler = this.patience(this.createDefaultErrorHandler());
    this.onDidChangeState(({ newState }) => (this.hasRun ||= newState === State.Running));
  }

  /** Ends the server for good, in whatever state it is; a client that is still starting cannot be stopped, so that is waited for. */
  async end(): Promise<void> {
    this.unwanted = true;
    if (this.state === State.Starting) {
      const starting = this.start().catch(() => undefined);
      await Promise.race([starting, new Promise((resolve) => setTimeout(resolve, GRACE))]);
    }
    await this.dispose();
  }

  /** Executes a command on the server; `undefined` when it failed, which a person is told then unless it is done `quietly`. */
  async execute<Result>(command: string, args: readonly unknown[], quietly: boolean): Promise<Result | undefined> {
    try {
      return (await this.sendRequest(ExecuteCommandRequest.type, { command, arguments: [...args] })) as Result;
    } catch (error) {
      this.error(`${command} failed`, error, quietly ? false : undefined);
      return undefined;
    }
  }

  override error(message: string, data?: unknown, showNotification?: boolean | "force"): void {
    super.error(message, data, this.hasRun && !this.unwanted ? showNotification : false);
  }

  private patience(usual: ErrorHandler): ErrorHandler {
    return {
      error: (error, message, count) => usual.error(error, message, count),
      closed: (): CloseHandlerResult | Promise<CloseHandlerResult> =>
        this.hasRun && !this.unwanted ? usual.closed() : { action: CloseAction.DoNotRestart, handled: true },
    };
  }
}
