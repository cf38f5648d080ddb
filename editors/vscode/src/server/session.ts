// One server and its client, from start to stop. VS Code has one of them per window, for all its folders.
import * as vscode from "vscode";
import { State as ClientState } from "vscode-languageclient/node";
import { say } from "../texts";
import { Client, type ClientHooks } from "./client";
import { findProgram, ownEnvironment, type Program } from "./find";

/** What there is to tell of the server: missing means that no program was found, stopped that it does not run. */
export type State = "starting" | "running" | "stopped" | "missing";

export class Session implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<State>();
  readonly onDidChangeState = this.changed.event;
  private client: Client | undefined;
  private found: Program | undefined;
  private now: State = "stopped";
  // One step after the other: settings may change while a server is being looked for or stopped.
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
    private readonly hooks: ClientHooks,
  ) {}

  get state(): State {
    return this.now;
  }

  /** The program that runs, or that could not be started; also what else `vkd` does is asked of it. */
  get program(): Program | undefined {
    return this.found;
  }

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

  /** Starts another server where another would be found now than the one that runs. */
  lookAgain(): Promise<void> {
    return this.next(async () => {
      const found = await findProgram(ownEnvironment(this.context));
      if (found?.program !== this.found?.program || String(found?.args) !== String(this.found?.args)) {
        await this.stopNow();
        await this.startNow();
      }
    });
  }

  /** Executes a command on the server; `undefined` when no server runs or the command failed, which a person is told then. */
  async execute<Result>(command: string, ...args: unknown[]): Promise<Result | undefined> {
    if (!this.client?.isRunning()) {
      this.explain();
      return undefined;
    }
    return this.client.execute<Result>(command, args, false);
  }

  /** The same for what nobody has asked for by hand: without a server there is nothing to tell. */
  async ask<Result>(command: string, ...args: unknown[]): Promise<Result | undefined> {
    return this.client?.isRunning() ? this.client.execute<Result>(command, args, true) : undefined;
  }

  /** Says why there is no server, and what can be done about it. */
  explain(): void {
    const { program, origin } = this.found ?? { program: "", origin: "" };
    this.tell(this.now === "missing" ? notFound() : say("not-running", program, origin));
  }

  dispose(): void {
    this.changed.dispose();
  }

  private next(step: () => Promise<void>): Promise<void> {
    this.last = this.last.then(step);
    return this.last;
  }

  private async startNow(): Promise<void> {
    this.become("starting");
    this.found = await findProgram(ownEnvironment(this.context));
    if (this.found === undefined) {
      this.become("missing");
      this.tell(notFound());
      return;
    }
    const { program, args, origin } = this.found;
    this.log.info(`Starting ${[program, ...args, "server"].join(" ")}, found by: ${origin}`);
    const client = new Client(this.found, this.log, this.hooks);
    this.client = client;
    client.onDidChangeState(({ newState }) => {
      if (client === this.client) {
        this.become(newState === ClientState.Running ? "running" : newState === ClientState.Starting ? "starting" : "stopped");
      }
    });
    // Not awaited: a server that never answers must not keep a person from starting another.
    client.start().catch((error: unknown) => {
      this.log.error(String(error));
      if (client === this.client) {
        this.become("stopped");
        this.tell(say("start-failed", program, origin));
      }
    });
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.become("stopped");
    await client?.end().catch((error: unknown) => this.log.warn(String(error)));
  }

  private become(state: State): void {
    this.now = state;
    void vscode.commands.executeCommand("setContext", "vkd.state", state);
    this.changed.fire(state);
  }

  private tell(message: string): void {
    this.log.error(message);
    const offers: readonly (readonly [string, () => unknown])[] = [
      [say("install-offer"), () => vscode.commands.executeCommand("vkd.installServer")],
      [say("choose-offer"), () => vscode.commands.executeCommand("vkd.chooseServer")],
      [say("settings"), () => vscode.commands.executeCommand("workbench.action.openSettings", "vkd.server.command")],
      [say("again"), () => this.restart()],
    ];
    // Not awaited: the buttons may stay on the screen for hours.
    void vscode.window.showErrorMessage(message, ...offers.map(([title]) => title)).then((choice) => {
      offers.find(([title]) => title === choice)?.[1]();
    });
  }
}

function notFound(): string {
  return say(
    "not-found",
  );
}
