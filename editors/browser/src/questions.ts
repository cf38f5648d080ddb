// What the page asks about the catalogue, over HTTP; the server's module `web/browse.py` answers.

/** A product by its identification, or a collection by its name; its title is empty where it has none. */
export type Titled = { id: string; title: string };
export type Named = { code: string; label: string };
export type Overview = { name: string; language: string; public: boolean; revision: string; products: number; registers: number; vocabularies: Record<string, number> };
export type Concept = Named & {
  insert: string;
  above: Named[];
  below: Named[];
  synonyms: string[];
  definition: string;
  facts: { label: string; text: string }[];
  products: Titled[];
  /** How many products there are, counted no further than `counted`. */
  count: number;
  counted: number;
};
/** Collections, and products that are of none (0 editions): some of a list, from a place on, and how many it has. */
export type Products = { entries: (Titled & { editions: number })[]; count: number };
export type Collection = Titled & { editions: (Titled & { time: string })[] };
export type Field = Named & { vocabulary: string };
export type Product = Titled & {
  /** The collection that it is an edition of; empty where it is of none. */
  collection: string;
  lines: { line: number; fields: Field[]; time: string }[];
  count: number;
  /** What the product states: the key, what it is called in the language of the page, and its value. */
  facts: { key: string; label: string; text: string | null; link?: string | null }[];
  sensitive: "yes" | "no" | "not assessed";
};
export type Found = { concepts: (Field & { word: string })[]; products: Titled[] };
export type Stored = { id: string; path: string; profile: boolean; text: string };

export async function ask<T>(question: string, parameters: Record<string, string> = {}): Promise<T> {
  const reply = await fetch(`catalogue/${question}?${new URLSearchParams(parameters)}`);
  if (!reply.ok) throw new Error(`${question}: ${reply.status}`);
  return (await reply.json()) as T;
}
