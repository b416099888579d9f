/** What things are called where people read them. */
import { AsyncLocalStorage } from "node:async_hooks";

import { placeOf, type Rating, type Scale } from "@assay/domain/framework/scale.ts";
import { sectionLabel } from "@assay/domain/framework/outline.ts";
import type { Framework } from "@assay/domain/framework/document.ts";
import type { Versions } from "@assay/domain/framework/versions.ts";
import type { Rounding } from "@assay/domain/framework/ruleset.ts";
import type { Role } from "@assay/domain/kernel/actor.ts";
import type { PlannedStep } from "@assay/domain/framework/timetable.ts";
import type { Section } from "@assay/domain/publication/events.ts";
import type { LetterCalled } from "@assay/domain/reminders/events.ts";
import { personName as nameInId } from "@assay/domain/kernel/wording.ts";
import type { ChartName } from "@assay/domain/tracking/standing.ts";
import type { Stage } from "@assay/domain/lifecycle/stage.ts";

export const roleNames: Readonly<Record<Role, string>> = {
  scheduler: "Scheduler",
  "lead-inspector": "Lead inspector",
  "deputy-lead-inspector": "Deputy lead inspector",
  inspector: "Inspector",
  "assistant-inspector": "Assistant inspector",
  "local-assessor": "Local assessor",
  "quality-lead": "Quality lead",
  "research-analyst": "Research analyst",
  "panel-chair": "Panel chair",
  "panel-member": "Panel member",
  "head-of-programme": "Head of programme",
  "chief-inspector": "Chief Inspector",
  "publications-officer": "Publications officer",
  "provider-user": "Service manager",
  auditor: "Auditor",
  system: "Assay",
};

export const stageNames: Readonly<Record<Stage, string>> = {
  unscheduled: "Not scheduled",
  scheduled: "Scheduled",
  announced: "Announced",
  sampled: "Sample drawn",
  fieldwork: "Fieldwork",
  panel: "Ratings panel",
  report: "Report",
  published: "Published",
  closed: "Closed",
  postponed: "Postponed",
  cancelled: "Cancelled",
};

export const stageTags: Readonly<Record<Stage, string>> = {
  unscheduled: "govuk-tag--grey",
  scheduled: "govuk-tag--grey",
  announced: "govuk-tag--light-blue",
  sampled: "govuk-tag--light-blue",
  fieldwork: "govuk-tag--blue",
  panel: "govuk-tag--purple",
  report: "govuk-tag--turquoise",
  published: "govuk-tag--green",
  closed: "govuk-tag--green",
  postponed: "govuk-tag--yellow",
  cancelled: "govuk-tag--red",
};

/** The class that colours a rating; the word always stands beside the colour. */
export const toneClass = (scale: Scale, rating: Rating): string =>
  `rating--tone-${1 + Math.round((Math.max(0, placeOf(scale, rating)) * 6) / (scale.grades.length - 1))}`;

/** The same for a rating that stands alone: by the first known scale that has it. */
export const ratingClass = (rating: Rating, known: Versions): string => {
  const scales = known.flatMap(({ framework }) => framework.scales);
  const scale = scales.find((each) => placeOf(each, rating) >= 0);
  return scale ? toneClass(scale, rating) : "";
};

export const chartNames: Readonly<Record<ChartName, string>> = {
  announcement: "Announcement and sample",
  fieldwork: "Fieldwork",
  panel: "Ratings panel",
  publication: "Report",
};

/** What a section is called: by the framework's outline, else by its id. */
export const sectionName = (framework: Framework | undefined, section: Section): string =>
  (framework && sectionLabel(framework, section)) ?? plain(section);

/** What a panel has still to do on a standard. */
export const panelOwes: Readonly<Record<string, string>> = {
  proposal: "Waits for the lead’s proposal",
  "domain-one": "To be decided",
  consideration: "Numbers to be considered",
  discretion: "Discretion to be decided",
};

export const timetableNames: Readonly<Record<PlannedStep, string>> = {
  announcement: "Announcement",
  sample: "Sample drawn and notified",
  fieldworkStart: "Fieldwork begins",
  fieldworkEnd: "Fieldwork ends",
  feedback: "Initial feedback",
  panel: "Ratings panel",
  draft: "Draft report",
  factualAccuracy: "Factual accuracy comments due",
  signOff: "Sign-off",
  embargo: "Embargo begins",
  publication: "Publication",
  actionPlan: "Action plan due",
};

export const roundingNames: Readonly<Record<Rounding, string>> = {
  "half-up": "Rounded to whole per cents, halves up",
  "half-even": "Rounded to whole per cents, halves to even",
  down: "Rounded down",
  none: "Not rounded",
};

/** When a checkpoint is signed. */
export const signedNames: Readonly<Record<string, string>> = {
  announced: "Inspection announced",
  "list-received": "Case list received",
  "commitment-renewed": "Commitment renewed",
  "sample-drawn": "Sample drawn",
  "fieldwork-day": "A day of fieldwork",
  "fieldwork-closed": "Fieldwork closed",
  "panel-convened": "Panel convened",
  "ratings-concluded": "Ratings concluded",
  "signed-off": "Report signed off",
  published: "Report published",
  corrected: "Correction issued",
};

/** What is checked of a bundle. */
export const checkNames: Readonly<Record<string, string>> = {
  form: "It can be read",
  seal: "Its seal",
  authority: "Who signed it",
  events: "Every event’s digest",
  order: "The order of the events",
  checkpoints: "The signed checkpoints",
  consistency: "Later checkpoints continue earlier ones",
  witnesses: "Witnesses",
  timestamps: "Time stamps",
  framework: "The framework",
  decisions: "Every decision, made again by the rules",
  certificates: "The sampling certificates",
  disclosures: "Words that were disclosed",
  ratings: "Every rating, computed again",
};

export const letterNames: Readonly<Record<LetterCalled["about"], string>> = {
  announcement: "The announcement",
  chaser: "What is still missing",
  draft: "The draft, to check its facts",
  copy: "A copy under embargo",
  publication: "The news that it is public",
  change: "What became of dates in earlier letters",
};

/** The names that the identity provider gives people, for what is being answered just now. */
export const namesGiven = new AsyncLocalStorage<(id: string) => string | undefined>();

/** The given name, or what can be read in the id. */
export const personName = (id: string): string => namesGiven.getStore()?.(id) ?? nameInId(id);

/** `1.4 MB`; the most precise that anyone wants to read. */
export const fileSize = (bytes: number): string =>
  bytes < 1000
    ? `${bytes} bytes`
    : bytes < 1_000_000
      ? `${Math.round(bytes / 1000)} kB`
      : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** `factors-related` as `Factors related`. */
export const plain = (code: string): string => {
  const spaced = code.replaceAll("-", " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};
