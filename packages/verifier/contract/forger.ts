/**
 * Every single thing that a forger may change in a log: each field of each fact, each fact left
 * out, doubled, moved, withheld, given to another person, or dated otherwise. What follows from the
 * change alone is put right: numbers, ids, digests, signatures.
 */
import { eventIdOf, uuidFrom } from "@assay/domain/kernel/envelope.ts";
import type { CommandId } from "@assay/domain/kernel/ids.ts";
import type { RedactedEvent } from "@assay/ledger/leaf.ts";
import type { Item } from "./resign.ts";

type JsonObject = RedactedEvent["data"];

export type Forgery = {
  readonly family: string;
  /** What was changed, in words. */
  readonly what: string;
  /** The first event that is not as it was. */
  readonly index: number;
  readonly items: () => readonly Item[];
};

/** All forgeries of one log, family by family. */
export function* forgeriesOf(items: readonly Item[]): Generator<Forgery> {
  for (const [index, item] of items.entries()) {
    const name = `${item.event.type} (${item.event.stream} at ${item.event.revision})`;
    const forged = (family: string, what: string, change: () => readonly Item[]): Forgery => ({
      ...{ family, index },
      what: `${name}: ${what}`,
      items: () => renumbered(change()),
    });
    yield forged("left out", "left out", () => items.toSpliced(index, 1));
    yield forged("doubled", "said twice", () => items.toSpliced(index + 1, 0, again(item)));
    yield* moved(items, index).map(({ what, to }) => forged("moved", what, () => to));
    if (item.hidden === undefined) {
      const hidden = { event: item.event, hidden: "It lists children's cases." };
      yield forged("withheld", "withheld", () => items.with(index, hidden));
      const event = { ...item.event, type: "CaseListSubmitted" };
      const listed = { ...hidden, event };
      yield forged("withheld", "withheld as a case list", () => items.with(index, listed));
    }
    for (const by of actorsIn(items, item.event))
      yield forged("another actor", `by ${JSON.stringify(by)}`, () =>
        items.with(index, changed(item, { ...item.event.data, by })),
      );
    for (const at of momentsAround(item.event))
      yield forged("another date", `at ${at}`, () =>
        items.with(index, changed(item, { ...item.event.data, at })),
      );
    for (const part of ["data", "metadata"] as const)
      for (const { place, value } of changes(item.event[part]))
        yield forged("a field", `${part}${place}`, () =>
          items.with(index, { ...item, event: { ...item.event, [part]: value } }),
        );
  }
}

const changed = (item: Item, data: JsonObject): Item => ({
  ...item,
  event: { ...item.event, data },
});

/** The same again, by a command of its own. */
const again = ({ event, ...item }: Item): Item => {
  const commandId = uuidFrom(`again ${event.id}`) as CommandId;
  const metadata = { ...event.metadata, commandId, causationId: commandId, index: 0 };
  return { ...item, event: { ...event, id: eventIdOf(commandId, 0), metadata } };
};

const moved = (items: readonly Item[], index: number) => {
  const { stream } = items[index]!.event;
  const own = items.flatMap(({ event }, at) => (event.stream === stream && at > index ? [at] : []));
  const places = [own[0], own.at(-1)].filter((at) => at !== undefined);
  return [...new Set(places)].map((at) => ({
    what: `moved behind event ${at}`,
    to: items.toSpliced(index, 1).toSpliced(at, 0, items[index]!),
  }));
};

/** Revisions and, where a command's facts have changed, their numbers among them. */
const renumbered = (items: readonly Item[]): readonly Item[] => {
  const next = new Map<string, number>();
  return items.map((item) => {
    const { stream, revision } = item.event;
    const expected = next.get(stream) ?? 0;
    next.set(stream, expected + 1);
    return revision === expected ? item : { ...item, event: { ...item.event, revision: expected } };
  });
};

/** Everybody else who acted in the log, and the same person in another role. */
const actorsIn = (items: readonly Item[], { data }: RedactedEvent): readonly JsonObject[] => {
  const own = JSON.stringify(data["by"]);
  const all = new Map(
    items.map(({ event }) => [JSON.stringify(event.data["by"]), event.data["by"]]),
  );
  all.delete(own);
  return [...all.values()] as JsonObject[];
};

const momentsAround = ({ data }: RedactedEvent): readonly string[] => {
  const at = Date.parse(String(data["at"]));
  return [-400, -1, 1, 400].map((days) => new Date(at + days * 86_400_000).toISOString());
};

type Change = { readonly place: string; readonly value: JsonObject };

/** Each leaf changed to something of its kind, each member left out, each list shortened. */
const changes = (object: JsonObject): readonly Change[] =>
  branches(object).map(({ place, value }) => ({ place, value: value as JsonObject }));

type Branch = { readonly place: string; readonly value: unknown };

const branches = (value: unknown): readonly Branch[] => {
  if (Array.isArray(value)) {
    const shorter = value.length > 0 ? [{ place: " shorter", value: value.slice(1) }] : [];
    const order = value.length > 1 ? [{ place: " reversed", value: value.toReversed() }] : [];
    const inner = value.flatMap((item, at) =>
      branches(item).map((each) => ({
        place: `/${at}${each.place}`,
        value: value.with(at, each.value),
      })),
    );
    return [...shorter, ...order, ...inner];
  }
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, member]) => {
      if (key === "text" || key === "at" || key === "by") return [];
      const { [key]: _, ...rest } = value as JsonObject;
      const inner = branches(member).map((each) => ({
        place: `/${key}${each.place}`,
        value: { ...value, [key]: each.value },
      }));
      return [{ place: `/${key} left out`, value: rest }, ...inner];
    });
  }
  return [{ place: "", value: another(value) }];
};

/** Another value of the same kind, as likely as can be. */
const another = (value: unknown): unknown => {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  if (typeof value !== "string") return "other";
  const pair = pairs.find((each) => each.includes(value));
  if (pair) return pair[(pair.indexOf(value) + 1) % pair.length];
  if (/^\d{4}-\d\d-\d\d/.test(value)) return value.replace(/^\d{4}/, (year) => String(+year + 1));
  if (/^[0-9a-f-]{36}$/.test(value)) return uuidFrom(`other than ${value}`);
  const last = value.at(-1)!;
  const next = /[0-9]/.test(last) ? String((Number(last) + 1) % 10) : last === "a" ? "b" : "a";
  return `${value.slice(0, -1)}${next}`;
};

const pairs = [
  ["yes", "no", "not-applicable"],
  ["Inadequate", "Requires improvement", "Good", "Outstanding"],
  ["low", "medium", "high", "very-high"],
  ["rule", "discretion", "panel", "adopted", "not-rated"],
  ["near-boundary", "one-case", "small-sample"],
];
