/**
 * A published inspection as a file: per standard its rating, per key question how many cases it
 * concerned and in how many the work was sufficient. Every fault is reported with its place.
 */
import { z } from "zod";

import type { Framework } from "../framework/document.ts";
import { Rating } from "../framework/scale.ts";
import { InspectionId } from "../kernel/ids.ts";
import { Day, toEpochDay } from "../kernel/instants.ts";
import { nearestTo } from "../kernel/nearest.ts";
import { printed, printedLine } from "../kernel/printed.ts";
import { firstDay, lastDay } from "./days.ts";

/** More than any report has of anything. */
const Count = z.int().min(0).max(100_000);

/** A larger sample is a slip of the pen. */
const Cases = z.int().max(1000);

/** What is not known may be left out, or be null. */
const known = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined);

/** Small services print counts, larger ones percentages; either will do. */
const numbers = {
  /** Missing where the report prints only the yes count: then every relevant case. */
  relevant: Cases.min(0).optional(),
  yes: Cases.min(0).optional(),
  percent: z.number().min(0).max(100).optional(),
};
const hasNumber = ({ yes, percent }: { readonly yes?: unknown; readonly percent?: unknown }) =>
  yes !== undefined || percent !== undefined;
const needsNumber = { message: "needs yes, or a percent", path: ["yes"] };

const PublishedPrompt = z.strictObject(numbers).refine(hasNumber, needsNumber);

const PublishedKeyQuestion = z
  .strictObject({
    ...numbers,
    /** In printed order, with null in the place of one that is not printed. */
    prompts: z.array(known(PublishedPrompt)).readonly().optional(),
  })
  .refine(hasNumber, needsNumber);
export type PublishedNumbers = Pick<PublishedKeyQuestion, "relevant" | "yes" | "percent">;
export type PublishedKeyQuestion = z.infer<typeof PublishedKeyQuestion>;

/** Without a rating, or with null, the standard was not rated. */
const PublishedStandard = z.strictObject({
  rating: known(Rating),
  keyQuestions: z.record(z.string(), PublishedKeyQuestion).optional(),
});

const dayOrMonth = /^(?:19[5-9]\d|20\d\d)-(?:0[1-9]|1[0-2])(?:-\d\d)?$/;

const DayOrMonth = z
  .string()
  .refine((text) => dayOrMonth.test(text) && Day.safeParse(firstDay(text)).success, {
    message: "is no day such as 2020-08-17, nor a month such as 2020-08",
  });

/** Without an end: within the day or month of its start. */
const PublishedFieldwork = z
  .strictObject({ start: DayOrMonth, end: DayOrMonth.optional() })
  .transform(({ start, end = start }) => ({ start, end }))
  .superRefine(({ start, end }, context) => {
    const length = toEpochDay(lastDay(end)) - toEpochDay(firstDay(start));
    const message =
      length < 0
        ? "fieldwork ends before it starts"
        : length > 366
          ? "fieldwork ends more than a year after it starts"
          : undefined;
    if (message) context.addIssue({ code: "custom", message, path: ["end"] });
  });

const ShortName = z.string().regex(/^[a-z][A-Za-z0-9]{0,59}$/);

const sample = {
  cases: Cases.min(1).optional(),
  mix: z.record(ShortName, Count).optional(),
  window: printedLine(200).optional(),
};

const PublishedSample = z.strictObject(sample).superRefine(({ cases, mix = {} }, context) => {
  const all = Object.values(mix).reduce((sum, each) => sum + each, 0);
  if (cases === undefined || all <= cases) return;
  const message = `adds up to ${all}, which is more than the ${cases} cases`;
  context.addIssue({ code: "custom", message, path: ["mix"] });
});
export type PublishedSample = z.infer<typeof PublishedSample>;

/** Numbers of cases by short names; `asOf` is the day for which they hold. */
const Caseload = z
  .looseObject({ asOf: printedLine(40).optional() })
  .superRefine((figures, context) => {
    for (const [name, value] of Object.entries(figures)) {
      if (name === "asOf") continue;
      const problem = ShortName.safeParse(name).success
        ? Count.safeParse(value, { error: inWords }).error?.issues[0]?.message
        : noShortName;
      if (problem) context.addIssue({ code: "custom", message: problem, path: [name] });
    }
  });

