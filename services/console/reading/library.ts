/**
 * All inspections as the console reads them. Lists come from outlines in a file; one inspection is
 * folded when somebody looks at it. Each reading goes on in the store from where the last one
 * ended, so a page shows everything that was recorded before it was asked for. No command trusts
 * any of it.
 */
import { setImmediate } from "node:timers/promises";

import type { ProgrammeState } from "@assay/domain/announcement/programme/state.ts";
import type { InspectionId, PersonId, ProgrammeId } from "@assay/domain/kernel/ids.ts";
import { categoryOf, inspectionOf, remindersStream } from "@assay/domain/kernel/stream.ts";
import { createCache } from "@assay/host/cache.ts";
import { codeFingerprint } from "@assay/host/code.ts";
import { type Database, openDatabase } from "@assay/host/database.ts";
import { isAway, reasonOf } from "@assay/host/fault.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import { missingFrom } from "@assay/host/witness.ts";
import {
  comparePositions,
  type EventStore,
  type Position,
  type StoredEvent,
} from "@assay/store/port.ts";

import { frameworksAfter, type KeptFrameworks, readFrameworks } from "./frameworks.ts";
import { begins, grouped } from "./grouped.ts";
import { type Held, holding, type Listed, nothingHeld } from "./held.ts";
import { type CasesOf, Outlines } from "./outlines.ts";
import { programmesAmong, readProgramme, withScheduled } from "./programmes.ts";
import { SetAside } from "./set-aside.ts";
import { factsAmong, isFact } from "./vetted.ts";
import { asFarAsKept, inTime, oneAtATime } from "./waiting.ts";

export type Library = {
  /** Every inspection in outline, as it stands now. */
  all(): Promise<ReadonlyMap<InspectionId, Listed>>;
  listed(inspection: string): Promise<Listed | undefined>;
  one(inspection: string): Promise<Held | undefined>;
  /** Every inspection in which somebody has cases, with these. */
  casesOf(person: PersonId): Promise<readonly CasesOf[]>;
  /** Every programme, with what became of its placements. */
  programmes(): Promise<ReadonlyMap<ProgrammeId, ProgrammeState>>;
  /** What became of each framework that was adopted or withdrawn. */
  frameworks(): Promise<KeptFrameworks>;
  /** The same as it was last read, for what cannot wait. */
  frameworksRead(): KeptFrameworks;
  /** Every event of one inspection, in the store's order; the same array until there is more. */
  events(held: Held): Promise<readonly StoredEvent[]>;
  /** Nothing is read or kept from then on. */
  close(): void;
};

/** Inspections whose events are kept for reading: one takes about a megabyte. */
const mostKept = 12;

/** Folded events kept in memory: some twenty inspections. */
const capacity = 20_000;

/** Throws where something of it cannot be read. What was folded before is passed over. */
const heldAfter = (before: Held, events: readonly StoredEvent[]): Held => {
  const news = events.filter(
    ({ stream, revision }) => revision > (before.streams.get(stream) ?? -1),
  );
  factsAmong(news, before.streams);
  return holding(before, news);
};

/** `database` is its own file, where one is to be kept. */
export const createLibrary = (
  store: EventStore,
  database: Database = openDatabase(":memory:"),
): Library => new OutlinedLibrary(store, database);

class OutlinedLibrary implements Library {
  readonly #store: EventStore;
  readonly #database: Database;
  readonly #outlines: Outlines;
  readonly #held = createCache<{ readonly held: Held; readonly weight: number }>(capacity);
  readonly #folding = new Map<InspectionId, Folding>();
  readonly #events = new Map<InspectionId, readonly StoredEvent[]>();
  readonly #planned = new Map<ProgrammeId, ProgrammeState>();
  #frameworks: KeptFrameworks = new Map();
  #programmes: ReadonlyMap<ProgrammeId, ProgrammeState> | undefined;
  /** How far the store was read, the page under way included. */
  #reached: Position | undefined;
  #checked = false;
  #closed = false;

