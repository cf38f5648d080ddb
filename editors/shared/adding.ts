// A line more in a demand: where it goes, and what becomes of the line above it.

/** What asks for something that is shown: the fields of a line, and the header of a demand for it to stand in. */
export interface Asking {
  readonly header: string;
  readonly fields: readonly string[];
}

interface Place {
  readonly line: number;
  readonly character: number;
}

/** A stretch of a text, lines and characters from 0, and what takes its place. */
export interface Edit {
  readonly range: { readonly start: Place; readonly end: Place };
  readonly newText: string;
}

const HEADER = /^\s*0\s*\//;
const SENTENCE = /^\s*(\d+)\s*\//;
const STOP = /\.(\s*)$/;

/**
 * The edits that add a line to the demand in which a line, from 0, stands. Its last line goes on with `O`, for "and". Where there is
 * no demand one begins at the end of the text.
 */
export function added(lines: readonly string[], at: number, { header, fields }: Asking): Edit[] {
  const first = lines.findLastIndex((line, place) => place <= at && HEADER.test(line));
  if (first < 0) {
    const end = lines.length - 1;
    const parted = lines[end] ? "\n\n" : "";
    return [inserted(end, lines[end]?.length ?? 0, `${parted}${header}\n${sentence(1, fields)}\n`)];
  }
  const next = lines.findIndex((line, place) => place > first && HEADER.test(line));
  const last = lines.findLastIndex((line, place) => place > first && place < (next < 0 ? lines.length : next) && SENTENCE.test(line));
  if (last < 0) return [inserted(first, lines[first]!.length, `\n${sentence(1, fields)}`)];
  const text = lines[last]!;
  const number = Number(SENTENCE.exec(text)![1]) + 1;
  const goesOn = STOP.test(text) ? text.replace(STOP, "O$1") : text;
  const range = { start: { line: last, character: 0 }, end: { line: last, character: text.length } };
  return [{ range, newText: `${goesOn}\n${sentence(number, fields)}` }];
}

function sentence(number: number, fields: readonly string[]): string {
  return `${number} / ${fields.join(" / ")} / .`;
}

function inserted(line: number, character: number, newText: string): Edit {
  const place = { line, character };
  return { range: { start: place, end: place }, newText };
}
