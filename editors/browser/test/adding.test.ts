// A line more in a demand, wherever the cursor stands.
import * as assert from "node:assert/strict";
import { test } from "node:test";
import { Text } from "@codemirror/state";
import { added } from "../../shared/adding";
import { changes } from "../src/protocol";
import { ChangeSet } from "@codemirror/state";

const ASKING = { header: "0 / Demand description / me", fields: ["Persons", "-", "Income", "1970"] };
const LINE = "Persons / - / Income / 1970 / .";

const CASES: [string, string, number, string][] = [
  ["an empty page gets a demand", "", 0, `0 / Demand description / me\n1 / ${LINE}\n`],
  ["a demand goes on", "0 / Demand description / a\n1 / x / y / z / - / .\n", 0, `0 / Demand description / a\n1 / x / y / z / - / O\n2 / ${LINE}\n`],
  ["a header alone gets its first line", "0 / Demand description / a", 0, `0 / Demand description / a\n1 / ${LINE}`],
  [
    "of two demands the one with the cursor",
    "0 / D / a\n1 / x / y / z / - / .\n\n# b\n0 / D / b\n1 / x / y / z / - / .",
    1,
    `0 / D / a\n1 / x / y / z / - / O\n2 / ${LINE}\n\n# b\n0 / D / b\n1 / x / y / z / - / .`,
  ],
  ["a line that is not ended is not ended for its writer", "0 / D / a\n1 / x / y", 1, `0 / D / a\n1 / x / y\n2 / ${LINE}`],
];

for (const [name, before, at, after] of CASES) {
  test(name, () => {
    const text = Text.of(before.split("\n"));
    const made = ChangeSet.of(changes(text, added(before.split("\n"), at, ASKING)), text.length).apply(text);
    assert.equal(made.toString(), after);
  });
}
