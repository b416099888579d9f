/**
 * A framework as a document: everything by which inspections under it differ from others. What the
 * schema accepts, the engine can run, and it asks nothing of code. How its parts have to fit each
 * other is in `fitting.ts`.
 */
import { z } from "zod";

import { Day } from "../kernel/instants.ts";
import { CaseFact, Column, Noun, PopulationSettings } from "./case-list-settings.ts";
import { Combine, limits } from "./combining.ts";
import { Name } from "./predicate.ts";
import { SettingId } from "./setting-id.ts";
import { Floors, Scale } from "./scale.ts";
import { Standard } from "./standard.ts";
import { Ruleset } from "./ruleset.ts";
import { Offset } from "./timetable.ts";

const Label = z.string().trim().min(1).max(200);
const Text = z.string().trim().min(1).max(4000);

/** One kind of inspection under the framework; the first is the usual one. */
const InspectionKind = z.strictObject({
  id: SettingId,
  label: Label,
  /** The domains that are rated; left out: all. */
  domains: z.array(z.int().min(1).max(20)).min(1).readonly().optional(),
  fieldworkWeeks: z.int().min(1).max(26),
  /** Nobody is told before the first day of fieldwork. */
  unannounced: z.boolean().optional(),
});
export type InspectionKind = z.infer<typeof InspectionKind>;

/** Something that the inspected body is asked for when the inspection is announced. */
const Request = z.strictObject({
  id: SettingId,
  label: Label,
  /** What it has to contain, as the letter says it. */
  wording: Text.optional(),
  due: Offset,
  /** What the body fills in, as a file of text that it can download. */
  template: z
    .strictObject({
      name: z
        .string()
        .max(80)
        .regex(
          /^[a-z0-9]+(?:-[a-z0-9]+)*\.(?:csv|md|txt)$/,
          "a file such as staff.csv or story.md",
        ),
      content: z.string().min(1).max(40_000),
    })
    .optional(),
});

/** An office that gets a letter, and what is said to it alone. */
const Office = z.strictObject({
  id: SettingId,
  label: Label,
  paragraphs: z.array(Text).readonly(),
});

/** A question about a case that rates nothing: it is counted in tables and splits. */
const CaseTally = z.strictObject({
  name: Name,
  label: Label,
  wording: Text,
  answers: z.array(Label).min(2).max(12).readonly(),
});
export type CaseTally = z.infer<typeof CaseTally>;

/**
 * Settings that the authority has not published: they are shown wherever the document is. `at`
 * holds their places in the document, such as `overall.combine`.
 */
const Provisional = z.strictObject({
  at: z.array(z.string().min(1).max(200)).min(1).max(60).readonly(),
  what: Label,
  why: Text,
});
export type Provisional = z.infer<typeof Provisional>;

const Section = z.strictObject({
  id: SettingId,
  label: Label,
  /** A report cannot be signed without it. */
  required: z.boolean(),
  /** It stands after the standards, as acknowledgements do. */
  after: z.boolean().optional(),
});

const Asked = z.enum(["required", "optional", "none"]);

/** A table of figures that a report under the framework has, such as the caseload. */
const FigureTable = z.strictObject({
  id: SettingId,
  label: Label,
  unit: z.string().max(40),
  /** The rows that it has in any report; others may be added. */
  rows: z.array(Label).max(60).readonly(),
});

export const DomainSettings = z.strictObject({
  number: z.int().min(1).max(20),
  label: Label,
  /** How the domain's own rating comes from its standards; left out: it has none. */
  rating: z
    .strictObject({ scale: z.string(), combine: Combine, limits: limits.optional() })
    .optional(),
});

export const DocumentShape = z.strictObject({
  format: z.literal(2),
  id: SettingId,
  /** The first day on which an inspection is announced under it. */
  from: Day,
  label: Label,
  language: z.string().regex(/^[a-z]{2}(?:-[A-Z]{2})?$/, "a language such as en or en-GB"),
  authority: z.strictObject({ name: Label, office: Label }),
  words: z.strictObject({ service: Noun, case: Noun, person: Noun, worker: Noun }),
  provisional: z.array(Provisional).readonly(),
  kinds: z.array(InspectionKind).min(1).max(12).readonly(),
  scales: z.array(Scale).min(1).max(8).readonly(),
  /** Which percentages of cases give which grade, by scale and label. */
  caseBands: z.record(z.string(), Floors),
  columns: z.array(Column).max(40).readonly(),
  caseFacts: z.array(CaseFact).max(40).readonly(),
  caseTallies: z.array(CaseTally).max(40).readonly(),
  populations: z.array(PopulationSettings).max(8).readonly(),
  domains: z.array(DomainSettings).min(1).max(20).readonly(),
  standards: z.array(Standard).min(1).max(60).readonly(),
  /** Left out: there is no overall rating. */
  overall: z
    .strictObject({
      scale: z.string(),
      of: z.enum(["standards", "domains"]),
      combine: Combine,
      limits: limits.optional(),
      /** What an unrated part does: no overall rating, or the others count with scaled bands. */
      unrated: z.enum(["withhold", "leave-out"]),
    })
    .optional(),
  ruleset: Ruleset,
  requests: z.array(Request).max(20).readonly(),
  /** `{name}` in a letter stands for a fact, `{id}` of a request for the day by which it is due. */
  letter: z.strictObject({
    subject: Label,
    opening: z.array(Text).readonly(),
    offices: z.array(Office).min(1).max(12).readonly(),
    closing: z.array(Text).readonly(),
  }),
  evidenceKinds: z
    .array(z.strictObject({ id: SettingId, label: Label }))
    .min(1)
    .max(20)
    .readonly(),
  surveys: z
    .array(z.strictObject({ id: SettingId, label: Label }))
    .max(12)
    .readonly(),
  partners: z
    .array(
      z.strictObject({
        id: SettingId,
        label: Label,
        /** What its inspectors do on the team. */
        role: Label.optional(),
      }),
    )
    .max(12)
    .readonly(),
  report: z.strictObject({
    title: Label,
    /** Chapters before the standards; each domain has one of its own after them. */
    sections: z.array(Section).max(20).readonly(),
    /** Paragraphs that open the methodology annexe. */
    methodology: z.array(Text).max(40).readonly(),
    /** Which texts people write besides the chapters; left out: none. */
    texts: z.strictObject({ standard: Asked, question: Asked }).optional(),
    tables: z.array(FigureTable).max(20).readonly().optional(),
    /** Under which licence the report is published; left out: the publisher's. */
    licence: z.strictObject({ label: Label, url: z.url() }).optional(),
  }),
});
