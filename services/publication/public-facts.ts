/** What can be made public of what is recorded. What others wrote is left out. */
import {
  type ProgrammeEventOf,
  ServicesEnrolled,
} from "@assay/domain/announcement/programme/events.ts";
import {
  FrameworkAdopted,
  type FrameworkEvent,
} from "@assay/domain/announcement/adoption/events.ts";
import type { WhyOptions } from "@assay/domain/audit/explain.ts";
import { FrameworkId } from "@assay/domain/kernel/ids.ts";
import { frameworkStream, inspectionOf } from "@assay/domain/kernel/stream.ts";
import { isPublicationEvent, type PublicationEvent } from "@assay/domain/publication/events.ts";
import { isAway } from "@assay/host/fault.ts";
import { isScheduled, readStream } from "@assay/host/read-inspection.ts";
import { factReader } from "@assay/host/schema.ts";
import { answersReport } from "@assay/report/action-plan.ts";
import { type ReportModel, reportModelOf } from "@assay/report/model.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";

import { factOf, recordedFrom } from "./told.ts";

type Store = Pick<EventStore, "read" | "readAll">;

/** What a service answered to its report. */
export const answersIn = (events: readonly StoredEvent[]): readonly PublicationEvent[] =>
  events
    .filter(answersReport)
    .flatMap((event) => readable(() => factOf(event)) ?? [])
    .filter(isPublicationEvent);

/** Undefined where it is not ours, or no report can be made of what is recorded. */
export const readableModel = async (
  event: StoredEvent,
  store: Store,
): Promise<ReportModel | undefined> => {
  const inspection = inspectionOf(event.stream);
  if (!inspection || !(await isScheduled(store, inspection))) return undefined;
  try {
    return factOf(event) && (await modelOf(event, store));
  } catch (error) {
    if (isAway(error)) throw error;
    return undefined;
  }
};

/** Undefined for what throws: it was set aside by itself. */
const readable = <Read>(read: () => Read): Read | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

type Basis = readonly { readonly stream: string; readonly revision: number }[];

/** From the version's basis, and the publication's own facts up to it. */
export const modelOf = async (event: StoredEvent, store: Store): Promise<ReportModel> => {
  const own = { stream: event.stream, revision: event.revision };
  const basis = [...(event.data["basis"] as Basis), own];
  const streams = await Promise.all(
    basis.map(({ stream, revision }) => readStream(store, stream, revision)),
  );
  return reportModelOf(recordedFrom(streams.flat()), Number(event.data["version"]));
};

/** How the document was adopted that the report rests on; undefined where it came with Assay. */
export const adoptionOf = async (
  { framework: { id, digest } }: ReportModel,
  store: Store,
): Promise<WhyOptions["adopted"]> => {
  const stream = FrameworkId.safeParse(id);
  if (!stream.success) return undefined;
  for (const stored of await readStream(store, frameworkStream(stream.data))) {
    const event = readable(() => adoptedIn(stored));
    if (event?.digest === digest)
      return { stream: stored.stream, revision: stored.revision, event };
  }
  return undefined;
};

/** Where each service is, as the programmes that inspect it last said. */
export const regionsIn = async (store: Store): Promise<ReadonlyMap<string, string>> => {
  const regions = new Map<string, string>();
  for await (const page of store.readAll({ prefixes: ["programme-"] })) {
    for (const event of page) {
      const enrolled = readable(() => enrolledIn(event));
      for (const { id, region } of enrolled?.services ?? []) regions.set(id, region);
    }
  }
  return regions;
};

const adoptedIn = factReader([FrameworkAdopted]) as (
  event: StoredEvent,
) => Extract<FrameworkEvent, { type: "FrameworkAdopted" }> | undefined;

const enrolledIn = factReader([ServicesEnrolled]) as (
  event: StoredEvent,
) => ProgrammeEventOf<"ServicesEnrolled"> | undefined;
