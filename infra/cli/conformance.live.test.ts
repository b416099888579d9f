/** Frameworks of many inspectorates, adopted in one engine and carried to published reports. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openDesk } from "@assay/console/contract/desk.ts";
import { standardForms } from "@assay/console/forms/panel.ts";
import { onTheBoard } from "@assay/console/reading/board.ts";
import { holding, nothingHeld } from "@assay/console/reading/held.ts";
import { ratingHistory } from "@assay/domain/audit/as-at.ts";
import { differenceBetween } from "@assay/domain/audit/difference.ts";
import { is, type Recorded } from "@assay/domain/audit/recorded.ts";
import type { Framework } from "@assay/domain/framework/document.ts";
import { factIn } from "@assay/domain/facts.ts";
import { caseQuestionsOf, standardIn } from "@assay/domain/framework/standards.ts";
import { provisionalOn } from "@assay/domain/framework/provisional.ts";
import { knownFrom, versions } from "@assay/domain/framework/versions.ts";
import { InspectionId } from "@assay/domain/kernel/ids.ts";
import { type Day, Instant } from "@assay/domain/kernel/instants.ts";
import { people, type Plot } from "@assay/domain/reconstruction/story.ts";
import { madeUpPlot } from "@assay/domain/reconstruction/made-up.ts";
import { carry, deliver } from "@assay/embedded/carry.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { adoptionOf } from "@assay/embedded/trial.ts";
import { hasScore } from "@assay/domain/ratings/overall.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { redact } from "@assay/ledger/leaf.ts";
import { keyringOf, signerFrom } from "@assay/ledger/keys.ts";
import { bundleOf } from "@assay/verifier/contract/resign.ts";
import { judge } from "@assay/verifier/judge.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import { trials } from "@assay/spec/conformance/trials.ts";
import { foreignTo, saidIn } from "@assay/spec/conformance/vocabulary.ts";
import { type Read, readAfterwards, readOnTheWay } from "./contract/read-everywhere.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const clock = createSteppedClock(Instant.parse("2025-09-01T09:00:00.000Z"));
const log = createLog({ service: "test", level: "silent" });
const start = "2026-03-02" as Day;

const keyring = keyringOf(
  signerFrom("inspectorate.example", Buffer.alloc(32, 7).toString("base64")),
);

const documents = new Map(
  Object.values(trials).map(({ framework }) => [framework.id, knownFrom(framework)]),
);

const idOf = (place: number): InspectionId => InspectionId.parse(`trial-${place + 1}`);

const plots = Object.values(trials).map((trial, place): Plot =>
  madeUpPlot({ ...trial, inspection: idOf(place), service: `Place ${place + 1}`, start, seed: 0 }),
);

const others = (own: Framework) =>
  [...documents.values(), ...versions]
    .filter(({ framework }) => framework.id !== own.id)
    .map(({ framework }) => [framework.id, foreignTo(own, framework)] as const);

let dataDir: string;
let engine: Engine;
/** What was read of each inspection. */
const read = new Map<InspectionId, Read>();

