// Help with the language, beside the demand: each thing that can be written, and what it means.
import { element } from "./markdown";
import type { TextKey } from "./texts";

const WRITTEN: [examples: string[], meaning: TextKey][] = [
  [["O", "E", "N", "."], "helpOperators"],
  [['"'], "helpDitto"],
  [["-"], "helpAny"],
  [["[A.1]"], "helpCode"],
  [["1970", "197011", "1970K4", "19701101"], "helpTime"],
  [["1960..1969"], "helpStretch"],
  [["2010..2015:A"], "helpSeries"],
];

export function help(say: (key: TextKey) => string): Node[] {
  const rows = WRITTEN.flatMap(([examples, meaning]) => [
    element("dt", {}, ...examples.flatMap((one, at) => (at ? [" ", element("code", {}, one)] : [element("code", {}, one)]))),
    element("dd", {}, say(meaning)),
  ]);
  return [element("summary", {}, say("help")), element("p", {}, say("helpLine")), element("dl", {}, ...rows)];
}
