/** Stream names, `category-id` as EventStoreDB likes them. One writer each. */
import type { CaseId, FrameworkId, InspectionId, ProgrammeId } from "./ids.ts";

export const categories = [
  "framework",
  "programme",
  "inspection",
  "fieldwork",
  "assessment",
  "panel",
  "publication",
  "reminders",
  "erasure",
] as const;
export type Category = (typeof categories)[number];

export type StreamName = `${Category}-${string}`;

export const frameworkStream = (id: FrameworkId): StreamName => `framework-${id}`;
export const programmeStream = (id: ProgrammeId): StreamName => `programme-${id}`;
export const inspectionStream = (id: InspectionId): StreamName => `inspection-${id}`;
export const fieldworkStream = (id: InspectionId): StreamName => `fieldwork-${id}`;
export const assessmentStream = (id: InspectionId, caseId: CaseId): StreamName =>
  `assessment-${id}.${caseId}`;
export const panelStream = (id: InspectionId): StreamName => `panel-${id}`;
export const publicationStream = (id: InspectionId): StreamName => `publication-${id}`;
export const erasureStream = (id: InspectionId): StreamName => `erasure-${id}`;

export const remindersStream = (id: InspectionId): StreamName => `reminders-${id}`;

export const categoryOf = (stream: string): string => stream.slice(0, stream.indexOf("-"));

const slug = "[a-z0-9]+(?:-[a-z0-9]+)*";
/** Whether a stream of this category is about no single inspection. */
export const isBeyond = (category: string): category is "framework" | "programme" =>
  category === "framework" || category === "programme";

const whole = categories.filter((name) => !isBeyond(name) && name !== "assessment");

/** All streams of an inspection but those of its cases. */
export const streamsOf = (id: InspectionId): readonly StreamName[] =>
  whole.map((category): StreamName => `${category}-${id}`);

/** The names of our inspections' streams, with the inspection and, in an assessment's, the case. */
const ours = new RegExp(`^(?:(?:${whole.join("|")})-(${slug})|assessment-(${slug})\\.[a-z0-9]+)$`);

/** The inspection that a stream belongs to; undefined for a programme's or a framework's, and for
 * others'. */
export const inspectionOf = (stream: string): InspectionId | undefined => {
  const found = ours.exec(stream);
  return (found?.[1] ?? found?.[2]) as InspectionId | undefined;
};
