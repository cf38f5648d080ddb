// The catalogue as a tree: vocabularies with their concepts, registers, products by collection, demands and interest profiles.
import * as vscode from "vscode";
import { say } from "../texts";
import type { Catalogues, Entry, Listed, Overview, Question } from "./catalogues";

/** What the tree shows: a catalogue, a group of entries, an entry, or what there is more of a long list. */
export interface Node {
  readonly item: vscode.TreeItem;
  readonly parent: Node | undefined;
  readonly catalogue: string;
  readonly entry?: Entry;
  readonly children: () => Promise<readonly Node[]>;
}

interface Group {
  readonly id: string;
  readonly label: string;
  readonly icon: string;
  readonly question: Question;
  readonly keep?: (entry: Entry) => boolean;
}

const ICONS: Readonly<Record<Entry["kind"], string>> = {
  "object-types": "symbol-class",
  names: "symbol-enum",
  characteristics: "symbol-property",
  times: "calendar",
  collection: "layers",
  product: "database",
  line: "symbol-field",
  demand: "question",
  profile: "bell",
};

/** The groups of every catalogue, in the order of the tree; the texts are made when it is shown. */
function groups(): readonly Group[] {
  const vocabulary = (id: Entry["kind"], label: string): Group =>
    ({ id, label, icon: ICONS[id], question: { list: "concepts", vocabulary: id } });
  return [
    vocabulary("object-types", say("object-types")),
    vocabulary("names", say("names")),
    vocabulary("characteristics", say("characteristics")),
    vocabulary("times", say("times")),
    { id: "registers", label: say("registers"), icon: "list-unordered", question: { list: "registers" } },
    { id: "product", label: say("products"), icon: ICONS.product, question: { list: "collections" } },
    { id: "demand", label: say("demands"), icon: ICONS.demand, question: { list: "demands" }, keep: ({ kind }) => kind === "demand" },
    { id: "profile", label: say("profiles"), icon: ICONS.profile, question: { list: "demands" }, keep: ({ kind }) => kind === "profile" },
  ];
}

/** What asks for the entries right below one; `undefined` where there are none. */
function below({ kind, id, below: count }: Entry): Question | undefined {
  if (count === 0) {
    return undefined;
  }
  switch (kind) {
    case "collection":
      return { list: "collections", below: id };
    case "product":
      return { list: "lines", below: id };
    default:
      return { list: "concepts", vocabulary: kind, below: id };
  }
}

/** What the kind of an entry is called in lists of mixed kinds. */
export function kindWord(kind: Entry["kind"]): string {
  return groups().find(({ id }) => id === kind)?.label ?? kind;
}

export class CatalogueTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private roots: readonly Node[] = [];
  private readonly listening: vscode.Disposable;

  constructor(private readonly catalogues: Catalogues) {
    this.listening = catalogues.onDidChange((known) => {
      this.roots = this.rootsOf(known);
      this.changed.fire(undefined);
    });
  }

  getTreeItem({ item }: Node): vscode.TreeItem {
    return item;
  }

  getParent({ parent }: Node): Node | undefined {
    return parent;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    return [...(node === undefined ? this.roots : await node.children())];
  }

  /** The node of an entry of a catalogue; `undefined` when the tree has none. */
  async find(catalogue: string, { kind, id, above }: Entry): Promise<Node | undefined> {
    const single = this.roots.every(({ parent, item }) => parent === undefined && item.contextValue !== "catalogue");
    let among = single ? this.roots : ((await this.roots.find(({ item }) => item.id === catalogue)?.children()) ?? []);
    let found = among.find(({ item }) => item.id === `${catalogue} ${kind}`);
    for (const step of [...above, id]) {
      among = (await found?.children()) ?? [];
      found = await this.among(among, step);
    }
    return found;
  }

  dispose(): void {
    this.listening.dispose();
    this.changed.dispose();
  }

  // Long lists go on in a last node.
  private async among(nodes: readonly Node[], id: string): Promise<Node | undefined> {
    // A collection is named as its editions write it, in whatever case.
    const found = nodes.find(({ entry }) => entry?.id.toLowerCase() === id.toLowerCase());
    const last = nodes.at(-1);
    return found ?? (last?.item.contextValue === "more" ? this.among(await last.children(), id) : undefined);
  }

  private rootsOf(known: readonly Overview[]): readonly Node[] {
    const [only, ...others] = known;
    if (only !== undefined && others.length === 0) {
      return this.groupsOf(only, undefined);
    }
    return known.map((overview) => {
      const item = new vscode.TreeItem(overview.name, vscode.TreeItemCollapsibleState.Collapsed);
      item.id = overview.catalogue;
      item.iconPath = new vscode.ThemeIcon("library");
      item.description = vscode.workspace.asRelativePath(vscode.Uri.parse(overview.catalogue, true));
      item.contextValue = "catalogue";
      const node: Node = { item, parent: undefined, catalogue: overview.catalogue, children: async () => this.groupsOf(overview, node) };
      return node;
    });
  }

  private groupsOf(overview: Overview, parent: Node | undefined): readonly Node[] {
    return groups().map(({ id, label, icon, question, keep = () => true }) => {
      const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
      item.id = `${overview.catalogue} ${id}`;
      item.iconPath = new vscode.ThemeIcon(icon);
      const count = id === "product" ? overview.products : overview.vocabularies[id];
      item.description = count === undefined ? "" : String(count);
      item.contextValue = "group";
      const node: Node = { item, parent, catalogue: overview.catalogue, children: () => this.listed(overview.catalogue, question, node, keep) };
      return node;
    });
  }

  private async listed(catalogue: string, question: Question, parent: Node, keep: (entry: Entry) => boolean): Promise<readonly Node[]> {
    const listed = await this.catalogues.list(catalogue, question);
    const nodes = (listed?.entries ?? []).filter(keep).map((entry) => this.entryNode(catalogue, entry, question, parent));
    const next = (question.first ?? 0) + (listed?.entries.length ?? 0);
    if (listed !== undefined && next < listed.count) {
      nodes.push(this.moreNode(catalogue, { ...question, first: next }, listed, parent, keep));
    }
    return nodes;
  }

  private entryNode(catalogue: string, entry: Entry, { list }: Question, parent: Node): Node {
    // The list of registers has no levels.
    const question = list === "registers" ? undefined : below(entry);
    const state = question === undefined ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed;
    const item = new vscode.TreeItem(entry.label, state);
    item.id = `${parent.item.id} ${entry.kind} ${entry.id} ${entry.uri} ${entry.line}`;
    item.iconPath = new vscode.ThemeIcon(ICONS[entry.kind]);
    item.description = list === "concepts" || list === "registers" ? entry.id : entry.detail;
    item.tooltip = [entry.label, entry.detail].filter(Boolean).join("\n");
    item.contextValue = `${entry.asks.length > 0 ? "asks " : ""}${entry.kind}`;
    item.command = { command: "vkd.openEntry", title: say("open"), arguments: [entry] };
    const children = async (): Promise<readonly Node[]> => (question === undefined ? [] : this.listed(catalogue, question, node, () => true));
    const node: Node = { item, parent, catalogue, entry, children };
    return node;
  }

  private moreNode(catalogue: string, question: Question, { count }: Listed, parent: Node, keep: (entry: Entry) => boolean): Node {
    const item = new vscode.TreeItem(say("more", count - (question.first ?? 0)), vscode.TreeItemCollapsibleState.Collapsed);
    item.id = `${parent.item.id} +`;
    item.contextValue = "more";
    const node: Node = { item, parent, catalogue, children: () => this.listed(catalogue, question, node, keep) };
    return node;
  }
}
