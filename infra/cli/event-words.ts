/** What an event says besides when and who, on one line: names before data, nothing in brackets. */
import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { StoredEvent } from "@assay/store/port.ts";

import { momentIn } from "./moments.ts";

type Values = Readonly<Record<string, unknown>>;

export const contentOf = ({ type, data }: StoredEvent): string => {
  const { at: _at, by: _by, text: _text, case: one, question, answer, replaces, ...others } = data;
  if (type === "CaseReplaced")
    return `${String(one)} by ${inBrief(others["replacement"])}, ${plain(inBrief(others["reason"]))}`;
  if (type === "ReminderCalled") return reminded(others);
  if (type === "LetterCalled") return lettered(others);
  const former = replaces as
    | { readonly answer: string; readonly by: string; readonly at: Instant }
    | undefined;
  const judged = [
    one,
    question,
    answer,
    former && `(replaces ${former.answer} by ${former.by}, ${momentIn(former.at)})`,
  ];
  const rest = Object.entries(others).map(([name, value]) => said(name, value));
  return [...judged, ...rest].filter(Boolean).join(" ").trim();
};

/** To whom, and of what: the first, and how many more. */
const reminded = ({ to, items }: Values): string => {
  const { role, person, service } = to as Values;
  const [first, ...more] = items as readonly { readonly what: string; readonly due: Instant }[];
  const whom = [role, person ?? service].filter(Boolean).join(" ");
  const others = more.length > 0 ? `, and ${more.length} more` : "";
  return first ? `to ${whom}: ${first.what}, due ${momentIn(first.due)}${others}` : `to ${whom}`;
};

const lettered = ({ about, to, link }: Values): string => {
  const { service, office, place } = to as Values;
  const whom = [service, office, place].filter(Boolean).join(" ");
  return `${String(about)} to ${whom}${link ? ", with a link" : ""}`;
};

/** Names that say nothing beside their value. */
const selfEvident = new Set([
  "draw",
  "service",
  "timetable",
  "request",
  "period",
  "placement",
  "standard",
]);

const said = (name: string, value: unknown): string => {
  const told = inBrief(value);
  return selfEvident.has(name) || told === "" ? told : `${plain(name)} ${told}`;
};

const plain = (name: string): string =>
  name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll("-", " ");

const longest = 60;
const digest = /^[0-9a-f]{64}$/;

/** What is long is only counted or cut: `--json` shows it whole. */
const inBrief = (value: unknown): string => {
  if (Array.isArray(value)) return listed(value as readonly unknown[]);
  if (typeof value === "object" && value !== null) return named(value as Values);
  const line = String(value).replaceAll(/\s+/g, " ");
  if (digest.test(line)) return `${line.slice(0, 12)}…`;
  return line.length <= longest ? line : `${line.slice(0, longest)}…`;
};

const listed = (values: readonly unknown[]): string => {
  if (values.length === 0) return "none";
  const line = values.every((each) => typeof each === "string") ? values.join(", ") : "";
  return line !== "" && line.length <= longest ? line : `(${values.length})`;
};

/** By its name or id, its days, or the few plain values that it has. */
const named = (value: Values): string => {
  for (const name of ["name", "id"]) if (typeof value[name] === "string") return value[name];
  if (value["populations"]) return drawn(value["populations"] as Values);
  if (value["fieldworkStart"])
    return `fieldwork ${inBrief(value["fieldworkStart"])} to ${inBrief(value["fieldworkEnd"])}`;
  if (value["first"] && value["last"])
    return `${inBrief(value["first"])} to ${inBrief(value["last"])}`;
  if (typeof value["version"] === "object") return named(value["version"] as Values);
  const few = Object.entries(value).filter(([, each]) => typeof each !== "object");
  return few.length > 0 && few.length <= 5
    ? few.map(([name, each]) => `${plain(name)} ${inBrief(each)}`).join(", ")
    : "";
};

const drawn = (populations: Values): string =>
  Object.entries(populations)
    .map(([name, drawing]) => {
      const { sample } = drawing as { readonly sample: readonly unknown[] };
      return `${plain(name)} ${sample.length}`;
    })
    .join(", ");

/** What people wrote: the words alone where there is one text, else each with its name. */
export const wordsIn = (text: unknown): string => {
  const values = Object.entries((text ?? {}) as Values);
  const written = values.filter(([, value]) => value !== "" && value !== undefined);
  if (written.length === 0) return "";
  if (written[0]?.[0] === "erased") return "(erased)";
  const line = (value: unknown): string =>
    (Array.isArray(value) ? value.map(String).join("; ") : String(value)).replaceAll(/\s+/g, " ");
  if (written.length === 1) return `“${line(written[0]![1])}”`;
  return written.map(([name, value]) => `${plain(name)}: “${line(value)}”`).join(" ");
};