  constructor(store: EventStore, database: Database) {
    this.#store = store;
    this.#database = database;
    this.#outlines = new Outlines(database, codeFingerprint());
  }

  async all(): Promise<ReadonlyMap<InspectionId, Listed>> {
    await this.#upToDate();
    const missing = () => this.#outlines.missing();
    if (missing().missing > 0) await inTime(this.#makeStale(), missing, "what is missing");
    return this.#outlines.all();
  }

  async listed(inspection: string): Promise<Listed | undefined> {
    await this.#upToDate();
    const id = inspection as InspectionId;
    const made = this.#outlines.one(id);
    if (made || !this.#outlines.has(id)) return made;
    // Heard of, and not made yet.
    await this.one(id).catch((error: unknown) => {
      if (!(error instanceof SetAside)) throw error;
    });
    return this.#outlines.one(id);
  }

  async one(inspection: string): Promise<Held | undefined> {
    const id = inspection as InspectionId;
    await this.#upToDate();
    if (!this.#outlines.has(id)) return undefined;
    try {
      const held = await this.#hold(id);
      if (this.#outlines.one(id) === undefined) this.#outlines.keep({ made: [held] });
      return held;
    } catch (error) {
      if (isAway(error)) throw error;
      this.#outlines.keep({ aside: [id] });
      throw new SetAside(inspection, reasonOf(error));
    }
  }

  async casesOf(person: PersonId): Promise<readonly CasesOf[]> {
    await this.all();
    return this.#outlines.casesOf(person);
  }

  async programmes(): Promise<ReadonlyMap<ProgrammeId, ProgrammeState>> {
    const all = await this.all();
    if (this.#programmes) return this.#programmes;
    const found = new Map<ProgrammeId, ProgrammeState>();
    for (const id of this.#outlines.programmes()) {
      const known = this.#planned.get(id) ?? (await readProgramme(this.#store, id));
      this.#planned.set(id, known);
      found.set(id, withScheduled(id, known, all.values()));
    }
    this.#programmes = found;
    return found;
  }

  async frameworks(): Promise<KeptFrameworks> {
    await this.#upToDate();
    return this.frameworksRead();
  }

  frameworksRead(): KeptFrameworks {
    return this.#frameworks;
  }

  async events(held: Held): Promise<readonly StoredEvent[]> {
    const found = this.#events.get(held.inspection);
    if (found && found.at(-1)?.position === held.last?.position) return found;
    return this.#keepEvents(held.inspection, await this.#read(held.inspection));
  }

  close(): void {
    this.#closed = true;
  }

  async #upToDate(): Promise<void> {
    await inTime(this.#readOn().catch(asFarAsKept), () => this.#outlines.missing());
    void this.#makeStale().catch(() => undefined);
  }

  readonly #readOn = oneAtATime(async () => {
    if (!this.#checked && (await missingFrom(this.#store, this.#database)) !== undefined)
      this.#outlines.beginAnew();
    this.#checked = true;
    if (this.#reached === undefined) {
      const reached = this.#outlines.through() ?? (await this.#hearOfAll());
      this.#frameworks = await readFrameworks(this.#store);
      this.#reached = reached;
    }
    const after = this.#outlines.through();
    const options = after === undefined ? {} : { after };
    for await (const page of this.#store.readAll(options)) {
      if (this.#closed) return;
      await this.#take(page);
    }
  });

  /** Of a store that was never read: only what there is, to be made by and by. */
  async #hearOfAll(): Promise<Position | undefined> {
    const heard = new Set<InspectionId>();
    let last: StoredEvent | undefined;
    for await (const [end] of this.#store.readAll({ direction: "backwards", limit: 1 })) last = end;
    if (last === undefined) return undefined;
    const prefixes = ["inspection-", "programme-"];
    for await (const page of this.#store.readAll({ prefixes })) {
      for (const { stream } of page.filter(begins)) heard.add(inspectionOf(stream)!);
      this.#outlines.keep({ programmes: programmesAmong(page) });
    }
    this.#outlines.keep({ heard: [...heard], last });
    this.#programmes = undefined;
    return last.position;
  }

  async #take(page: readonly StoredEvent[]): Promise<void> {
    const last = page.at(-1)!;
    this.#reached = last.position;
    const made: Held[] = [];
    const aside: InspectionId[] = [];
    for (const [inspection, events] of grouped(page)) {
      if (!this.#outlines.has(inspection) && !events.some(begins)) continue;
      try {
        made.push(await this.#follow(inspection, events));
      } catch (error) {
        if (isAway(error)) throw error;
        this.#held.drop(inspection);
        aside.push(inspection);
      }
    }
    this.#frameworks = frameworksAfter(this.#frameworks, page);
    const programmes = programmesAmong(page);
    this.#outlines.keep({ made, aside, programmes, last });
    for (const id of programmes) this.#planned.delete(id);
    this.#programmes = undefined;
  }

  /** Once something was erased all is read anew, so that no word of it is held any longer. */
  async #follow(inspection: InspectionId, events: readonly StoredEvent[]): Promise<Held> {
    this.#folding.delete(inspection);
    if (events.some(({ stream }) => categoryOf(stream) === "erasure")) {
      this.#held.drop(inspection);
      this.#events.delete(inspection);
    }
    const before = this.#held.get(inspection)?.held;
    if (before === undefined) return this.#hold(inspection);
    return this.#keepHeld(heldAfter(before, events));
  }

  /** As far as the store was read. */
  #hold(inspection: InspectionId): Promise<Held> {
    const known = this.#held.get(inspection)?.held;
    if (known) return Promise.resolve(known);
    const begun = this.#folding.get(inspection);
    if (begun) return begun.held;
    const end = this.#reached!;
    const held = this.#fold(inspection, end);
    this.#folding.set(inspection, { end, held });
    return held;
  }

  /** Not kept where more came while it was read. */
  async #fold(inspection: InspectionId, end: Position): Promise<Held> {
    const isCurrent = (): boolean => this.#folding.get(inspection)?.end === end;
    try {
      const all = await this.#read(inspection);
      const events = all.filter(({ position }) => comparePositions(position, end) <= 0);
      const held = heldAfter(nothingHeld(inspection), events);
      if (!isCurrent()) return held;
      this.#keepEvents(inspection, events);
      return this.#keepHeld(held);
    } finally {
      if (isCurrent()) this.#folding.delete(inspection);
    }
  }

  /** Makes what has no outline yet, or one by other code. */
  readonly #makeStale = oneAtATime(async () => {
    for (let id = this.#outlines.stale(); id && !this.#closed; id = this.#outlines.stale()) {
      try {
        const held = await this.#hold(id);
        if (!this.#closed && this.#outlines.stale() === id) this.#outlines.keep({ made: [held] });
      } catch (error) {
        if (isAway(error)) throw error;
        this.#outlines.keep({ aside: [id] });
      }
      // Requests come first.
      await setImmediate();
    }
  });

  #keepHeld(held: Held): Held {
    this.#held.keep(held.inspection, { held, weight: held.events });
    return held;
  }

  #read(inspection: InspectionId): Promise<readonly StoredEvent[]> {
    return readInspection(this.#store, inspection, [remindersStream(inspection)]);
  }

  #keepEvents(inspection: InspectionId, events: readonly StoredEvent[]): readonly StoredEvent[] {
    const facts = events.filter(isFact);
    this.#events.delete(inspection);
    if (facts.length > 0) this.#events.set(inspection, facts);
    const oldest = this.#events.keys().next().value;
    if (this.#events.size > mostKept && oldest !== undefined) this.#events.delete(oldest);
    return facts;
  }
}

/** One that is being folded, and up to where. */
type Folding = { readonly end: Position; readonly held: Promise<Held> };
