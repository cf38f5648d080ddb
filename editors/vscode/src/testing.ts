// Demands as tests: each file with demands is one in the Test Explorer, run by `vkd test`, with what was accepted and what is found
// side by side where they differ.
import * as vscode from "vscode";
import type { Catalogues, Entry } from "./catalogue/catalogues";
import { call } from "./command";
import type { Session } from "./server/session";
import { say } from "./texts";

/** One file as `vkd test --output-format json` tells of it; `expected` is null where nothing is accepted yet. */
interface Compared {
  readonly status: "same" | "drifted" | "accepted";
  readonly expected: string | null;
  readonly found: string;
}

/** The tests of this window; they are found when the catalogues are told anew. */
export function demandTests(session: Session, catalogues: Catalogues): vscode.Disposable {
  const controller = vscode.tests.createTestController("vkd.demands", say("tests"));
  const find = (): Promise<void> => findTests(controller, catalogues);
  controller.refreshHandler = () => catalogues.refresh();
  controller.createRunProfile(
    say("tests-compare"),
    vscode.TestRunProfileKind.Run,
    (request, token) => runTests(controller, session, request, token),
    true,
  );
  return vscode.Disposable.from(
    controller,
    catalogues.onDidChange(find),
    vscode.commands.registerCommand("vkd.acceptAnswers", (chosen?: Chosen) => accept(controller, session, catalogues, chosen)),
  );
}

/** What a menu hands over: a test, or a message of one. */
type Chosen = vscode.TestItem | { readonly test: vscode.TestItem };

async function findTests(controller: vscode.TestController, catalogues: Catalogues): Promise<void> {
  // A server that stops or starts anew takes no results away.
  if (catalogues.known.length === 0) {
    return;
  }
  const byFile = new Map<string, readonly Entry[]>();
  for (const { catalogue } of catalogues.known) {
    for (let first = 0, count = 1; first < count; ) {
      const listed = await catalogues.list(catalogue, { list: "demands", first });
      count = listed?.count ?? 0;
      first += listed?.entries.length || count;
      for (const entry of listed?.entries ?? []) {
        byFile.set(entry.uri, [...(byFile.get(entry.uri) ?? []), entry]);
      }
    }
  }
  controller.items.replace([...byFile].map(([uri, demands]) => testOf(controller, vscode.Uri.parse(uri, true), demands)));
}

function testOf(controller: vscode.TestController, file: vscode.Uri, demands: readonly Entry[]): vscode.TestItem {
  const had = controller.items.get(file.toString());
  const item = had ?? controller.createTestItem(file.toString(), vscode.workspace.asRelativePath(file), file);
  const [{ line } = { line: 0 }] = demands;
  item.description = demands.map(({ label }) => label).join(", ");
  item.range = new vscode.Range(line, 0, line, 0);
  return item;
}

async function runTests(controller: vscode.TestController, session: Session, request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
  const run = controller.createTestRun(request);
  const all = [...controller.items].map(([, item]) => item);
  const left = new Set(request.exclude ?? []);
  // What is tested is what the files say.
  await vscode.workspace.saveAll(false);
  for (const item of (request.include ?? all).filter((one) => !left.has(one))) {
    if (token.isCancellationRequested) {
      run.skipped(item);
    } else {
      await runTest(run, session, item, token);
    }
  }
  run.end();
}

async function runTest(run: vscode.TestRun, session: Session, item: vscode.TestItem, token: vscode.CancellationToken): Promise<void> {
  run.started(item);
  const began = Date.now();
  const [compared, error] = await compare(session, item, [], token);
  const took = Date.now() - began;
  if (compared === undefined) {
    run.errored(item, new vscode.TestMessage(error), took);
  } else if (compared.status === "same") {
    run.appendOutput(`${item.label}: ${say("tests-same")}\r\n`);
    run.passed(item, took);
  } else {
    const drift = difference(item, compared);
    drift.contextValue = "vkd.drifted";
    run.appendOutput(`${item.label}: ${String(drift.message).replaceAll("\n", "\r\n")}\r\n`);
    run.failed(item, drift, took);
  }
}

/** Both texts side by side, at the first line of the accepted answers that differs; without accepted answers those that are found. */
function difference({ uri }: vscode.TestItem, { expected, found }: Compared): vscode.TestMessage {
  if (expected === null || uri === undefined) {
    return new vscode.TestMessage(`${say("tests-none-accepted")}\n\n${found}`);
  }
  const message = vscode.TestMessage.diff(say("tests-differ"), expected, found);
  const now = found.split("\n");
  const differs = Math.max(expected.split("\n").findIndex((line, row) => line !== now[row]), 0);
  message.location = new vscode.Location(uri.with({ path: uri.path.replace(/\.vkd$/, ".expected") }), new vscode.Position(differs, 0));
  return message;
}

/** Accepts the answers to a file's demands as they are found now, and shows that by running it anew. */
async function accept(controller: vscode.TestController, session: Session, catalogues: Catalogues, chosen?: Chosen): Promise<void> {
  if (chosen === undefined) {
    // A file may be so new that nobody has looked into it.
    await findTests(controller, catalogues);
  }
  const item = chosen !== undefined && "test" in chosen ? chosen.test : (chosen ?? testOfEditor(controller));
  if (item === undefined) {
    void vscode.window.showInformationMessage(say("no-demand"));
    return;
  }
  const { token } = new vscode.CancellationTokenSource();
  await vscode.workspace.saveAll(false);
  const [accepted, error] = await compare(session, item, ["--accept"], token);
  if (accepted === undefined) {
    void vscode.window.showErrorMessage(error);
    return;
  }
  await runTests(controller, session, new vscode.TestRunRequest([item]), token);
}

function testOfEditor(controller: vscode.TestController): vscode.TestItem | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && controller.items.get(document.uri.toString());
}

/** What `vkd test` tells of a file, else what went wrong. */
async function compare(
  session: Session, { uri }: vscode.TestItem, more: readonly string[], token: vscode.CancellationToken,
): Promise<readonly [Compared | undefined, string]> {
  if (uri?.scheme !== "file") {
    return [undefined, say("tests-no-file")];
  }
  const called = await call(session, vscode.Uri.joinPath(uri, ".."), ["test", "--output-format", "json", ...more, "--", uri.fsPath], token);
  if (called === undefined || (called.code !== 0 && called.code !== 1)) {
    return [undefined, called?.error.trim() || say("tests-failed")];
  }
  const [compared] = JSON.parse(called.output) as readonly Compared[];
  return compared === undefined ? [undefined, say("no-demand")] : [compared, ""];
}
