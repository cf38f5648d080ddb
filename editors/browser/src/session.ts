// One document at the server: what is typed is sent as it is typed, and what the server finds in it is handed on.
import type { ChangeSet, Text } from "@codemirror/state";
import type { Crossing, Numbers, Offer } from "../../shared/numbers/tables";
import type { Referring } from "../../shared/references";
import type { Run } from "./answers";
import { Connection } from "./connection";
import type { CodeAction, CodeLens, CompletionItem, Diagnostic, Hover, InlayHint, Position, Range, TextEdit } from "./protocol";
import { position } from "./protocol";
import type { Language } from "./texts";

const CAPABILITIES = {
  general: { positionEncodings: ["utf-16"] },
  textDocument: {
    synchronization: {},
    publishDiagnostics: { versionSupport: true },
    completion: { completionItem: { labelDetailsSupport: true, documentationFormat: ["markdown"] } },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "refactor.rewrite"] } }, isPreferredSupport: true },
    hover: { contentFormat: ["markdown"] },
    inlayHint: {},
    codeLens: {},
    semanticTokens: { requests: { full: true }, tokenTypes: [], tokenModifiers: [], formats: ["relative"] },
    formatting: {},
    onTypeFormatting: {},
  },
};

type Initialized = { capabilities: { semanticTokensProvider: { legend: { tokenTypes: string[] } } } };

/** Edits of the document that are chosen by a title. */
export type Edits = { title: string; edits: TextEdit[] };

export class Session {
  private readonly connection: Connection;
  private readonly document: { uri: string };
  /** When the server has taken the document in. */
  readonly ready: Promise<void>;
  private version = 1;
  private isOpen = false;
  tokenTypes: string[] = [];
  onDiagnostics: (found: Diagnostic[]) => void = () => undefined;
  onRefresh: () => void = () => undefined;

  /** `current` gives the text as it stands when the server is ready for it; `gone` hears that there is no server any more. */
  constructor(language: Language, title: string, current: () => Text, gone: () => void) {
    this.document = { uri: `untitled:${title}` };
    this.connection = new Connection(gone);
    this.connection.hear = (method, params) => {
      if (method === "textDocument/publishDiagnostics") {
        if (params.version === undefined || params.version === this.version) this.onDiagnostics(params.diagnostics as Diagnostic[]);
      } else if (method.endsWith("/refresh")) this.onRefresh();
    };
    this.ready = this.begin(language, current);
  }

  close(): void {
    this.connection.close();
  }

  /** Sends what changed in a text, last place first, so that each place stands where the text before says. */
  changed(before: Text, made: ChangeSet): void {
    if (!this.isOpen) return;
    const contentChanges: { range: Range; text: string }[] = [];
    made.iterChanges((from, to, _a, _b, inserted) => {
      contentChanges.unshift({ range: { start: position(before, from), end: position(before, to) }, text: inserted.toString() });
    });
    this.version += 1;
    this.connection.notify("textDocument/didChange", { textDocument: { ...this.document, version: this.version }, contentChanges });
  }

  async completions(at: Position): Promise<CompletionItem[]> {
    const found = await this.ask<{ items: CompletionItem[] } | null>("completion", { position: at });
    return found?.items ?? [];
  }

  async resolved(item: CompletionItem): Promise<CompletionItem> {
    return this.connection.request("completionItem/resolve", item);
  }

  hover(at: Position): Promise<Hover> {
    return this.ask("hover", { position: at });
  }

  async hints(range: Range): Promise<InlayHint[]> {
    return (await this.ask<InlayHint[] | null>("inlayHint", { range })) ?? [];
  }

  async lenses(): Promise<CodeLens[]> {
    return (await this.ask<CodeLens[] | null>("codeLens", {})) ?? [];
  }

  async tokens(): Promise<number[]> {
    return (await this.ask<{ data: number[] } | null>("semanticTokens/full", {}))?.data ?? [];
  }

  /** The edits that would put right what a diagnostic says. */
  fixes(diagnostic: Diagnostic): Promise<Edits[]> {
    return this.actions(diagnostic.range, { diagnostics: [diagnostic], only: ["quickfix"] });
  }

  /** The edits that would let the demand at a line be answered; none where it is. */
  relaxations(line: number): Promise<Edits[]> {
    const at = { line, character: 0 };
    return this.actions({ start: at, end: at }, { diagnostics: [], only: ["refactor.rewrite.vkd.relax"] });
  }

  async formatted(): Promise<TextEdit[]> {
    return (await this.ask<TextEdit[] | null>("formatting", { options: { tabSize: 2, insertSpaces: true } })) ?? [];
  }

  async typed(ch: string, at: Position): Promise<TextEdit[]> {
    const options = { tabSize: 2, insertSpaces: true };
    return (await this.ask<TextEdit[] | null>("onTypeFormatting", { position: at, ch, options })) ?? [];
  }

  /** Runs the demand at a line; its reference message as Markdown, and what that refers to. */
  message(line: number): Promise<Referring> {
    return this.command("vkd.message", line);
  }

  /** Runs the demand at a line; all that is found. */
  run(line: number): Promise<Run> {
    return this.command("vkd.run", line);
  }

  /** The published numbers of the first answer to the demand at a line that has some, or what can be computed; `null` where none has. */
  numbers(line: number): Promise<Numbers | Offer | null> {
    return this.command("vkd.data", line);
  }

  /** The numbers of an answer, computed of its units. */
  computed(line: number, answer: number, crossing: Crossing | undefined): Promise<Numbers> {
    return this.command("vkd.data", line, answer, ...(crossing ? [crossing] : []));
  }

  why(line: number, product: string): Promise<string> {
    return this.command("vkd.why", line, product);
  }

  private async begin(language: Language, current: () => Text): Promise<void> {
    const options = { processId: null, rootUri: null, capabilities: CAPABILITIES, initializationOptions: { language, hints: { beside: true } } };
    const { capabilities } = await this.connection.request<Initialized>("initialize", options);
    this.tokenTypes = capabilities.semanticTokensProvider.legend.tokenTypes;
    this.connection.notify("initialized", {});
    const textDocument = { ...this.document, languageId: "vkd", version: this.version, text: current().toString() };
    this.connection.notify("textDocument/didOpen", { textDocument });
    this.isOpen = true;
  }

  private async actions(range: Range, context: object): Promise<Edits[]> {
    const found = (await this.ask<CodeAction[] | null>("codeAction", { range, context })) ?? [];
    return found.flatMap(({ title, edit }) => {
      const edits = edit?.changes?.[this.document.uri];
      return edits ? [{ title, edits }] : [];
    });
  }

  private async ask<T>(method: string, params: object): Promise<T> {
    await this.ready;
    return this.connection.request<T>(`textDocument/${method}`, { textDocument: this.document, ...params });
  }

  private async command<T>(command: string, ...rest: unknown[]): Promise<T> {
    await this.ready;
    return this.connection.request<T>("workspace/executeCommand", { command, arguments: [this.document.uri, ...rest] });
  }
}
