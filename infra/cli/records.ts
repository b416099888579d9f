/**
 * An inspection's facts, read from the store without troubling the engine that owns it. Each
 * is parsed again: what the schemas do not accept is never answered from.
 */
import { InspectionEvent } from "@assay/domain/announcement/events.ts";
import { ProgrammeEvent } from "@assay/domain/announcement/programme/events.ts";
import type { ProgrammeKnown } from "@assay/domain/announcement/programme/state.ts";
import { AnyFact } from "@assay/domain/facts.ts";
import { InspectionId, type ProgrammeId } from "@assay/domain/kernel/ids.ts";
import type { Fact, Recorded } from "@assay/domain/audit/recorded.ts";
import { categoryOf, inspectionOf } from "@assay/domain/kernel/stream.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import { factReader } from "@assay/host/schema.ts";
import { type StoredEvent, StoreFault } from "@assay/store/port.ts";
import type { Command } from "commander";

import { type FromData, type Reading, reading } from "./event-store.ts";
import { Refused } from "./failure.ts";
import type { Terminal } from "./terminal.ts";

export const inFolder = (command: Command, { dataDir }: Terminal): Command =>
  command.option("--data <DIR>", `the data folder (default: ASSAY_DATA, or data; now ${dataDir})`);

/** Options of every command that reads the store. */
export const readingData = (command: Command, terminal: Terminal): Command =>
  inFolder(command, terminal).option(
    "--store <URL>",
    "the event store of services of their own (esdb://…; default: EVENTSTORE_URL, without --data)",
  );

/** Works on the store's events and closes it. Throws Refused where there is none, or it fails. */
export const withStore = async <Result>(
  options: FromData,
  terminal: Terminal,
  work: (reader: Reading) => Promise<Result>,
): Promise<Result> => {
  try {
    return await reading(options, terminal, work);
  } catch (error) {
    if (error instanceof StoreFault) throw new Refused(error.message, [], { cause: error });
    throw error;
  }
};

const factOf = factReader([AnyFact]);

/** Nothing, where somebody else wrote to the stream. */
const recordedFrom = (stored: StoredEvent): readonly Recorded[] => {
  const { stream, revision, position, metadata } = stored;
  const event = factOf(stored) as Fact | undefined;
  return event ? [{ stream, revision, position, event, metadata }] : [];
};

/** Throws Refused where there is no such inspection, naming those that there are. */
export const storedOf = async (reader: Reading, id: string): Promise<readonly StoredEvent[]> => {
  const inspection = InspectionId.safeParse(id);
  const stored = inspection.success ? await readInspection(reader, inspection.data) : [];
  if (stored.length > 0) return stored;
  const known = await inspectionsIn(reader);
  const those = known.length > 0 ? `There are: ${known.join(", ")}.` : "There is none at all.";
  throw new Refused(`There is no inspection ${id}. ${those}`);
};

export const recordsOf = async (reader: Reading, id: string): Promise<readonly Recorded[]> =>
  (await storedOf(reader, id)).flatMap(recordedFrom);

const inspectionsIn = async (reader: Reading): Promise<readonly InspectionId[]> => {
  const found = new Set<InspectionId>();
  for await (const page of reader.readAll({ prefixes: ["inspection-"] })) {
    for (const { stream } of page) {
      const inspection = inspectionOf(stream);
      if (inspection) found.add(inspection);
    }
  }
  return [...found];
};

/** The facts of every programme by id, with the inspections that were scheduled by it. */
export const programmesIn = async (
  reader: Reading,
): Promise<ReadonlyMap<ProgrammeId, readonly ProgrammeKnown[]>> => {
  const found = new Map<ProgrammeId, ProgrammeKnown[]>();
  for await (const page of reader.readAll({ prefixes: ["programme-", "inspection-"] })) {
    for (const stored of page) {
      const id = programmeOf(stored);
      if (id === undefined) continue;
      const facts = found.get(id) ?? [];
      const fact = planned(stored);
      if (fact) facts.push(fact as ProgrammeKnown);
      found.set(id, facts);
    }
  }
  return found;
};

const planned = factReader([ProgrammeEvent, InspectionEvent]);

/** The programme that an event changes: its own, or that of an inspection scheduled by it. */
const programmeOf = ({ stream, type, data }: StoredEvent): ProgrammeId | undefined => {
  if (categoryOf(stream) === "programme") return stream.slice("programme-".length) as ProgrammeId;
  return type === "InspectionScheduled"
    ? (data["programme"] as ProgrammeId | undefined)
    : undefined;
};

const outline = ["inspection-", "fieldwork-", "panel-", "publication-"];

/** The facts of every inspection by id, without the assessments of single cases. */
export const outlinesIn = (reader: Reading) => recordsByInspection(reader, outline);

/** All facts of every inspection by id. */
export const everythingIn = (reader: Reading) =>
  recordsByInspection(reader, [...outline, "assessment-"]);

const recordsByInspection = async (
  reader: Reading,
  prefixes: readonly string[],
): Promise<ReadonlyMap<InspectionId, readonly Recorded[]>> => {
  const found = new Map<InspectionId, Recorded[]>();
  for await (const page of reader.readAll({ prefixes })) {
    for (const stored of page) {
      const inspection = inspectionOf(stored.stream);
      if (!inspection) continue;
      const facts = found.get(inspection);
      if (facts) facts.push(...recordedFrom(stored));
      else if (stored.type === "InspectionScheduled")
        found.set(inspection, [...recordedFrom(stored)]);
    }
  }
  return found;
};
