// Links in a reference message: products lead to their lines, the files of archives to themselves, the demand to its line.
import * as vscode from "vscode";
import { Catalogues, Entry } from "../catalogue/catalogues";
import { Asked } from "./message";

// Where an address is told with the file it means: "- Data archive – F:ft60-person.csv (archive/ft60-person.csv)".
const FILE = /^( +- .+ – .+ \()([^()]+)(\))$/gm;

/** A message with links in it; what cannot be found stays the word that it was. */
export async function linked(text: string, { document, line }: Asked, catalogues: Catalogues): Promise<string> {
  const root = await catalogues.rootOf(document);
  if (root === undefined) {
    return text;
  }
  const products = (await catalogues.productsOf(root)).filter(({ id }) => text.includes(escaped(id)));
  const rows = new Map(await Promise.all(products.map(async (product) => [product.id, await sentenceRows(product)] as const)));
  const place: Place = ({ id, uri, line: header }, sentence) => at(uri, rows.get(id)?.get(sentence ?? 0) ?? header);
  return linkedProducts(linkedDemand(await linkedFiles(text, root), document, line), products, place);
}

type Place = (product: Entry, sentence: number | undefined) => string;

/** The rows of a product's sentences in its file, by line number; headers may go on over several rows, and comments stand between. */
async function sentenceRows(product: Entry): Promise<ReadonlyMap<number, number>> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.parse(product.uri, true)).then((read) => read, () => new Uint8Array());
  const rows = new Map<number, number>();
  for (const [row, text] of new TextDecoder().decode(bytes).split(/\r?\n/).entries()) {
    const number = Number(/^\s*(\d+)\s*\//.exec(text)?.[1] ?? Number.NaN);
    if (row > product.line && number === 0) {
      break;
    }
    if (row > product.line && !Number.isNaN(number) && !rows.has(number)) {
      rows.set(number, row);
    }
  }
  return rows;
}

async function linkedFiles(text: string, root: vscode.Uri): Promise<string> {
  const there = new Map<string, string>();
  for (const [, , path] of text.matchAll(FILE)) {
    const file = path === undefined ? undefined : vscode.Uri.joinPath(root, unescaped(path));
    if (path !== undefined && file !== undefined && (await exists(file))) {
      there.set(path, file.toString());
    }
  }
  return text.replace(FILE, (whole, before: string, path: string, after: string) =>
    there.has(path) ? `${before}[${path}](${there.get(path)})${after}` : whole);
}

/** The first item of the first list says where the demand stands: "- demands/eksempel-3.vkd, linje 2". */
function linkedDemand(text: string, document: vscode.Uri, line: number): string {
  return text.replace(/^- (.+?\.vkd), (.+ \d+)$/m, (_, file: string, place: string) => `- [${file}, ${place}](${at(document.toString(), line)})`);
}

/** Identifications where they stand alone, with the line that may follow: "ft60-person, linje 3", also in Markdown's own headings. */
function linkedProducts(text: string, products: readonly Entry[], place: Place): string {
  const known = new Map(products.map((product) => [escaped(product.id), product]));
  if (known.size === 0) {
    return text;
  }
  const names = [...known.keys()].sort((one, other) => other.length - one.length).map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
  const mentioned = new RegExp(`(?<![\\p{L}\\p{N}_/.:[(-])(${names.join("|")})(, \\p{L}+ (\\d+))?(?![\\p{L}\\p{N}_/-]|\\.\\p{L})`, "gu");
  return text.split("\n").map((row) => (row.startsWith("# ") ? row : row.replace(mentioned, (whole, name: string, _: string, sentence?: string) => {
    const product = known.get(name);
    return product === undefined ? whole : `[${whole}](${place(product, sentence === undefined ? undefined : Number(sentence))})`;
  }))).join("\n");
}

function at(uri: string, line: number): string {
  return `${uri}#L${line + 1}`;
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
