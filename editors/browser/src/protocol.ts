// The parts of the Language Server Protocol that the page uses, and its places in CodeMirror's.
import type { ChangeSpec, Text } from "@codemirror/state";
import type { Edit } from "../../shared/adding";

export type Position = { line: number; character: number };
export type Range = { start: Position; end: Position };
export type TextEdit = { range: Range; newText: string };
export type Diagnostic = { range: Range; severity: number; code: string; message: string; source: string; data?: unknown };
export type CodeAction = { title: string; kind?: string; isPreferred?: boolean; edit?: { changes?: Record<string, TextEdit[]> } };
export type CompletionItem = {
  label: string;
  labelDetails?: { detail?: string; description?: string };
  textEdit?: TextEdit;
  documentation?: { value: string };
  data?: unknown;
};
export type InlayHint = { position: Position; label: string; paddingLeft?: boolean };
export type CodeLens = { range: Range; command?: { command: string; arguments: [string, number] } };
export type Hover = { contents: { value: string }; range?: Range } | null;

/** Positions count UTF-16 units, as CodeMirror does. One that lies behind the text is its end. */
export function offset(text: Text, { line, character }: Position): number {
  if (line >= text.lines) return text.length;
  const found = text.line(line + 1);
  return Math.min(found.from + character, found.to);
}

export function position(text: Text, at: number): Position {
  const line = text.lineAt(at);
  return { line: line.number - 1, character: at - line.from };
}

export function changes(text: Text, edits: readonly Edit[]): ChangeSpec[] {
  return edits.map(({ range, newText }) => ({ from: offset(text, range.start), to: offset(text, range.end), insert: newText }));
}
