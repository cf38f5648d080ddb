// One server and its client, from start to stop. VS Code has one of them per window.
import * as vscode from "vscode";
import { findServer } from "./find";
import { Client } from "./client";

export class Session {
  private client: Client | undefined;
  // One step after the other: settings may change while a server is being looked for or stopped.
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** Finds and starts the server. When that fails, a message says what to do; nothing is thrown. */
  start(): Promise<void> {
    return this.next(() => this.startNow());
  }

  /** Stops the server; one that no longer answers is killed by the client after its own time limit. */
  stop(): Promise<void> {
    return this.next(() => this.stopNow());
  }

  restart(): Promise<void> {
    return this.next(async () => {
      await this.stopNow();
      await this.startNow();
    });
  }

  /** Executes a command of LANGUAGE.md section 11 on the server; `undefined` when no server runs or the command failed. */
  async execute<Result>(command: string, ...args: unknown[]): Promise<Result | undefined> {
    if (!this.client?.isRunning()) {
      this.explain("The vkd server is not running.");
      return undefined;
    }
    return this.client.execute<Result>(command, ...args);
  }

  private next(step: () => Promise<void>): Promise<void> {
    this.last = this.last.then(step);
    return this.last;
  }

  private async startNow(): Promise<void> {
    const command = await findServer();
    if (command === undefined) {
      this.explain(NOT_FOUND);
      return;
    }
    const { program, args, origin } = command;
    this.log.info(`Starting ${[program, ...args].join(" ")}, found by: ${origin}`);
    const client = new Client(command, this.log);
    this.client = client;
    // Not awaited: a server that never answers must not keep a person from starting another.
    client.start().catch((error: unknown) => {
      this.log.error(String(error));
      if (client === this.client) {
        this.explain(`The vkd server could not be started: “${program}”, taken from ${origin}.`);
      }
    });
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.end().catch((error: unknown) => this.log.warn(String(error)));
  }

  private explain(message: string): void {
    this.log.error(message);
    // Not awaited: the buttons may stay on the screen for hours.
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
