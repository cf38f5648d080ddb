// What a reference message refers to, as `vkd.message` tells it (docs/language.md section 11), made into links of its Markdown.

/** Something that a message names, `start` and `end` in code points; `target` is a URI with the line, from 1, as fragment. */
export interface Reference {
  readonly start: number;
  readonly end: number;
  readonly target: string;
}

/** The answer of `vkd.message`; the references come in their order, and none of them overlap. */
export interface Referring {
  readonly text: string;
  readonly references: readonly Reference[];
}

const LINK = "#vkd-";

/** The Markdown with a link for each reference, the first of them to `#vkd-0`. */
export function withLinks({ text, references }: Referring): string {
  const letters = Array.from(text);
  const pieces: string[] = [];
  let at = 0;
  for (const [number, { start, end }] of references.entries()) {
    // Not every reader of Markdown sees that an escaped bracket before a parenthesis begins no address.
    const words = letters.slice(start, end).join("").replaceAll("](", "]\\(");
    pieces.push(letters.slice(at, start).join(""), `[${words}](${LINK}${number})`);
    at = end;
  }
  return pieces.join("") + letters.slice(at).join("");
}

/** The number of the reference that a link leads to; `undefined` for other links. */
export function numberOf(link: string): number | undefined {
  const number = link.startsWith(LINK) ? link.slice(LINK.length) : "";
  return /^\d+$/.test(number) ? Number(number) : undefined;
}

/** A target without its fragment, and the line, from 1, that the fragment names. */
export function placeOf(target: string): { readonly uri: string; readonly line?: number } {
  const [, uri = target, line] = /^(.*)#L(\d+)$/s.exec(target) ?? [];
  return line === undefined ? { uri } : { uri, line: Number(line) };
}
