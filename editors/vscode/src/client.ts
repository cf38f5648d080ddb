// The language client: what is said to the server and how its failures are taken.
import * as vscode from "vscode";
import {
  CloseAction,
  CloseHandlerResult,
  ErrorHandler,
  ExecuteCommandRequest,
  LanguageClient,
  LanguageClientOptions,
  State,
  TransportKind,
} from "vscode-languageclient/node";
import { ServerCommand } from "./find";
import { showMessages } from "./message";
import { Answer, tell } from "./answer";

// Milliseconds that a server has for coming up before it is killed, once it is not wanted any more.
const GRACE = 2000;

/**
 * A client that takes failures quietly, since the session explains them: `start` fails at once when the server does not come up,
 * and a server that has run and died is started again, a few times, but not when it was about to be ended.
 */
export class Client extends LanguageClient {
  private hasRun = false;
  private unwanted = false;

  constructor({ program, args }: ServerCommand, log: vscode.LogOutputChannel) {
    const server = { command: program, args: [...args], transport: TransportKind.stdio };
    const options: LanguageClientOptions = {
      documentSelector: [{ language: "vkd", scheme: "file" }, { language: "vkd", scheme: "untitled" }],
      outputChannel: log,
      // Later changes of the settings, and of files, the server asks for itself.
      initializationOptions: vscode.workspace.getConfiguration("vkd"),
      initializationFailedHandler: () => false,
      middleware: {
        window: { showDocument: showMessages(() => this) },
        // From a lens or a code action, where nobody else takes the server's answer.
        executeCommand: async (name, args, next) => {
          const result: unknown = await next(name, args);
          if (name === "vkd.run") {
            void tell(result as Answer, String(args[0]), this.execute.bind(this));
          }
          return result;
        },
      },
    };
    super("vkd", "vkd", server, options);
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

  /** Executes a command on the server; `undefined` when it failed, which a person is told then. */
  async execute<Result>(command: string, ...args: unknown[]): Promise<Result | undefined> {
    try {
      return (await this.sendRequest(ExecuteCommandRequest.type, { command, arguments: args })) as Result;
    } catch (error) {
      this.error(`${command} failed`, error);
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
