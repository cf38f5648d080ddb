// What the server says of the catalogues in this window (`vkd.catalogue`, docs/capabilities.md), asked when somebody looks.
import * as vscode from "vscode";
import type { Execute } from "../answers/answer";

/**
 * A concept, collection, product, line of one, or demand, and where it stands; `line` counts from 0, `above` holds ids, the top one
 * first, and `asks` the fields of a line that asks for it.
 */
export interface Entry {
  readonly kind: "object-types" | "names" | "characteristics" | "times" | "collection" | "product" | "line" | "demand" | "profile";
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly uri: string;
  readonly line: number;
  readonly below: number;
  readonly above: readonly string[];
  readonly insert: string;
  readonly asks: readonly string[];
}

/** A piece of a list, and how many entries all of it has. */
export interface Listed {
  readonly entries: readonly Entry[];
  readonly count: number;
}

/** A list that can be asked for, from a place on. */
export interface Question {
  readonly list: "concepts" | "registers" | "collections" | "products" | "lines" | "demands" | "found";
  readonly vocabulary?: string;
  readonly below?: string;
  readonly text?: string;
  readonly first?: number;
}

/**
 * One catalogue; `catalogue` is the URI of its root, `configured` says whether a vkd.toml stands there, `demandHeader` opens a demand in
 * its language.
 */
export interface Overview {
  readonly name: string;
  readonly catalogue: string;
  readonly configured: boolean;
  readonly language: string;
  readonly products: number;
  readonly demandHeader: string;
  readonly vocabularies: Readonly<Record<string, number>>;
}

export class Catalogues implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<readonly Overview[]>();
  readonly onDidChange = this.changed.event;
  private all: readonly Overview[] = [];

  constructor(private readonly ask: Execute) {}

  /** The catalogues as they were when last asked for: of the folders, of every vkd.toml in them, and of open documents. */
  get known(): readonly Overview[] {
    return this.all;
  }

  /** Asks the server anew. */
  async refresh(): Promise<void> {
    const files = await vscode.workspace.findFiles("**/vkd.toml", "**/{node_modules,.venv}/**", 100);
    const folders = files.map((file) => vscode.Uri.joinPath(file, "..").toString());
    const told = await this.ask<{ readonly catalogues: readonly Overview[] }>("vkd.catalogue", { folders });
    this.all = (told?.catalogues ?? []).filter(({ configured, products }) => configured || products > 0);
    this.changed.fire(this.all);
  }

  list(catalogue: string, question: Question): Promise<Listed | undefined> {
    return this.ask<Listed>("vkd.catalogue", { catalogue, ...question });
  }

  /** The catalogue that a document belongs to: the nearest one above it, else the first. */
  of(document: vscode.Uri | undefined): Overview | undefined {
    const path = document?.toString() ?? "";
    const above = this.all.filter(({ catalogue }) => path.startsWith(`${catalogue}/`));
    return above.sort((one, other) => other.catalogue.length - one.catalogue.length)[0] ?? this.all[0];
  }

  dispose(): void {
    this.changed.dispose();
  }
}
