/** Inputs that nobody means well with: requests, and commands made worse from good ones. */
import { Actor, Role } from "@assay/domain/kernel/actor.ts";
import { readers } from "@assay/console/reading/readers.ts";
import { commandTypes, type Step } from "@assay/domain/steps.ts";
import { askedOf, stageOf } from "@assay/spec/specimen.ts";
import { specimens } from "@assay/spec/specimens.ts";
import * as fc from "fast-check";

import { examplePlots } from "../examples.ts";

export const auditor = Actor.parse({ id: "auditor", role: "auditor" });
const inspection = examplePlots()[0]!.inspection;

export const nasty = fc.oneof(
  fc.string({ maxLength: 40, unit: "binary" }),
  fc.constantFrom(
    ...["..", "../../etc/passwd", "%2e%2e%2f", "%00", "%", "%ff", "\u0000", "__proto__", "𝔘"],
    ...["constructor", "<script>", "' or 1=1 --", "{{7*7}}", "=1+1", "c0001", "2.1", "0", "-1"],
    ...["99999999999999999999", "NaN", "a".repeat(3000), inspection, "overall", "\r\nx: y"],
  ),
);
export const json = fc.oneof({ depthSize: "small" }, fc.jsonValue({ maxDepth: 3 }), nasty);

/** A command of each kind as it should be, for others to be made worse from. */
const wellFormed: readonly Readonly<Record<string, unknown>>[] = Object.values(specimens).map(
  (specimen) => ({ ...askedOf(specimen, stageOf(specimen)), inspection }),
);
const types = Object.values(commandTypes).flat();

const worse = fc
  .tuple(
    fc.constantFrom(...wellFormed),
    fc.array(fc.tuple(fc.nat(), json), { maxLength: 3 }),
    fc.constantFrom("keep", "drop", "add", "rename"),
  )
  .map(([command, changes, how]) => {
    const changed: Record<string, unknown> = { ...command };
    const names = Object.keys(changed);
    for (const [place, value] of changes) {
      const name = names[place % names.length]!;
      if (how === "drop") delete changed[name];
      else changed[how === "rename" ? `${name}x` : name] = value;
    }
    return how === "add" ? { ...changed, at: "x", by: { id: "eve" }, extra: changes } : changed;
  });
const command = fc.oneof(
  { weight: 4, arbitrary: worse },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...types), json).map(([type, rest]) => ({ type, rest })),
  },
  { weight: 1, arbitrary: json },
);

export type Sent = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Properly encoded, or as it is but for what no request line can hold: `%ff`, `%`, `..`. */
const inPath = (text: string, properly: boolean): string => {
  if (!properly) return text.replaceAll(/[^\x21-\x7e]|[?#]/g, "%ff").slice(0, 2000);
  try {
    return encodeURIComponent(text);
  } catch {
    return "%EF%BF%BD";
  }
};
const parts = fc.array(fc.oneof(nasty, fc.constant<string>(inspection)), {
  minLength: 4,
  maxLength: 4,
});
const address = fc
  .tuple(
    fc.constantFrom(...Object.keys(readers), "/assets/x", "/no/where"),
    parts,
    nasty,
    fc.boolean(),
    fc.boolean(),
  )
  .map(([pattern, values, query, asks, properly]) => {
    let next = 0;
    const path = pattern.replaceAll(/:\w+/g, () => inPath(values[next++] ?? "x", properly));
    const q = inPath(query, properly);
    return asks ? `${path}?q=${q}&from=${q}&limit=${q}&before=${q}` : path;
  });
const printable = nasty.map((text) => text.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, 500));
const someHeaders = fc.record(
  {
    authorization: fc.constantFrom("Bearer auditor/auditor/", "Basic eDp5"),
    cookie: printable.map((text) => `assay-session=${text}; assay-sign-in=${text}.x`),
    "content-type": fc.oneof(
      fc.constantFrom(
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
      ),
      printable,
    ),
    "content-encoding": fc.constantFrom("identity", "gzip"),
    "idempotency-key": fc.oneof(fc.uuid(), printable),
    "if-none-match": printable,
    "x-correlation-id": printable,
    origin: printable,
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  command.map((value) => JSON.stringify(value) ?? ""),
  nasty,
);
export const input: fc.Arbitrary<Sent> = fc.record({
  method: fc.constantFrom("GET", "GET", "POST", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"),
  path: address,
  headers: someHeaders,
  body,
});
export const commandSent: fc.Arbitrary<Sent> = fc.record({
  method: fc.constant("POST"),
  path: fc.constant("/api/v1/commands"),
  headers: fc.uuid().map((id) => ({
    authorization: "Bearer auditor/auditor/",
    "content-type": "application/json",
    "idempotency-key": id,
  })),
  body,
});

const steps = Object.keys(commandTypes) as Step[];
export const aboutAll = fc
  .tuple(
    fc.constantFrom(...steps),
    fc.nat(),
    fc.oneof(worse, json),
    fc.uuid(),
    fc.constantFrom(...Role.options),
  )
  .map(([step, place, content, id, role]) => {
    const taken = commandTypes[step];
    const given = typeof content === "object" && content !== null ? content : { content };
    const named = "type" in given ? given["type"] : undefined;
    const own = typeof named === "string" && taken.includes(named) ? named : undefined;
    const type = own ?? taken[place % taken.length]!;
    // Whoever looks on may send nothing; whoever may is asked about what there is not.
    const watched = role === "auditor";
    const about = watched ? {} : { inspection: "nowhere", programme: "nowhere" };
    const by =
      watched || type === "ScheduleInspection" || type === "OpenProgramme"
        ? auditor
        : { id: "eve", role };
    const at = "2020-11-01T09:00:00.000Z";
    return { step, id, command: { at, ...given, ...about, by, type } };
  });