/** One inspection of each document, and of each kind. */
const isRead = ({ inspection, framework, kind }: Plot): boolean =>
  plots.find((plot) => plot.framework.id === framework.id && plot.kind === kind)?.inspection ===
  inspection;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "assay-conformance-"));
  engine = await startEngine({ dataDir, clock, log });
  const shipped = new Set(versions.map(({ framework }) => framework.id));
  for (const known of documents.values())
    if (!shipped.has(known.framework.id)) await deliver(engine.bus, adoptionOf(known, clock.now()));
  for (const { inspection } of plots) read.set(inspection, new Map());
  const reading = {
    engine,
    clock,
    dataDir,
    read: (inspection: InspectionId) => read.get(inspection)!,
  };
  const { scenes, close } = await readOnTheWay(reading, isRead);
  await carry({ engine, clock, plots, scenes });
  close();
  for (const plot of plots.filter(isRead)) await readAfterwards(reading, plot);
}, 300_000);
afterAll(async () => {
  await engine.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const factsOf = async (place: number) =>
  (await readInspection(engine.store, idOf(place))).map((event) => factIn(event));

describe("an inspection is carried to a published report under the framework of", () => {
  it.each(Object.entries(trials).map(([name, trial], place) => [name, trial, place] as const))(
    "%s",
    async (_, { ratings, whole }, place) => {
      const facts = await factsOf(place);
      const concluded = facts.findLast((fact) => fact.type === "RatingsConcluded");
      if (concluded?.type !== "RatingsConcluded") throw new Error("nothing was concluded");
      const rated = concluded.standards.map(({ standard, rating }) => [standard, rating]);
      expect(Object.fromEntries(rated)).toEqual(ratings);
      const decided = facts.findLast((fact) => fact.type === "OverallDecided");
      const overall = decided?.type === "OverallDecided" ? decided.overall : concluded.overall;
      expect(overall ?? null).toBe(whole);
      expect(facts.some(({ type }) => type === "ReportPublished")).toBe(true);
    },
  );
});

describe("what changed since before its first judgement is put down to judgements, under", () => {
  it.each(plots.map((plot) => [plot.framework.id, plot.kind ?? "", plot] as const))(
    "%s %s",
    async (_id, _kind, { inspection, framework }) => {
      const stored = await readInspection(engine.store, inspection);
      const events: Recorded[] = stored.map((event) => ({ ...event, event: factIn(event) }));
      const first = events.findIndex((recorded) => is(recorded, "JudgementRecorded"));
      const { answers, standards } = differenceBetween(events.slice(0, first), events);
      for (const { standard, because } of standards) {
        const asked = caseQuestionsOf(standardIn(framework, standard)!).map(({ code }) => code);
        const acts = answers.flatMap(({ question, act }) => (asked.includes(question) ? act : []));
        expect(because.filter(({ type }) => type === "JudgementRecorded")).toEqual(acts);
      }
    },
  );
});

it("ends the history of each standard with the rating that was expected", async () => {
  for (const [place, { framework, ratings }] of Object.values(trials).entries()) {
    const stored = await readInspection(engine.store, idOf(place));
    const steps = ratingHistory(stored.map((event) => ({ ...event, event: factIn(event) })));
    for (const { code } of framework.standards) {
      const ended = steps.findLast(({ standard }) => standard === code)?.to.rating ?? null;
      expect([framework.id, code, ended]).toEqual([framework.id, code, ratings[code] ?? null]);
    }
  }
});

describe("an outsider finds nothing wrong with an inspection under", () => {
  it.each(plots.filter(isRead).map((plot) => [plot.framework.id, plot.kind ?? "", plot] as const))(
    "%s %s",
    async (_id, _kind, { inspection }) => {
      const events = await readInspection(engine.store, inspection);
      const end = events.findLastIndex(({ type }) => type === "ReportPublished") + 1;
      const items = events.slice(0, end).map((event) => ({
        event: redact(event as never),
        ...(event.type === "CaseListSubmitted" && { hidden: "It lists people's cases." }),
      }));
      const { checks } = judge(bundleOf(inspection, items, keyring), keyring.keys);
      expect(checks.filter(({ holds }) => !holds)).toEqual([]);
    },
  );
});

describe("nothing is said of a total or of an overall rating that there is not, under", () => {
  it.each(plots.filter(isRead).map((plot) => [plot.framework.id, plot.kind ?? "", plot] as const))(
    "%s %s",
    (_id, _kind, { inspection, framework }) => {
      const never = [
        ...(hasScore(framework) ? [] : [/\d+ out of \d/, /\d\/\d+ overall/, /not scored/]),
        ...(framework.overall ? [] : [/\boverall withheld/, /overall +withheld/]),
      ];
      const pages = [...read.get(inspection)!].filter(([where]) => !/json|csv|^\/api/.test(where));
      const found = pages.flatMap(([where, text]) =>
        never.flatMap((words) => words.exec(text)?.map((said) => `${where}: ${said}`) ?? []),
      );
      expect(found).toEqual([]);
    },
  );
});

describe("it is told why each domain that is rated got its rating, under", () => {
  const rating = plots
    .filter(isRead)
    .filter(({ framework }) => framework.domains.some((each) => each.rating));
  it.each(rating.map((plot) => [plot.framework.id, plot.kind ?? "", plot] as const))(
    "%s %s",
    async (_id, _kind, { inspection, framework }) => {
      const pages = read.get(inspection)!;
      const facts = (await readInspection(engine.store, inspection)).map((event) => factIn(event));
      const concluded = facts.findLast((fact) => fact.type === "RatingsConcluded");
      const domains = (concluded?.type === "RatingsConcluded" && concluded.domains) || [];
      expect(domains.length).toBeGreaterThan(0);
      for (const { domain, rating: given } of domains) {
        const { label } = framework.domains.find(({ number }) => number === domain)!;
        const said = `domain ${domain}, ${label}, was rated ${given}.`.toLowerCase();
        const at = [
          `/inspections/${inspection}/why/${domain} before the end`,
          `assay why ${inspection} ${domain}`,
          "why.html",
        ];
        expect(at.filter((where) => !pages.get(where)?.includes(said))).toEqual([]);
      }
    },
  );

  it("with the limits that bind people, who are not offered what is beyond them", async () => {
    const { inspection } = plots.find(({ framework }) => framework.id === "colleges")!;
    const page = read.get(inspection)!.get(`/inspections/${inspection}/panel/1 before the end`);
    expect(page).toContain("it can be no better than requires improvement");
    const events = await readInspection(engine.store, inspection);
    const held = holding(nothingHeld(inspection), events);
    const domain = onTheBoard(held.panel).find(({ code }) => code === "1")!;
    const { decide, voice } = standardForms(held, domain, people.members[0].id);
    expect([decide[0], voice[0]]).toMatchObject(
      Array.from({ length: 2 }, () => ({
        says: { rating: { options: [{ value: "inadequate" }, { value: "requires improvement" }] } },
      })),
    );
  });
});

describe("a provisional setting stands beside each rating that rests on it, under", () => {
  it.each(plots.filter(isRead).map((plot) => [plot.framework.id, plot.kind ?? "", plot] as const))(
    "%s %s",
    (_id, _kind, { inspection, framework }) => {
      const pages = read.get(inspection)!;
      const at = `/inspections/${inspection}`;
      const subjects = [...framework.standards.map(({ code }) => code), "overall"];
      const found = subjects.flatMap((subject) => {
        const settings = provisionalOn(framework, subject).map(({ what }) => what.toLowerCase());
        return [`${at}/panel/${subject} before ConvenePanel`, `${at}/why/${subject} before the end`]
          .filter((page) => pages.has(page))
          .filter((page) => {
            const text = pages.get(page)!;
            const told = /provisional: (?:its rating|it) rests on [^(]*\((\d+)\)/.exec(text)?.[1];
            return (
              Number(told ?? 0) !== settings.length ||
              !settings.every((what) => text.includes(what))
            );
          });
      });
      expect(found).toEqual([]);
      const marks = pages.get(`${at}/panel before the end`)!.match(/\bprovisional\b/g) ?? [];
      const rated = subjects.filter((each) => provisionalOn(framework, each).length > 0);
      expect(marks).toHaveLength(rated.length);
      const board = pages.get(`/api/v1${at}/panel before the end`)!;
      expect(board.match(/"provisional": ?true/g) ?? []).toHaveLength(
        rated.filter((each) => each !== "overall").length,
      );
    },
  );

  it("also on the list of what is published", async () => {
    const desk = await openDesk(engine, clock);
    const { text } = await desk.read("/public");
    desk.close();
    const marked = [...text.matchAll(/href="\/public\/(trial-\d+)\/why\/overall"/g)];
    const rested = plots.flatMap(({ framework, inspection }) =>
      framework.overall && provisionalOn(framework, "overall").length > 0 ? [inspection] : [],
    );
    expect(new Set(marked.map(([, id]) => id))).toEqual(new Set<string>(rested));
    expect(rested.length).toBeGreaterThan(0);
  });
});

describe("nobody reads a word of another framework in an inspection under", () => {
  it.each(plots.filter(isRead).map((plot) => [plot.framework.id, plot.kind ?? "", plot] as const))(
    "%s %s",
    (_id, _kind, plot) => {
      const own = documents.get(plot.framework.id)!.framework;
      const found = others(own).flatMap(([id, words]) =>
        words.flatMap((word) =>
          [...read.get(plot.inspection)!].flatMap(([where, text]) => {
            const said = saidIn(text, word);
            return said === undefined ? [] : [`${where}, “${word}” of ${id}: ${said}`];
          }),
        ),
      );
      expect(found).toEqual([]);
    },
  );
});
