/**
 * An inspection's log as a stranger has it: facts without their words, and here and there a fact
 * that is not shown. Each is read by its schema before anything rests on it.
 */
import { EventMetadata, eventIdOf } from "../kernel/envelope.ts";
import { categories, type Category, categoryOf, inspectionOf, isBeyond } from "../kernel/stream.ts";
import { registry } from "../steps.ts";
import { currentVersion, factToday, storedVersion } from "../upcasters.ts";
import type { InspectionCategory, Told } from "./asked.ts";

type Data = { readonly [key: string]: unknown };

/** One entry of the log; `index` is its place, from 0. */
export type Entry = {
  readonly index: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  /** Undefined: the fact is not shown. Every value under a key `text` reads `{erased: true}`. */
  readonly shown?: { readonly data: Data; readonly metadata: Data };
};

/** A fact that breaks a rule: which, by which rule, and how. */
export type Problem = {
  readonly index: number;
  readonly rule: string;
  readonly what: string;
};

export type ReadEntry = Entry & {
  readonly category: InspectionCategory;
  readonly fact: Told;
  readonly metadata: Omit<EventMetadata, "salt">;
};

const Metadata = EventMetadata.omit({ salt: true });

/** The fact that the entry is, or why it cannot be one. */
export const readEntry = (entry: Entry): ReadEntry | Problem => {
  const { index, stream, type, id, shown } = entry;
  const problem = (rule: string, what: string): Problem => ({ index, rule, what });
  const category = categoryOf(stream) as Category;
  if (!categories.includes(category) || isBeyond(category) || !inspectionOf(stream))
    return problem("place", `no inspection has a stream ${stream}`);
  if (!shown) return problem("withheld", "only a case list may be withheld");
  const metadata = Metadata.safeParse(shown.metadata);
  if (!metadata.success) return problem("form", `its metadata has no ${pathOf(metadata.error)}`);
  const { commandId, index: place } = metadata.data;
  if (id !== eventIdOf(commandId, place))
    return problem("identity", "its id does not follow from its command's");
  const version = { type, data: shown.data, metadata: shown.metadata };
  if (storedVersion(version) > currentVersion(type))
    return problem(
      "form",
      `version ${storedVersion(version)} of ${type} is newer than this verifier`,
    );
  const { type: named = type } = shown.data;
  if (named !== type) return problem("form", `it is called ${type} and says ${String(named)}`);
  const parsed = registry[category].events.safeParse(factToday(version));
  if (!parsed.success)
    return problem("form", `${category} records no such ${type}: ${pathOf(parsed.error)}`);
  return { ...entry, category, fact: parsed.data as unknown as Told, metadata: metadata.data };
};

const pathOf = (error: { readonly issues: readonly { readonly path: PropertyKey[] }[] }): string =>
  error.issues.map(({ path }) => path.map(String).join(".") || "known type").join(", ");
