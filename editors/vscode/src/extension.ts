// The extension: starts `vkd server`, and adds what only VS Code's own windows can show. What knows the language is the server.
import * as vscode from "vscode";
import { type Answer, tell } from "./answers/answer";
import { withChoices } from "./answers/choices";
import { messageAt, showPreview } from "./answers/message";
import { MessagePanel } from "./answers/panel";
import { cursor, runDemand, runFile, whyNot } from "./answers/run";
import { Catalogues, type Entry } from "./catalogue/catalogues";
import { LastRead } from "./catalogue/ask";
import { insertEntry, openEntry } from "./catalogue/open";
import { searchCatalogue } from "./catalogue/search";
import { CatalogueTree, type Node } from "./catalogue/tree";
import { describeFiles } from "./describing";
import { FirstSteps } from "./firstSteps";
import { chooseServer } from "./server/choose";
import { installServer } from "./server/install";
import { onSelectedPython } from "./server/python";
import { Session } from "./server/session";
import { showState } from "./state";
import { tasks } from "./tasks";
import { demandTests } from "./testing";
import { say } from "./texts";

let session: Session | undefined;

// Milliseconds of quiet after which files that changed are asked about.
const QUIET = 1000;

/** Starts the server and registers what the manifest names. Called by VS Code once a description or a catalogue is open. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("vkd", { log: true });
  const steps = new FirstSteps(context);
  const started = new Session(context, log, {
    show: async (client, uri) => {
      const message = messageAt(client, uri);
      if (message === undefined) {
        return showPreview(client, uri);
      }
      await panel.show(message);
      void steps.answered(message.asked);
      return true;
    },
    chosen: async (command, args) => (command === "vkd.showData" ? withChoices(args) : args),
    executed: (command, [uri], result) => {
      if (command === "vkd.run") {
        void tell(result as Answer, String(uri), started.execute.bind(started));
      } else if (command === "vkd.copyMessage") {
        void copied(result as string);
      }
    },
  });
  session = started;
  const catalogues = new Catalogues(started.ask.bind(started));
  const panel = new MessagePanel(catalogues, started.execute.bind(started), context.extensionUri);
  const tree = new CatalogueTree(catalogues);
  const view = vscode.window.createTreeView("vkd.catalogue", { treeDataProvider: tree, showCollapseAll: true });
  const lastRead = new LastRead();
  const execute = started.execute.bind(started);

  async function copyMessage(): Promise<void> {
    const asked = panel.last?.asked;
    const place = cursor() ?? (asked && { uri: asked.document.toString(), line: asked.line });
    if (place === undefined) {
      void vscode.window.showInformationMessage(say("cursor-first"));
      return;
    }
    const text = await execute<string>("vkd.copyMessage", place.uri, place.line);
    if (text !== undefined) {
      await copied(text);
    }
  }

  const commands: Readonly<Record<string, (...args: never[]) => unknown>> = {
    "vkd.runDemand": () => runDemand(execute),
    "vkd.runFile": () => runFile(execute),
    "vkd.whyNot": () => whyNot(execute, async (text) => {
      const catalogue = catalogues.of(vscode.window.activeTextEditor?.document.uri)?.catalogue;
      return catalogue === undefined ? undefined : catalogues.list(catalogue, text === "" ? { list: "collections" } : { list: "found", text });
    }),
    "vkd.copyReferenceMessage": copyMessage,
    "vkd.newDemand": () => steps.newDemand(catalogues.of(vscode.window.activeTextEditor?.document.uri)?.language),
    "vkd.showServerStatus": () => execute("vkd.showStatus"),
    "vkd.explainState": () => started.explain(),
    "vkd.rebuildCatalogue": async () => {
      await execute("vkd.rebuild");
      await catalogues.refresh();
    },
    "vkd.openCatalogue": () => vscode.commands.executeCommand("vkd.catalogue.focus"),
    "vkd.searchCatalogue": () => searchCatalogue(catalogues, tree, view),
    "vkd.openEntry": (entry: Entry) => openEntry(entry),
    "vkd.insertEntry": ({ entry }: Node) => entry && insertEntry(entry),
    "vkd.askFor": ({ entry, catalogue }: Node) => {
      const header = catalogues.known.find((one) => one.catalogue === catalogue)?.demandHeader;
      return entry && header && lastRead.ask({ header, fields: entry.asks });
    },
    "vkd.installServer": async () => ((await installServer(context)) ? started.restart() : undefined),
    "vkd.chooseServer": chooseServer,
    "vkd.restartServer": () => started.restart(),
    "vkd.stopServer": () => started.stop(),
    "vkd.showServerLog": () => log.show(),
    "vkd.openFirstSteps": () => steps.open(),
    "vkd.init": () => steps.init(started),
    "vkd.describeFiles": (file?: vscode.Uri, selected?: vscode.Uri[]) => describeFiles(execute, selected ?? (file && [file])),
    "vkd.copySample": () => steps.copySample(),
  };
  context.subscriptions.push(
    log,
    started,
    catalogues,
    panel,
    tree,
    view,
    lastRead,
    showState(started, catalogues),
    demandTests(started, catalogues),
    tasks(started),
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run)),
    ...renewing(started, catalogues),
    started.onDidChangeState((state) => state === "running" && void steps.running()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("vkd.server")) {
        void started.restart();
      } else if (change.affectsConfiguration("vkd.language") || change.affectsConfiguration("vkd.catalogue")) {
        void catalogues.refresh();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => started.lookAgain()),
  );
  const selecting = await onSelectedPython(() => void started.lookAgain());
  context.subscriptions.push(...(selecting === undefined ? [] : [selecting]));
  await started.start();
  await steps.goOn();
}

/** Stops the server, so that no process outlives the window. */
export async function deactivate(): Promise<void> {
  await session?.stop();
}

async function copied(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(say("message-copied"), 5000);
}

/** Asks about the catalogues when the server comes up, and a moment after files of theirs change. */
function renewing(started: Session, catalogues: Catalogues): readonly vscode.Disposable[] {
  let waiting: NodeJS.Timeout | undefined;
  const later = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void catalogues.refresh(), QUIET);
  };
  const watcher = vscode.workspace.createFileSystemWatcher("**/{vkd.toml,*.csv,*.vkd}");
  return [
    watcher,
    watcher.onDidChange(later),
    watcher.onDidCreate(later),
    watcher.onDidDelete(later),
    vscode.workspace.onDidChangeWorkspaceFolders(later),
    started.onDidChangeState((state) => {
      if (state !== "starting") {
        void catalogues.refresh();
      }
    }),
    new vscode.Disposable(() => clearTimeout(waiting)),
  ];
}
