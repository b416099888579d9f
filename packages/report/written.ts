/** What people wrote for the report: sections, figures, recommendations, corrections. */
import { words } from "@assay/domain/kernel/fact.ts";
import { type Day, dayInEngland } from "@assay/domain/kernel/instants.ts";
import { type PublicationEvent, Section } from "@assay/domain/publication/events.ts";
import type { Excuse } from "./finding.ts";
import { type Cut, type Fact, publicationFacts } from "./recorded.ts";
import { erasedWords } from "./results.ts";

export type VersionNote = {
  readonly version: number;
  readonly on: Day;
  /** What changed and why; undefined for the first version. */
  readonly correction:
    | { readonly what: string; readonly why: string; readonly typed: string }
    | undefined;
};

export type SectionText = { readonly section: Section; readonly markdown: string };

export type ContextualFact = {
  readonly name: string;
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  readonly source: string;
  readonly asOf: string;
};

export type Recommendation = {
  readonly number: number;
  readonly addressee: string;
  readonly wording: string;
  /** The same as it was typed, with its references. */
  readonly typed: string;
};

/** A strength or an area for improvement. */
export type Point = {
  readonly point: string;
  readonly kind: "strength" | "improvement";
  /** The standard or key question. */
  readonly about: string;
  readonly wording: string;
  readonly typed: string;
};

export type FigureTable = {
  readonly table: string;
  readonly label: string;
  readonly unit: string;
  readonly source: string;
  readonly asOf: string;
  readonly rows: Extract<PublicationEvent, { type: "FigureTableRecorded" }>["rows"];
};

/** Each is blank where nobody said. */
export type Imprint = {
  readonly isbn: string;
  readonly ledBy: string;
  readonly signedBy: string;
  readonly contact: string;
};

export type Written = {
  readonly points: readonly Point[];
  readonly tables: readonly FigureTable[];
  readonly imprint: Imprint | undefined;
  /** What authors said of findings: never printed, and shown to whoever signs. */
  readonly excuses: readonly Excuse[];
  readonly history: readonly VersionNote[];
  /** In the order in which a report has them; only those that were written. */
  readonly sections: readonly SectionText[];
  readonly facts: readonly ContextualFact[];
  readonly recommendations: readonly Recommendation[];
};

export const writtenOf = ({ facts }: Cut): Written => {
  const events = publicationFacts(facts);
  return {
    excuses: excusesIn(events),
    history: historyOf(events),
    sections: sectionsOf(events),
    facts: figuresOf(events),
    recommendations: recommendationsOf(events),
    ...bodyIn(events),
  };
};

/** Points, tables and imprint as they now stand, from facts in their order. */
export const bodyIn = (events: readonly Fact[]): Pick<Written, "points" | "tables" | "imprint"> => {
  const points = new Map<string, Point>();
  const tables = new Map<string, FigureTable>();
  let imprint: Imprint | undefined;
  for (const event of events) {
    if (event.type === "PointWithdrawn") points.delete(event.point);
    if (event.type === "PointMade") {
      const { point, kind, about } = event;
      const wording = words(event.text)?.wording ?? erasedWords;
      points.set(point, { point, kind, about, wording, typed: wording });
    }
    if (event.type === "FigureTableRecorded") {
      const { table, label, unit, source, asOf, rows } = event;
      tables.set(table, { table, label, unit, source, asOf, rows });
    }
    if (event.type === "ImprintSet") {
      const blank = { ledBy: "", signedBy: "", contact: "" };
      imprint = { isbn: event.isbn, ...(words(event.text) ?? blank) };
    }
  }
  return { points: [...points.values()], tables: [...tables.values()], imprint };
};

const historyOf = (events: readonly PublicationEvent[]): readonly VersionNote[] =>
  events.flatMap((event): readonly VersionNote[] => {
    if (event.type === "ReportPublished") {
      return [{ version: event.version, on: dayInEngland(event.at), correction: undefined }];
    }
    if (event.type !== "CorrectionIssued") return [];
    const { what, why } = words(event.text) ?? { what: erasedWords, why: erasedWords };
    const correction = { what, why, typed: `${what} ${why}` };
    return [{ version: event.version, on: dayInEngland(event.at), correction }];
  });

const sectionsOf = (events: readonly PublicationEvent[]): readonly SectionText[] => {
  const latest = new Map<Section, string>();
  for (const event of events) {
    if (event.type !== "SectionDrafted") continue;
    latest.set(event.section, words(event.text)?.markdown ?? erasedWords);
  }
  return [...latest].map(([section, markdown]) => ({ section, markdown }));
};

/** Where the words are erased there is nothing left that they could excuse. */
const excusesIn = (events: readonly PublicationEvent[]): readonly Excuse[] =>
  events.flatMap((event) => {
    if (event.type !== "FindingExcused") return [];
    const said = words(event.text);
    return said ? [{ check: event.check, place: event.place, ...said }] : [];
  });

/** A figure recorded again under its name takes the former one's place. */
const figuresOf = (events: readonly PublicationEvent[]): readonly ContextualFact[] => {
  const latest = new Map<string, ContextualFact>();
  for (const event of events) {
    if (event.type !== "ContextualFactRecorded") continue;
    const { name, label, value, unit, source, asOf } = event;
    latest.set(name, { name, label, value, unit, source, asOf });
  }
  return [...latest.values()];
};

const recommendationsOf = (events: readonly PublicationEvent[]): readonly Recommendation[] => {
  const live = new Map<number, Recommendation>();
  for (const event of events) {
    if (event.type === "RecommendationWithdrawn") live.delete(event.number);
    if (event.type !== "RecommendationMade") continue;
    const { number, addressee } = event;
    const wording = words(event.text)?.wording ?? erasedWords;
    live.set(number, { number, addressee, wording, typed: wording });
  }
  return [...live.values()].toSorted((a, b) => a.number - b.number);
};
