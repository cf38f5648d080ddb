// What is asked before a table is made of single units: the lines that divide them, and what stands in the table.
import * as vscode from "vscode";
import type { Choice, Crossing } from "../../../shared/numbers/tables";
import { say } from "../texts";

/** The arguments of `vkd.showData` with what was chosen of the lines that they name; `undefined` where nothing was. */
export async function withChoices(args: unknown[]): Promise<unknown[] | undefined> {
  const choices = (args[3] as { readonly choices?: readonly Choice[] } | undefined)?.choices;
  if (choices === undefined) {
    return args;
  }
  const crossing = await crossed(choices);
  return crossing && [...args.slice(0, 3), crossing];
}

async function crossed(choices: readonly Choice[]): Promise<Crossing | undefined> {
  const dividing = choices.filter(({ is_added }) => !is_added);
  const lines = await vscode.window.showQuickPick(dividing.map(({ line, label }) => ({ label, description: String(line), line })), { title: say("divide"), canPickMany: true });
  if (lines === undefined || lines.length === 0) {
    return undefined;
  }
  const table = lines.map(({ line }) => line);
  const taken = takings(choices);
  const chosen = taken.length > 1 ? await vscode.window.showQuickPick(taken, { title: say("in-table") }) : taken[0];
  return chosen && { table, ...chosen.taken };
}

function takings(choices: readonly Choice[]): (vscode.QuickPickItem & { readonly taken: Omit<Crossing, "table"> })[] {
  const added = choices.filter(({ is_added }) => is_added).flatMap(({ line, label }) => [
    { label: say("sum-of", label), taken: { of: line, function: "sum" as const } },
    { label: say("mean-of", label), taken: { of: line, function: "mean" as const } },
  ]);
  return [{ label: say("count-units"), taken: {} }, ...added];
}
