// A plot of a table's figures, drawn by Observable Plot: lines over time, or a bar for each class. It takes its colours from the page.
import { axisX, axisY, barX, dot, gridX, gridY, lineY, plot, ruleX, ruleY, scale, text } from "@observablehq/plot";
import type { Plotted, Point } from "./tables";

export interface Options {
  readonly width: number;
  readonly language: string;
  /** What is said of the plot to those who do not see it. */
  readonly label: string;
  /** What styles carry that the page allows. */
  readonly nonce: string;
}

/** The plot; its height follows from what is in it. */
export type Draw = (plotted: Plotted, options: Options) => SVGElement | HTMLElement;

const COLOURS = 10;
/** Pixels that a line of text takes, and one letter of it, about. */
const LINE = 16;
const LETTER = 6.6;

export const draw: Draw = (plotted, options) => {
  const drawn = plotted.kind === "time" ? overTime(plotted, options) : byClass(plotted, options);
  for (const style of drawn.querySelectorAll("style")) style.nonce = options.nonce;
  // A picture has one name; those of its parts are for nobody.
  for (const part of drawn.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
  drawn.setAttribute("role", "img");
  drawn.setAttribute("aria-label", options.label);
  return drawn;
};

function overTime({ places, series, points }: Plotted, { width, language }: Options): SVGElement | HTMLElement {
  const years = places.every((place) => /^\d{4}$/.test(place));
  const at = (place: string): number => (years ? Number(place) : places.indexOf(place));
  const height = Math.max(220, Math.min(360, width * 0.5), series.length * LINE + 60);
  const low = Math.min(0, ...points.map(({ value }) => value));
  const high = Math.max(0, ...points.map(({ value }) => value));
  const names = series.length > 1;
  const widest = Math.max(...series.map((one) => one.length));
  // Labels are bold, and stand a little beside their lines.
  const marginRight = names ? Math.min(width * 0.45, widest * LETTER * 1.15 + 12) : 16;
  const margins = { marginTop: 16, marginBottom: 32, marginLeft: 8 + digits(points, language) * LETTER + 8, marginRight };
  const y = scale({ y: { domain: [low, high], nice: true, range: [height - margins.marginBottom, margins.marginTop] } });
  const labels = names ? spread(lastOf(series, points, at), (value) => Number(y.apply(value)), (pixel) => Number(y.invert!(pixel))) : [];
  const ticks = thinned(places.map(at), (width - marginRight - margins.marginLeft) / (Math.max(...places.map(({ length }) => length)) * LETTER + 12));
  return plot({
    width,
    height,
    ...margins,
    style: { background: "none", fontFamily: "inherit", fontSize: "12px" },
    x: { type: "linear", label: null },
    y: { domain: [low, high], nice: true, label: null },
    color: { type: "ordinal", domain: [...series], range: colours() },
    marks: [
      gridY({ strokeOpacity: 0.15 }),
      axisY({ tickFormat: (value: number) => number(value, language), tickSize: 0, label: null }),
      axisX(ticks, { tickFormat: (value: number) => (years ? String(value) : (places[value] ?? "")), label: null }),
      ruleY([0], { strokeOpacity: 0.5 }),
      lineY(points, { x: ({ at: place }: Point) => at(place), y: "value", z: "series", stroke: "series", strokeWidth: 2 }),
      dot(points, { x: ({ at: place }: Point) => at(place), y: "value", fill: "series", r: 2.5, title: (one: Point) => told(one, language) }),
      text(labels, { x: "x", y: "y", text: "name", fill: "name", textAnchor: "start", dx: 8, fontWeight: 600 }),
    ],
  });
}

function byClass({ places, points }: Plotted, { width, language }: Options): SVGElement | HTMLElement {
  const longest = Math.floor((width * 0.42) / LETTER);
  const widest = Math.min(longest, Math.max(...places.map(({ length }) => length)));
  const cut = (name: string): string => (name.length > longest ? `${name.slice(0, longest - 1)}…` : name);
  return plot({
    width,
    height: places.length * 24 + 40,
    marginLeft: widest * LETTER + 12,
    marginRight: digits(points, language) * LETTER + 12,
    marginBottom: 28,
    marginTop: 8,
    style: { background: "none", fontFamily: "inherit", fontSize: "12px" },
    x: { label: null, nice: true },
    y: { domain: [...places], label: null, padding: 0.25 },
    marks: [
      gridX({ strokeOpacity: 0.15 }),
      axisX({ tickFormat: (value: number) => number(value, language), ticks: Math.max(2, Math.floor(width / 110)), label: null, tickSize: 0 }),
      axisY({ tickFormat: cut, tickSize: 0, label: null }),
      barX(points, { x: "value", y: "at", fill: colours()[0]!, title: (one: Point) => told(one, language) }),
      text(points, { x: "value", y: "at", text: ({ value }: Point) => number(value, language), textAnchor: "start", dx: 4 }),
      ruleX([0], { strokeOpacity: 0.5 }),
    ],
  });
}

interface Label {
  readonly x: number;
  readonly y: number;
  readonly name: string;
}

function lastOf(series: readonly string[], points: readonly Point[], at: (place: string) => number): Label[] {
  return series.flatMap((name) => {
    const last = points.filter((one) => one.series === name).reduce<Point | undefined>((had, one) => (had && at(had.at) > at(one.at) ? had : one), undefined);
    return last === undefined ? [] : [{ x: at(last.at), y: last.value, name }];
  });
}

/** Labels moved down until none lies over another. */
function spread(labels: readonly Label[], pixel: (value: number) => number, value: (pixel: number) => number): Label[] {
  let above = Number.NEGATIVE_INFINITY;
  return [...labels].sort((one, other) => other.y - one.y).map((label) => {
    above = Math.max(pixel(label.y), above + LINE);
    return { ...label, y: value(above) };
  });
}

/** So many of some places as there is room for. */
function thinned(places: readonly number[], room: number): number[] {
  const every = Math.ceil(places.length / Math.max(2, Math.floor(room)));
  return places.filter((_, at) => at % every === 0);
}

function told({ at, series, value }: Point, language: string): string {
  return `${[series, at].filter(Boolean).join(", ")}: ${number(value, language)}`;
}

function digits(points: readonly Point[], language: string): number {
  return Math.max(3, ...points.map(({ value }) => number(Math.round(value), language).length));
}

function colours(): string[] {
  return Array.from({ length: COLOURS }, (_, at) => `var(--series-${at + 1})`);
}

function number(value: number, language: string): string {
  return value.toLocaleString(language, { maximumFractionDigits: 20 });
}
