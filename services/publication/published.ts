/**
 * What the pages around the reports are made from, kept in a file as it grows: each version without
 * what it alone prints, each service's answer, each commitment to a draw. So a publication reads
 * what is new, however much was published. Made by other code, or lost, it is made again.
 */
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { inspectionOf, publicationStream } from "@assay/domain/kernel/stream.ts";
import type { Database } from "@assay/host/database.ts";
import { readStream } from "@assay/host/read-inspection.ts";
import { missingFrom } from "@assay/host/witness.ts";
import { type ActionPlan, actionPlanOf, answersReport } from "@assay/report/action-plan.ts";
import type { Publisher } from "@assay/report/metadata.ts";
import {
  type CommittedInspection,
  type OnShelf,
  onShelf,
  type Shelf,
  shelfOf,
} from "@assay/report/shelf.ts";
import {
  comparePositions,
  type EventStore,
  type Position,
  type StoredEvent,
} from "@assay/store/port.ts";

import { committedAfter } from "./committed.ts";
import { answersIn, readableModel, regionsIn } from "./public-facts.ts";

export type Published = {
  /** Reads on beside the work, so that what other code made is made again before it is needed. */
  begin(): void;
  /** All versions up to there (to the end where nothing is said), and what is known of them now. */
  shelfAt(through?: Position): Promise<Shelf>;
  /** Every inspection that was announced, with the commitments to its draw. */
  committedAt(through: Position): Promise<readonly CommittedInspection[]>;
  /** Whether every page was made for this publisher by this code. */
  isRendered(): boolean;
  keepRendered(): void;
  close(): Promise<void>;
};

export type Keeping = {
  readonly store: Pick<EventStore, "read" | "readAll">;
  readonly database: Database;
  readonly publisher: Publisher;
  /** Says which code makes models and pages. */
  readonly code: string;
};

export const isVersion = ({ type }: StoredEvent): boolean =>
  type === "ReportPublished" || type === "CorrectionIssued";

const follower = "published";
const prefixes = ["inspection-", "publication-", "erasure-"];

const tables = `
  create table if not exists version (
    id text primary key, inspection text not null, position text not null, model text not null)
    strict;
  create index if not exists of_inspection on version (inspection);
  create table if not exists framework (digest text primary key, document text not null) strict;
  create table if not exists plan (inspection text primary key, plan text not null) strict;
  create table if not exists committed (inspection text primary key, told text not null) strict;
  create table if not exists made_by (what text primary key, code text not null) strict;
`;

export const openPublished = (keeping: Keeping): Published => new KeptPublished(keeping);

class KeptPublished implements Published {
  readonly #keeping: Keeping;
  #reading: Promise<unknown> = Promise.resolve();
  #checked = false;
  #closed = false;

  constructor(keeping: Keeping) {
    this.#keeping = keeping;
    const { database, code } = keeping;
    database.sqlite.exec(tables);
    if (this.#madeBy("models") !== code) this.#forget();
  }

  /** Where it fails, a publication does it. */
  begin(): void {
    void this.#upTo(undefined).catch(() => undefined);
  }

  async shelfAt(through?: Position): Promise<Shelf> {
    await this.#upTo(through);
    const { store, publisher } = this.#keeping;
    const plans = new Map(
      this.#all("select inspection, plan from plan").map(({ inspection, plan }) => [
        inspection!,
        JSON.parse(plan!) as ActionPlan,
      ]),
    );
    const regions = await regionsIn(store);
    const committed = this.#committed();
    return shelfOf(this.#versions(through), { publisher, regions, plans, committed });
  }

  async committedAt(through: Position): Promise<readonly CommittedInspection[]> {
    await this.#upTo(through);
    return this.#committed();
  }

  isRendered(): boolean {
    return this.#madeBy("pages") === this.#pagesBy();
  }

  keepRendered(): void {
    this.#keepMadeBy("pages", this.#pagesBy());
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#reading;
    this.#keeping.database.close();
  }

