/** A framework version of format 1 as data: its standards, their questions, and its ruleset. */
import { z } from "zod";

import { Day } from "../kernel/instants.ts";
import { DisposalType, PopulationOfFormat1 } from "./format-1-disposals.ts";
import { Ruleset } from "./format-1-ruleset.ts";

const Label = z.string().trim().min(1).max(200);

/** A stable name, used as a key in published files: camel case. */
const Name = z.string().regex(/^[a-z][A-Za-z0-9]*$/, "camel case");

const StandardCode = z.string().regex(/^\d\.\d$/, "a standard such as 2.1");
const KeyQuestionCode = z.string().regex(/^\d\.\d\.\d$/, "a key question such as 2.1.1");
const PromptCode = z.string().regex(/^\d\.\d\.\d[a-z]$/, "a prompt such as 2.1.1a");

/** Which cases of the standard's population a key question concerns; see `relevance.ts`. */
const RelevanceRule = z.enum([
  "all",
  "due",
  "childSafetyFactors",
  "othersSafetyFactors",
  "desistanceChanged",
  "safetyChanged",
  "harmChanged",
  "youthConditionalCaution",
]);
export type RelevanceRule = z.infer<typeof RelevanceRule>;

const Prompt = z.strictObject({
  code: PromptCode,
  label: Label,
  /** May be answered "not applicable". */
  whereApplicable: z.boolean(),
});

/** A matter to gather evidence on; the people's judgement is on the standard as a whole. */
const PeopleKeyQuestion = z.strictObject({
  code: KeyQuestionCode,
  name: Name,
  label: Label,
});

/** A question answered yes or no for each relevant case. */
const CaseKeyQuestion = z.strictObject({
  code: KeyQuestionCode,
  name: Name,
  label: Label,
  relevance: RelevanceRule,
  prompts: z.array(Prompt).readonly(),
});

const standardShape = {
  code: StandardCode,
  domain: z.int().min(1).max(9),
  label: Label,
  /** Whether its rating counts towards the total. */
  scored: z.boolean(),
};

/** Rated by people from evidence, as in domain one. */
const PeopleStandard = z.strictObject({
  ...standardShape,
  judged: z.literal("by-people"),
  /** Rated only where the service has a case with one of these disposals. */
  appliesWhere: z
    .strictObject({ label: Label, disposals: z.array(DisposalType).min(1).readonly() })
    .optional(),
  keyQuestions: z.array(PeopleKeyQuestion).min(1).readonly(),
});

/** Rated by rule from answers on the cases of one population. */
const CaseStandard = z.strictObject({
  ...standardShape,
  judged: z.literal("by-cases"),
  population: PopulationOfFormat1,
  keyQuestions: z.array(CaseKeyQuestion).min(1).readonly(),
});

const Standard = z.discriminatedUnion("judged", [PeopleStandard, CaseStandard]);

const Domain = z.strictObject({ number: z.int().min(1).max(9), label: Label });

/** A document of the first format; `FrameworkVersion` is one whose parts fit each other. */
export const VersionShape = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  /** The first day on which an inspection is announced under this version. */
  from: Day,
  label: Label,
  domains: z.array(Domain).min(1).readonly(),
  standards: z.array(Standard).min(1).readonly(),
  ruleset: Ruleset,
});

export type FrameworkVersion = z.infer<typeof VersionShape>;
