// One server and its client, from start to stop. VS Code has one of them per window.
import * as vscode from "vscode";
import { LanguageClient, LanguageClientOptions, TransportKind } from "vscode-languageclient/node";
import { ServerCommand, findServer } from "./find";
import { showMessages } from "./message";

export class Session {
  private client: LanguageClient | undefined;

  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** Finds and starts the server. When that fails, a message says what to do; nothing is thrown. */
  async start(): Promise<void> {
    const command = await findServer();
    if (command === undefined) {
      await this.explain(NOT_FOUND);
      return;
    }
    this.log.info(`Starting ${[command.program, ...command.args].join(" ")} (found by: ${command.origin})`);
    const client = createClient(command, this.log, () => this.client);
    this.client = client;
    try {
      await client.start();
    } catch (error) {
      this.log.error(String(error));
      await this.explain(`The vkd server could not be started: “${command.program}”, taken from ${command.origin}.`);
    }
  }

  /** Stops the server; a server that no longer answers is killed by the client after its own time limit. */
  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client?.needsStop()) {
      await client.stop().catch((error: unknown) => this.log.warn(String(error)));
    }
    await client?.dispose().catch((error: unknown) => this.log.warn(String(error)));
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Executes a command of LANGUAGE.md section 11 on the server; `undefined` when no server runs or the command failed. */
  async execute<Result>(command: string, ...args: unknown[]): Promise<Result | undefined> {
    if (!this.client?.isRunning()) {
      await this.explain("The vkd server is not running.");
      return undefined;
    }
    // The client has shown and logged why a request failed; thrown further, VS Code would say it again in a dialog.
    return vscode.commands.executeCommand<Result>(command, ...args).then(undefined, () => undefined);
  }

  private async explain(message: string): Promise<void> {
    this.log.error(message);
    // Not awaited: the buttons may stay on screen for hours, and activation must not wait for them.
    void vscode.window.showErrorMessage(message, SETTING, AGAIN, LOG).then((choice) => {
      switch (choice) {
        case SETTING:
          return vscode.commands.executeCommand("workbench.action.openSettings", "vkd.server.command");
        case AGAIN:
          return this.restart();
        case LOG:
          return this.log.show();
        default:
          return undefined;
      }
    });
  }
}

const SETTING = "Open the setting";
const AGAIN = "Try again";
const LOG = "Show the log";
const NOT_FOUND =
  "The vkd server was not found: not in the workspace's .venv, not on PATH, not as a module of python3. " +
  "Install vkd in one of them, or name the program in the setting vkd.server.command. Until then .vkd files have colours only.";

function createClient(
  { program, args }: ServerCommand,
  log: vscode.LogOutputChannel,
  current: () => LanguageClient | undefined,
): LanguageClient {
  const options: LanguageClientOptions = {
    documentSelector: [{ language: "vkd", scheme: "file" }, { language: "vkd", scheme: "untitled" }],
    outputChannel: log,
    // Later changes of the settings, and of files, the server asks for itself.
    initializationOptions: vscode.workspace.getConfiguration("vkd"),
    middleware: { window: { showDocument: showMessages(current) } },
  };
  const server = { command: program, args: [...args], transport: TransportKind.stdio };
  return new LanguageClient("vkd", "vkd", server, options);
}