  #pagesBy(): string {
    return `${this.#keeping.code} ${JSON.stringify(this.#keeping.publisher)}`;
  }

  /** One reading at a time, whoever asks. */
  #upTo(through: Position | undefined): Promise<void> {
    const read = this.#reading.then(() => this.#readOn(through));
    this.#reading = read.catch(() => undefined);
    return read;
  }

  async #readOn(through: Position | undefined): Promise<void> {
    const { store, database } = this.#keeping;
    if (!this.#checked && (await missingFrom(store, database)) !== undefined) this.#forget();
    this.#checked = true;
    const after = database.position(follower);
    const isWithin = (position: Position) => !through || comparePositions(position, through) <= 0;
    const options = after === undefined ? { prefixes } : { prefixes, after };
    for await (const page of store.readAll(options)) {
      const news = page.filter(({ position }) => isWithin(position));
      const last = news.at(-1);
      if (last !== undefined) await this.#take(news, last);
      if (this.#closed) return;
      if (news.length < page.length) return;
    }
  }

  async #take(events: readonly StoredEvent[], last: StoredEvent): Promise<void> {
    const { database } = this.#keeping;
    const made: Made[] = [];
    for (const touched of touchedBy(events)) made.push(await this.#make(touched, last.position));
    database.transaction(() => {
      for (const each of made) this.#keep(each);
      for (const event of events) this.#keepCommitted(event);
      database.keepPosition(follower, last.position, last);
    });
  }

  /** What the public reads of one inspection up to there. What others wrote is left out. */
  async #make({ inspection, anew }: Touched, end: Position): Promise<Made> {
    const { store } = this.#keeping;
    const stream = await readStream(store, publicationStream(inspection));
    const own = stream.filter(({ position }) => comparePositions(position, end) <= 0);
    const versions: Version[] = [];
    for (const event of own.filter(isVersion)) {
      const made = anew || !this.#has(event) ? await readableModel(event, store) : undefined;
      if (made) versions.push({ event, model: onShelf(made) });
    }
    const newest = versions.at(-1)?.model ?? this.#versions(end, inspection).at(-1);
    const answers = answersIn(own);
    const plan = newest && answers.length > 0 ? actionPlanOf(newest, answers) : undefined;
    return { inspection, versions, plan };
  }

  #keep({ inspection, versions, plan }: Made): void {
    const { sqlite } = this.#keeping.database;
    const keepFramework = sqlite.prepare("insert or ignore into framework values (?, ?)");
    const keepVersion = sqlite.prepare("insert or replace into version values (?, ?, ?, ?)");
    const keepPlan = sqlite.prepare("insert or replace into plan values (?, ?)");
    for (const { event, model } of versions) {
      const { framework, ...rest } = model;
      const kept = JSON.stringify({ ...rest, framework: framework.digest });
      keepFramework.run(framework.digest, JSON.stringify(framework));
      keepVersion.run(event.id, inspection, event.position, kept);
    }
    if (plan) keepPlan.run(inspection, JSON.stringify(plan));
  }

  #keepCommitted(event: StoredEvent): void {
    const inspection = inspectionOf(event.stream);
    if (inspection === undefined) return;
    const { sqlite } = this.#keeping.database;
    const row = sqlite.prepare("select told from committed where inspection = ?").get(inspection);
    const former = row && (JSON.parse(String(row["told"])) as CommittedInspection);
    const now = committedAfter(former, event);
    if (now === undefined) return;
    const keep =
      "insert into committed values (?, ?) on conflict do update set told = excluded.told";
    sqlite.prepare(keep).run(inspection, JSON.stringify(now));
  }

  #committed(): readonly CommittedInspection[] {
    return this.#all("select told from committed order by rowid")
      .map(({ told }) => JSON.parse(told!) as CommittedInspection)
      .filter(({ commitments }) => commitments.length > 0);
  }

  #has({ id }: StoredEvent): boolean {
    const { sqlite } = this.#keeping.database;
    return sqlite.prepare("select 1 from version where id = ?").get(id) !== undefined;
  }

  /** Up to there, of one inspection or of all, in the order in which they were published. */
  #versions(end: Position | undefined, of?: InspectionId): readonly OnShelf[] {
    const frameworks = new Map(
      this.#all("select document from framework").map(({ document }) => {
        const framework = JSON.parse(document!) as OnShelf["framework"];
        return [framework.digest, framework];
      }),
    );
    const rows = this.#all(
      "select position, model from version where ifnull(inspection = ?, 1)",
      of,
    );
    return rows
      .filter(({ position }) => !end || comparePositions(position as Position, end) <= 0)
      .toSorted((a, b) => comparePositions(a["position"] as Position, b["position"] as Position))
      .map(({ model }) => {
        const kept = JSON.parse(model!) as Omit<OnShelf, "framework"> & { framework: string };
        return { ...kept, framework: frameworks.get(kept.framework)! };
      });
  }

  #all(sql: string, ...of: readonly (string | undefined)[]) {
    const { sqlite } = this.#keeping.database;
    const rows = sqlite.prepare(sql).all(...of.map((each) => each ?? null));
    return rows as Readonly<Record<string, string>>[];
  }

  #madeBy(what: string): unknown {
    const { sqlite } = this.#keeping.database;
    return sqlite.prepare("select code from made_by where what = ?").get(what)?.["code"];
  }

  #keepMadeBy(what: string, code: string): void {
    const { sqlite } = this.#keeping.database;
    sqlite.prepare("insert or replace into made_by values (?, ?)").run(what, code);
  }

  #forget(): void {
    const { database, code } = this.#keeping;
    database.transaction(() => {
      for (const table of ["version", "framework", "plan", "committed", "position"])
        database.sqlite.exec(`delete from ${table}`);
      this.#keepMadeBy("models", code);
    });
  }
}

type Version = { readonly event: StoredEvent; readonly model: OnShelf };
type Touched = { readonly inspection: InspectionId; readonly anew: boolean };
type Made = {
  readonly inspection: InspectionId;
  readonly versions: readonly Version[];
  readonly plan: ActionPlan | undefined;
};

/** Inspections of which something else is public now; those with erased words are made anew. */
const touchedBy = (events: readonly StoredEvent[]): readonly Touched[] => {
  const found = new Map<InspectionId, Touched>();
  for (const event of events) {
    const inspection = inspectionOf(event.stream);
    const anew = event.stream.startsWith("erasure-");
    if (!inspection || !(anew || isVersion(event) || answersReport(event))) continue;
    found.set(inspection, { inspection, anew: anew || found.get(inspection)?.anew === true });
  }
  return [...found.values()];
};