/** What was sampled stands by the names of the framework's populations, for `samplesIn`. */
export const PublishedInspection = z.looseObject({
  id: InspectionId,
  service: printedLine(200),
  /** Left out where the report does not say; then the framework has to be named. */
  fieldwork: known(PublishedFieldwork),
  source: z.string().optional(),
  /** For whoever reads the file itself. */
  notes: z.unknown().optional(),
  /** The framework version; by default the one in force when the inspection was announced. */
  framework: z.string().optional(),
  score: known(Count),
  maxScore: known(Count),
  overall: known(Rating),
  caseload: Caseload.optional(),
  domainOne: z.record(z.string(), Rating).default({}),
  caseManagerInterviews: known(Count),
  meetings: known(Count),
  recommendations: known(Count.max(99)),
  discretion: z
    .record(
      z.string(),
      z.strictObject({
        from: Rating,
        to: Rating,
        reason: printed(20_000, { blank: true }).optional(),
      }),
    )
    .default({}),
  standards: z.record(z.string(), PublishedStandard),
});
export type PublishedInspection = z.infer<typeof PublishedInspection>;

/** A fault in a file: `place` is a path such as `standards.2.1.keyQuestions.planning.yes`. */
export type FileProblem = { readonly place: string; readonly problem: string };

export type ReadFile<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** Parses a published inspection; reports every fault of form at once. */
export const readPublished = (input: unknown): ReadFile<PublishedInspection> => {
  const found = parsedBy(PublishedInspection, input);
  const names = typeof input === "object" && input !== null ? Object.entries(input) : [];
  const problems = names
    .filter(([name, value]) => !fields.includes(name) && !looksLikeSample(value))
    .map(([name]) => unknown(name, []));
  if (problems.length === 0) return found;
  return { ok: false, problems: found.ok ? problems : [...found.problems, ...problems] };
};

const fields: readonly string[] = Object.keys(PublishedInspection.shape);

/** Whose name only the framework knows; what is not known may be null. */
const looksLikeSample = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === "object" && Object.keys(sample).some((name) => !value || name in value));

const unknown = (name: string, populations: readonly string[]): FileProblem => {
  const meant = nearestTo(name, [...fields, ...populations]);
  const perhaps = meant === undefined ? "" : `; ${meant} is one`;
  return { place: name, problem: `is no part of such a file${perhaps}` };
};

/** The samples of which the report tells. */
export type PublishedSamples = Readonly<Record<string, PublishedSample | undefined>>;

export const samplesIn = (
  file: PublishedInspection,
  framework: Pick<Framework, "populations">,
): ReadFile<PublishedSamples> => {
  const populations = framework.populations.map(({ name }) => name);
  const problems = Object.keys(file)
    .filter((name) => !fields.includes(name) && !populations.includes(name))
    .map((name) => unknown(name, populations));
  if (problems.length > 0) return { ok: false, problems };
  const samples = populations.map((name) => [name, known(PublishedSample)] as const);
  return parsedBy(z.object(Object.fromEntries(samples)), file);
};

const parsedBy = <Value>(schema: z.ZodType<Value>, input: unknown): ReadFile<Value> => {
  const parsed = schema.safeParse(input, { error: inWords });
  if (parsed.success) return { ok: true, value: parsed.data };
  const problems = parsed.error.issues.map(({ path, message }) => ({
    place: path.map(String).join(".") || "the file",
    problem: message,
  }));
  return { ok: false, problems };
};

const noShortName = "has no short name such as openCases";

/** What was expected, in plain words where zod speaks of types; else as the schema says it. */
const inWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "is missing";
      if (issue.expected === "number") return "is no number";
      return issue.expected === "int" ? "is no whole number" : `is not of type ${issue.expected}`;
    case "invalid_value":
      if (issue.input === undefined) return "is missing";
      return `is none of ${issue.values.map(String).join(", ")}`;
    case "invalid_key":
      return noShortName;
    case "unrecognized_keys":
      return `has no place for ${issue.keys.join(", ")}`;
    case "too_small":
      return issue.origin === "string" ? "is empty" : `is less than ${issue.minimum}`;
    case "too_big":
      return `is more than ${issue.maximum}`;
    case "invalid_format":
      return issue.path?.at(-1) === "id" ? "is no short id such as a-town-2020" : undefined;
    default:
      return undefined;
  }
};
