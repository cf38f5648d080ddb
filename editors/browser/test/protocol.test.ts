// Places of the protocol in the editor's text and back.
import * as assert from "node:assert/strict";
import { test } from "node:test";
import { Text } from "@codemirror/state";
import { changes, offset, position } from "../src/protocol";

const text = Text.of(["å 😀 x", "", "1 / a"]);

test("every place is found again", () => {
  for (let at = 0; at <= text.length; at += 1) assert.equal(offset(text, position(text, at)), at);
});

test("a place behind the end of a line or of the text is that end", () => {
  assert.equal(offset(text, { line: 0, character: 99 }), 6);
  assert.equal(offset(text, { line: 9, character: 0 }), text.length);
});

test("edits are what the editor takes", () => {
  const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 1 } };
  assert.deepEqual(changes(text, [{ range, newText: "2" }]), [{ from: 8, to: 9, insert: "2" }]);
});
