// The search over a catalogue: a list that narrows while one types; what is chosen is opened and shown in the tree.
import * as vscode from "vscode";
import { say } from "../texts";
import type { Catalogues, Entry } from "./catalogues";
import { openEntry } from "./open";
import { type CatalogueTree, kindWord, type Node } from "./tree";

interface Found extends vscode.QuickPickItem {
  readonly entry: Entry;
  readonly catalogue: string;
}

/** Opens the search; `view` is where the tree is shown. */
export function searchCatalogue(catalogues: Catalogues, tree: CatalogueTree, view: vscode.TreeView<Node>): void {
  const picker = vscode.window.createQuickPick<Found>();
  picker.title = say("search");
  picker.placeholder = say("search-hint");
  picker.matchOnDescription = true;
  picker.onDidChangeValue(async (typed) => {
    picker.busy = true;
    const found = typed.trim() === "" ? [] : await search(catalogues, typed);
    if (typed === picker.value) {
      picker.items = found;
      picker.busy = false;
    }
  });
  picker.onDidAccept(async () => {
    const [chosen] = picker.activeItems;
    picker.hide();
    if (chosen !== undefined) {
      await openEntry(chosen.entry);
      const node = await tree.find(chosen.catalogue, chosen.entry);
      if (node !== undefined) {
        await view.reveal(node, { select: true, focus: false, expand: true });
      }
    }
  });
  picker.onDidHide(() => picker.dispose());
  picker.show();
}

async function search(catalogues: Catalogues, text: string): Promise<readonly Found[]> {
  const answers = await Promise.all(
    catalogues.known.map(async ({ catalogue }) => ({ catalogue, listed: await catalogues.list(catalogue, { list: "found", text }) })),
  );
  return answers.flatMap(({ catalogue, listed }) => (listed?.entries ?? []).map((entry) => ({
    label: entry.label,
    description: `${kindWord(entry.kind)}${entry.id === entry.label ? "" : ` · ${entry.id}`}`,
    detail: entry.detail,
    alwaysShow: true,
    entry,
    catalogue,
  })));
}
