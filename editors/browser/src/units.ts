// What is chosen before a table is computed of single units: the lines that divide them, and what stands in the table.
import type { Choice, Crossing, Offer } from "../../shared/numbers/tables";
import { element } from "./markdown";
import type { TextKey } from "./texts";

type Say = (key: TextKey, ...facts: (string | number)[]) => string;

/** A form for an offer; `compute` is called with what was chosen, nothing where the demand says it all. */
export function unitsForm({ choices }: Offer, say: Say, compute: (crossing: Crossing | undefined) => void): HTMLElement {
  const dividing = choices.filter(({ is_added }) => !is_added);
  const boxes = dividing.map(({ line }) => element("input", { type: "checkbox", value: String(line) }) as HTMLInputElement);
  const taken = element("select", {}, ...takings(choices, say)) as HTMLSelectElement;
  const button = element("button", { type: "submit", class: "primary" }, say("compute")) as HTMLButtonElement;
  const chosen = () => boxes.filter(({ checked }) => checked).map(({ value }) => Number(value));
  const allow = () => (button.disabled = choices.length > 0 && chosen().length === 0);
  const form = element(
    "form",
    { class: "units" },
    element("p", {}, say("units")),
    ...(boxes.length ? [element("fieldset", {}, element("legend", {}, say("divide")), ...boxes.map((box, at) => element("label", {}, box, ` ${dividing[at]!.label}`)))] : []),
    ...(choices.length ? [element("label", {}, `${say("inTable")} `, taken)] : []),
    button,
  );
  allow();
  form.addEventListener("change", allow);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    compute(choices.length ? crossingOf(chosen(), taken.value) : undefined);
  });
  return form;
}

/** The lines that divide units, and what was taken: `count`, or a function and a line. */
export function crossingOf(table: readonly number[], taken: string): Crossing {
  const [name, line] = taken.split(" ");
  return name === "sum" || name === "mean" ? { table, of: Number(line), function: name } : { table };
}

function takings(choices: readonly Choice[], say: Say): HTMLElement[] {
  const added = choices.filter(({ is_added }) => is_added).flatMap(({ line, label }) => [
    element("option", { value: `sum ${line}` }, say("sumOf", label)),
    element("option", { value: `mean ${line}` }, say("meanOf", label)),
  ]);
  return [element("option", { value: "count" }, say("countUnits")), ...added];
}
