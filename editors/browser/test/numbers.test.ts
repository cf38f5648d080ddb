import assert from "node:assert/strict";
import { test } from "node:test";
import { type Dataset, filled, notesOf, plottedIn, tableOf, titleOf } from "../../shared/numbers/tables";

const LABELS: Record<string, string> = { "1": "Menn", "2": "Kvinner" };

/** A table of dimensions, each with its categories; cells count up from 0, but for those that are `missing`. */
function dataset(dimensions: Record<string, readonly string[]>, { missing = [], unit = "" }: { missing?: readonly number[]; unit?: string } = {}): Dataset {
  const names = Object.keys(dimensions);
  const size = names.map((name) => dimensions[name]!.length);
  const cells = Array.from({ length: size.reduce((product, one) => product * one, 1) }, (_, at) => at);
  const metric = { label: "Antall", category: { index: ["A"], label: { A: "Antall" }, ...(unit ? { unit: { A: { label: unit } } } : {}) } };
  const others = names.map((name) => [name, { label: `<${name}>`, category: { index: dimensions[name]!, label: LABELS } }] as const);
  return {
    label: "Antall",
    note: ["Ingen vern."],
    id: ["A", ...names],
    size: [1, ...size],
    role: { metric: ["A"], time: ["time"] },
    dimension: { A: metric, ...Object.fromEntries(others) },
    value: cells.map((at) => (missing.includes(at) ? null : at)),
    extension: { revision: "0", sources: [{ product: "p", line: 1 }], cited: cells.map((at) => (missing.includes(at) ? null : 0)) },
  };
}

test("time runs across, and what does not run is told once", () => {
  const table = tableOf(dataset({ region: ["0"], sex: ["1", "2"], time: ["1970", "1971"] }));
  assert.deepEqual(table.fixed, ["<region>: 0"]);
  assert.deepEqual([table.heads, table.across, table.columns], [["<sex>"], "<time>", ["1970", "1971"]]);
  assert.deepEqual(table.rows.map(({ heads, cells }) => [...heads, ...cells.map(({ value }) => value)]), [["Menn", 0, 1], ["Kvinner", 2, 3]]);
});

test("many periods run down, beside the figures", () => {
  const years = Array.from({ length: 13 }, (_, at) => String(1970 + at));
  const table = tableOf(dataset({ sex: ["1", "2"], time: years }));
  assert.deepEqual([table.heads, table.across, table.columns, table.rows.length], [["<sex>", "<time>"], undefined, ["Antall"], 26]);
});

test("a cell without a figure is empty, and a row without any is left out", () => {
  const table = tableOf(dataset({ sex: ["1", "2"], time: ["1970", "1971"] }, { missing: [1, 2, 3] }));
  assert.deepEqual(table.rows, [{ heads: ["Menn"], cells: [{ value: 0, sources: [0] }, { value: null, sources: [] }] }]);
});

test("one figure is a table", () => {
  assert.deepEqual(tableOf(dataset({ sex: ["1"], time: ["1970"] })).rows, [{ heads: [], cells: [{ value: 0, sources: [0] }] }]);
});

test("a plot is drawn where time or one classification runs", () => {
  const kinds = ([
    [{ time: ["1970", "1971"] }, "time"],
    [{ sex: ["1", "2"], time: ["1970", "1971"] }, "time"],
    [{ sex: ["1", "2"], time: ["1970"] }, "classes"],
    [{ sex: ["1", "2"], region: ["0", "1"], time: ["1970"] }, undefined],
    [{ sex: ["1"], time: ["1970"] }, undefined],
    [{ region: Array.from({ length: 11 }, (_, at) => String(at)), time: ["1970", "1971"] }, undefined],
  ] as const).map(([dimensions, kind]) => [plottedIn(dataset(dimensions))?.kind, kind]);
  for (const [found, expected] of kinds) assert.equal(found, expected);
});

test("a plot has the figures that are there, by what they are called", () => {
  const plotted = plottedIn(dataset({ sex: ["1", "2"], time: ["1970", "1971"] }, { missing: [1] }))!;
  assert.deepEqual([plotted.axis, plotted.places, plotted.series], ["<time>", ["1970", "1971"], ["Menn", "Kvinner"]]);
  assert.deepEqual(plotted.points.map(({ at, series, value }) => [series, at, value]), [["Menn", "1970", 0], ["Kvinner", "1970", 2], ["Kvinner", "1971", 3]]);
});

test("all together stand in the table, and not in the plot", () => {
  const withTotal = dataset({ sex: ["1", "2", "_T"], time: ["1970"] });
  assert.equal(tableOf(withTotal).rows.length, 3);
  assert.deepEqual([plottedIn(withTotal)!.places, plottedIn(withTotal)!.points.length], [["Menn", "Kvinner"], 2]);
});

test("what is said of every table is said once", () => {
  const [one, other] = [dataset({ time: ["1970"] }), dataset({ time: ["1970"] })];
  const noted = { ...other, note: [...other.note, "Utelatt: 1 rad."] };
  assert.deepEqual(notesOf([one, noted]), { all: ["Ingen vern."], each: [[], ["Utelatt: 1 rad."]] });
});

test("what a table is of has its measure, and facts stand in texts", () => {
  assert.equal(titleOf(dataset({}, { unit: "kr" })), "Antall (kr)");
  assert.equal(filled("linje {line} av {more}", { line: 3 }), "linje 3 av {more}");
});
