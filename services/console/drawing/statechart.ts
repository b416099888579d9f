/**
 * A step's statechart drawn from its machine, with an inspection's own position in it. States stand
 * in the order in which they can first be reached; what leads back is drawn below them.
 */
import { factName } from "@assay/domain/kernel/wording.ts";
import { plain } from "../wording/names.ts";
import { element, label, picture, type Svg } from "./svg.ts";

/** What is read of a machine: its definition as plain data. */
export type Definition = {
  readonly states: Readonly<Record<string, DefinedState>>;
};

type DefinedState = {
  readonly key: string;
  readonly type: string;
  readonly states: Readonly<Record<string, DefinedState>>;
  readonly transitions: readonly {
    readonly eventType: string;
    /** As ids, such as `#inspection.active.listed`. */
    readonly target?: readonly string[];
  }[];
};

export type Edge = {
  readonly from: string;
  readonly to: string;
  readonly events: readonly string[];
};
export type Drawn = { readonly states: readonly string[]; readonly edges: readonly Edge[] };

export type Position = {
  /** Names of states, nested ones with a full stop: `active.listed`. */
  readonly current: readonly string[];
  readonly entered: ReadonlyMap<string, string>;
};

const box = { width: 116, height: 46, gap: 104, margin: 30 } as const;
/** Of a label's lines, and about how wide a letter of them is. */
const line = { height: 13, letter: 7 } as const;

export const drawChart = (
  { states, edges }: Drawn,
  { current, entered }: Position,
  title: string,
): Svg => {
  const forward = edges.filter(({ from, to }) => states.indexOf(to) === states.indexOf(from) + 1);
  const others = edges.filter((edge) => !forward.includes(edge));
  const x = (state: string): number => 6 + states.indexOf(state) * (box.width + box.gap);
  const width = x(states.at(-1) ?? "") + box.width + 6;
  const above = forward.map((edge) => saidAbove(edge).length * line.height);
  const top = Math.max(box.margin, ...above.map((height) => height + 6 - box.height / 2));
  const ways = others.reduce<readonly Way[]>((placed, edge) => {
    const lines = saidBelow(edge, Math.abs(x(edge.to) - x(edge.from)));
    const from = placed.at(-1)?.y ?? top + box.height;
    return [...placed, { edge, lines, y: from + 11 + lines.length * line.height }];
  }, []);
  const height = (ways.at(-1)?.y ?? top + box.height) + 10;
  return picture(
    { width, height, title, className: "chart" },
    element(
      "defs",
      {},
      element(
        "marker",
        {
          ...{ id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, orient: "auto" },
          ...{ markerWidth: 7, markerHeight: 7 },
        },
        element("path", { d: "M0 0 L8 4 L0 8 z", class: "chart-head" }),
      ),
    ),
    ...forward.map((edge) => straight(edge, top, x)),
    // The lowest first: its lines cross the words of those above it, and stay behind them.
    ...ways.toReversed().map((way) => around(way, { top, width, x })),
    ...states.map((state) =>
      drawState(state, [x(state), top], {
        isCurrent: current.includes(state),
        wasEntered: entered.has(state),
        since: entered.get(state),
      }),
    ),
  );
};

type Standing = {
  readonly isCurrent: boolean;
  readonly wasEntered: boolean;
  readonly since: string | undefined;
};

const drawState = (state: string, [x, top]: readonly [number, number], standing: Standing): Svg => {
  const kind = standing.isCurrent ? " is-current" : standing.wasEntered ? " was-entered" : "";
  const middle = x + box.width / 2;
  const name = plain(state.split(".").at(-1) ?? state);
  return element(
    "g",
    { class: `chart-state${kind}` },
    element("rect", { x, y: top, width: box.width, height: box.height, rx: 6 }),
    label(
      { x: middle, y: top + (standing.since ? 20 : 28), class: "chart-name" },
      standing.isCurrent ? `● ${name}` : name,
    ),
    standing.since ? label({ x: middle, y: top + 37, class: "chart-since" }, standing.since) : "",
  );
};

