// Links in a reference message: products lead to their lines, the files of archives to themselves, the demand to its line.
import * as vscode from "vscode";
import { Catalogues, Entry } from "../catalogue/catalogues";
import { Asked } from "./message";

/** Where a link leads: a file, and a line of it from 0. */
export interface Target {
  readonly uri: vscode.Uri;
  readonly line?: number;
}

/** A message in Markdown; its link `#vkd-2` leads to the third target. */
export interface Linked {
  readonly markdown: string;
  readonly targets: readonly Target[];
}

type Link = (text: string, target: Target) => string;

// Where an address is told with the file it means: "- Data archive – F:ft60-person.csv (archive/ft60-person.csv)".
const FILE = /^( +- .+ – .+ \()([^()]+)(\))$/gm;

// A line of the demand, told in words, whose name may be spelt like a product's: "- **Line 1** – Persons / Register / Sex / 1970".
const ASKED = /^\s*- .+ \/ .+ \/ /;

/** A message with links in it; what cannot be found stays the word that it was. */
export async function linked(text: string, { document, line }: Asked, catalogues: Catalogues): Promise<Linked> {
  const root = await catalogues.rootOf(document);
  if (root === undefined) {
    return { markdown: text, targets: [] };
  }
  const targets: Target[] = [];
  const link: Link = (words, target) => `[${words}](#vkd-${targets.push(target) - 1})`;
  const withFiles = linkedDemand(await linkedFiles(text, root, link), { uri: document, line }, link);
  const products = (await catalogues.productsOf(root)).filter(({ id }) => text.includes(escaped(id)));
  return { markdown: await linkedProducts(withFiles, products, link), targets };
}

async function linkedFiles(text: string, root: vscode.Uri, link: Link): Promise<string> {
  const there = new Map<string, vscode.Uri>();
  for (const [, , path = ""] of text.matchAll(FILE)) {
    const file = vscode.Uri.joinPath(root, unescaped(path));
    if (await exists(file)) {
      there.set(path, file);
    }
  }
  return text.replace(FILE, (whole, before: string, path: string, after: string) => {
    const uri = there.get(path);
    return uri === undefined ? whole : `${before}${link(path, { uri })}${after}`;
  });
}

/** The first list says where the demand stands: "- demands/eksempel-3.vkd, linje 2". */
function linkedDemand(text: string, target: Target, link: Link): string {
  return text.replace(/^- (.+?\.vkd, .+ \d+)$/m, (_, words: string) => `- ${link(words, target)}`);
}

/** Identifications where they stand alone, with the line that may follow: "ft60-person, linje 3". */
async function linkedProducts(text: string, products: readonly Entry[], link: Link): Promise<string> {
  if (products.length === 0) {
    return text;
  }
  const known = new Map(await Promise.all(products.map(async (product) => [escaped(product.id), await placesOf(product)] as const)));
  const names = [...known.keys()].sort((one, other) => other.length - one.length).map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
  const mentioned = new RegExp(`(?<![\\p{L}\\p{N}_/.:[(-])(${names.join("|")})(, \\p{L}+ (\\d+))?(?![\\p{L}\\p{N}_/-]|\\.\\p{L})`, "gu");
  const withLinks = (row: string): string => row.replace(mentioned, (whole, name: string, _: string, sentence?: string) => {
    const target = known.get(name)?.(sentence === undefined ? 0 : Number(sentence));
    return target === undefined ? whole : link(whole, target);
  });
  return text.split("\n").map((row) => (row.startsWith("# ") || ASKED.test(row) ? row : withLinks(row))).join("\n");
}

/** Where a product's sentences stand, by line number; headers may go on over several rows, and comments stand between. */
async function placesOf(product: Entry): Promise<(sentence: number) => Target> {
  const uri = vscode.Uri.parse(product.uri, true);
  const bytes = await vscode.workspace.fs.readFile(uri).then((read) => read, () => new Uint8Array());
  const rows = new Map<number, number>();
  for (const [row, text] of new TextDecoder().decode(bytes).split(/\r?\n/).entries()) {
    const [, number] = /^\s*(\d+)\s*\//.exec(text) ?? [];
    if (row > product.line && Number(number) === 0) {
      break;
    }
    if (row > product.line && number !== undefined && !rows.has(Number(number))) {
      rows.set(Number(number), row);
    }
  }
  return (sentence) => ({ uri, line: rows.get(sentence) ?? product.line });
}

// As messages are written: an underscore inside a word needs no mark.
function escaped(word: string): string {
  return word.replace(/[\\`*[\]<>|~&#$@]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&");
}

function unescaped(text: string): string {
  return text.replace(/\\([^\p{L}\p{N}])/gu, "$1");
}

function exists(file: vscode.Uri): Thenable<boolean> {
  return vscode.workspace.fs.stat(file).then(() => true, () => false);
}