const straight = (edge: Edge, top: number, x: (state: string) => number): Svg => {
  const [left, right] = [x(edge.from) + box.width, x(edge.to)];
  const y = top + box.height / 2;
  const lines = saidAbove(edge);
  return element(
    "g",
    { class: "chart-edge" },
    element("line", { x1: left, y1: y, x2: right - 2, y2: y, "marker-end": "url(#arrow)" }),
    ...lines.map((text, place) =>
      label({ x: (left + right) / 2, y: y - 6 - (lines.length - 1 - place) * line.height }, text),
    ),
  );
};

/** A way back, or past a state: below the boxes, each on its own level. */
type Way = { readonly edge: Edge; readonly lines: readonly string[]; readonly y: number };

type Canvas = {
  readonly top: number;
  readonly width: number;
  readonly x: (state: string) => number;
};

const around = ({ edge: { from, to }, lines, y }: Way, { top, width, x }: Canvas): Svg => {
  const back = x(to) < x(from);
  const start = x(from) + box.width * (back ? 0.4 : 0.6);
  const end = x(to) + box.width * (back ? 0.6 : 0.4);
  const bottom = top + box.height;
  const half = (Math.max(...lines.map(({ length }) => length)) * line.letter) / 2;
  const middle = Math.min(Math.max((start + end) / 2, half), width - half);
  return element(
    "g",
    { class: "chart-edge chart-edge--around" },
    element("path", {
      d: `M${start} ${bottom} V${y} H${end} V${bottom + 3}`,
      "marker-end": "url(#arrow)",
    }),
    ...lines.map((text, place) =>
      label({ x: middle, y: y - 4 - (lines.length - 1 - place) * line.height }, text),
    ),
  );
};

/** Between two boxes, each fact on lines of its own. */
const saidAbove = ({ events }: Edge): readonly string[] =>
  events.flatMap((event) => folded(factName(event), box.gap));

/** Along a way of this length, which is never too short for a few words. */
const saidBelow = ({ events }: Edge, length: number): readonly string[] =>
  folded(events.map(factName).join(", "), Math.max(length, 2 * box.width + box.gap));

/** In lines that are at most so wide, if no word is longer. */
const folded = (text: string, width: number): readonly string[] =>
  text.split(" ").reduce<readonly string[]>((lines, word) => {
    const longer = [...lines.slice(-1), word].join(" ");
    return longer.length * line.letter <= width
      ? [...lines.slice(0, -1), longer]
      : [...lines, word];
  }, []);

/** A machine's definition as plain data; written out, its targets become ids. */
export const definitionOf = (machine: { readonly definition: unknown }): Definition =>
  JSON.parse(JSON.stringify(machine.definition)) as Definition;

/**
 * The leaf states that can be entered and what leads from each to another. What a parent state
 * allows anywhere within it is drawn from its first leaf; a way back to where it was is not drawn.
 */
export const drawnFrom = (definition: Definition): Drawn => {
  const edges: Edge[] = [];
  const states: string[] = [];
  const walk = (state: DefinedState, path: string): void => {
    const inner = Object.values(state.states).filter(({ type }) => type !== "history");
    if (inner.length === 0) states.push(path);
    for (const child of inner) walk(child, path === "" ? child.key : `${path}.${child.key}`);
  };
  const root = { key: "", type: "compound", transitions: [], ...definition } as DefinedState;
  walk(root, "");
  const leaf = (path: string): string | undefined =>
    states.find((state) => state === path || state.startsWith(`${path}.`));
  const link = (state: DefinedState, path: string): void => {
    for (const { eventType, target } of state.transitions)
      for (const to of target ?? []) {
        const end = leaf(to.replace(/^#[^.]+\.?/, ""));
        const from = leaf(path);
        if (end === undefined || from === undefined || end === from || path.startsWith(`${end}.`))
          continue;
        if (!to.endsWith(".where")) add(edges, { from, to: end, events: [eventType] });
      }
    for (const child of Object.values(state.states))
      link(child, path === "" ? child.key : `${path}.${child.key}`);
  };
  link(root, "");
  return { states, edges };
};

const add = (edges: Edge[], edge: Edge): void => {
  const at = edges.findIndex(({ from, to }) => from === edge.from && to === edge.to);
  const found = edges[at];
  if (found) edges[at] = { ...found, events: [...found.events, ...edge.events] };
  else edges.push(edge);
};
