import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Instant } from "@assay/domain/kernel/instants.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { serve, type Serving } from "@assay/embedded/serve.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { openLedger, publishing } from "@assay/publication/publishing.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { atTerminal } from "./contract/at-terminal.ts";

const document = join(import.meta.dirname, "../../examples/frameworks/early-years-2026.json");
const id = "meadow-house-2026";
const clock = createSteppedClock(Instant.parse("2026-04-20T09:00:00.000Z"));
const log = createLog({ service: "test", level: "silent" });

let dataDir: string;
let engine: Engine;
let serving: Serving;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "assay-adopted-"));
  const reactions = publishing(dataDir, await openLedger(dataDir));
  engine = await startEngine({ dataDir, clock, log, reactions });
  serving = await serve({ engine, log, port: 0, plots: [], clock, dataDir });
});
afterAll(async () => {
  await serving.close();
  await engine.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const assay = (...words: readonly string[]) =>
  atTerminal(words, {
    pathOf: (name) => (name.startsWith("/") ? name : join(dataDir, name)),
    dataDir: ".",
    engine: { url: `http://127.0.0.1:${serving.port}` },
    now: () => clock.now(),
  });

const done = async (...words: readonly string[]): Promise<string> => {
  const { status, out, err } = await assay(...words);
  expect({ words, status, out: status === 0 ? "" : out, err }).toMatchObject({
    words,
    status: 0,
    out: "",
    err: "",
  });
  return out;
};

const head = "head-of-programme";
const scheduler = "scheduler";
const analyst = "research-analyst";
const manager = "service-manager/provider-user/meadow-house";
const lead = "lena/lead-inspector";
const inspector = "iris/inspector";
const chair = "panel-chair";
const present = ["panel-chair", "panel-member-1", "panel-member-2"];

/** One command of the inspection after the other, by the command line. */
const tell = async (
  as: string,
  asked: Readonly<Record<string, object>> | readonly (readonly [string, object])[],
): Promise<void> => {
  for (const [type, fields] of Array.isArray(asked) ? asked : Object.entries(asked))
    await done("do", id, type, "--with", JSON.stringify(fields), "--as", as);
};

const moveTo = (when: string) => clock.moveTo(Instant.parse(when), () => engine.idle());

const fieldwork = { start: "2026-06-08", end: "2026-06-12" };
const scheduling = {
  service: { id: "meadow-house", name: "Meadow House" },
  framework: "early-years-2026",
  fieldwork,
  team: [
    { person: "lena", role: "lead-inspector" },
    { person: "iris", role: "inspector" },
  ],
};

/** Five children, of whom three have a support plan. */
const cases = [1, 2, 3, 4, 5].map((place) => ({
  case: `c000${place}`,
  hasPlan: place <= 3,
  answers: { "2.1.1a": "yes", "2.1.1": place === 5 ? "no" : "yes" },
  plan: { "2.1.2": place === 3 ? "no" : "yes" },
}));

it("is refused before it is adopted, and adopted while the engine runs", async () => {
  const asked = JSON.stringify(scheduling);
  const early = await assay("do", id, "ScheduleInspection", "--with", asked, "--as", scheduler);
  expect([early.status, early.out]).toEqual([1, expect.stringContaining("early-years-2026")]);
  const other = await assay("framework", "adopt", document, "--as", scheduler);
  expect(other).toMatchObject({ status: 1 });
  await done("framework", "adopt", document, "--as", head);
  expect(await done("framework", "adopt", document, "--as", head)).toContain("nothing had to");
  expect(await done("framework", "list")).toMatch(/early-years-2026 .* adopted/);
  expect(await done("case-list", "template", "--framework", "early-years-2026")).toContain(
    "Key worker",
  );
});

it("is inspected under from the scheduling to the drawn cases", async () => {
  await tell(scheduler, { ScheduleInspection: scheduling });
  await moveTo("2026-05-01T09:00:00.000Z");
  const recipients = ["service-manager", "board-chair"].map((office) => ({
    office,
    text: { name: `The ${office}` },
  }));
  await tell(scheduler, { AnnounceInspection: { recipients } });
  const rows = cases.map(({ case: child }) => ({
    reference: `R-${child}`,
    child: `K-${child}`,
    keyWorker: "W-1",
    startedOn: "2025-09-01",
    funded: child !== "c0001",
  }));
  await tell(manager, { SubmitCaseList: { rows } });
  for (const [place, request] of ["evidence-in-advance", "contextual-data"].entries()) {
    const file = { bytes: 120, mediaType: "text/csv", name: `${request}.csv` };
    const digest = String(place).repeat(64);
    await tell(manager, { ReceiveSubmission: { request, digest, ...file } });
    await tell(lead, { SatisfyRequest: { request } });
  }
  await tell(analyst, { DrawSample: {}, NotifySample: {} });
  await tell(
    lead,
    cases.map((each) => ["AllocateCase", { case: each.case, to: "iris" }] as const),
  );
  await moveTo("2026-06-08T10:00:00.000Z");
});

it("is judged by its own questions", async () => {
  for (const { case: child, hasPlan, answers, plan } of cases) {
    const rationale = "As the record shows.";
    const judged = Object.entries({ ...answers, ...(hasPlan && plan) }).map(
      ([question, answer]) =>
        ["RecordJudgement", { case: child, question, answer, rationale }] as const,
    );
    const scope = { facts: { hasPlan }, notDue: [] };
    await tell(inspector, [
      ["RecordScope", { case: child, scope }],
      ...judged,
      ["CompleteAssessment", { case: child }],
    ]);
    await tell(lead, { ConfirmAssessment: { case: child } });
  }
  const item = "minutes";
  const evidence = { item, kind: "document", keyQuestions: ["1.1.1"], title: "Minutes" };
  const proposal = { standard: "1.1", rating: "Fully met", evidence: [item], rationale: "So." };
  await moveTo("2026-06-12T15:00:00.000Z");
  await tell(lead, {
    LogEvidence: evidence,
    ProposeDomainOne: proposal,
    GiveInitialFeedback: { day: fieldwork.end, summary: "What was found." },
    CloseFieldwork: {},
  });
});

it("is rated by its own grades and published", async () => {
  await moveTo("2026-06-26T10:00:00.000Z");
  await tell(chair, {
    ConvenePanel: { chair: "panel-chair", members: present },
    ConsiderStandard: { standard: "2.1", present },
    DecideDomainOne: { standard: "1.1", rating: "Fully met", present },
    ConcludePanel: { present },
  });
  await moveTo("2026-07-10T10:00:00.000Z");
  const sections = ["summary", "domain-1", "domain-2"].map(
    (section) => ["DraftSection", { section, markdown: "What was found is told here." }] as const,
  );
  const recommendation = { number: 1, addressee: "Meadow House", wording: "Follow each plan." };
  await tell(lead, [...sections, ["MakeRecommendation", recommendation], ["SendDraft", {}]]);
  await tell(manager, { ReturnComments: {} });
  await moveTo("2026-07-28T10:00:00.000Z");
  await tell(lead, { CloseFactualAccuracy: {} });
  await moveTo("2026-08-20T10:00:00.000Z");
  await tell("chief-inspector", { SignOffReport: {} });
  await tell("publications-officer", {
    SetEmbargo: { publishAt: "2026-08-28T08:30:00.000Z", recipients: [] },
  });
  await moveTo("2026-08-28T09:00:00.000Z");
  const rated = JSON.parse(await done("rating", id, "--json"));
  expect(rated).toMatchObject({ framework: "early-years-2026", score: 3, overall: "Partly met" });
  expect(await done("inspections")).toMatch(/meadow-house-2026 .*published/i);
  const bundle = join(dataDir, `site/reports/${id}/1/audit-bundle.json`);
  const verified = JSON.parse(await done("verify", bundle, "--json"));
  expect(verified).toMatchObject({ holds: true });
  for (const subject of ["2.1", "overall"])
    expect(await done("why", id, subject)).toMatch(/Early years settings, 2026” was adopted by/);
  const page = readFileSync(join(dataDir, `site/reports/${id}/1/why.html`), "utf8");
  expect(page).toMatch(/Early years settings, 2026” was adopted by/);
});

it("is withdrawn for new inspections alone", async () => {
  const why = ["--reason", "The next one takes its place.", "--as", head];
  await done("framework", "withdraw", "early-years-2026", ...why);
  const another = JSON.stringify({
    ...scheduling,
    fieldwork: { start: "2026-10-05", end: "2026-10-09" },
  });
  const late = await assay(
    "do",
    "meadow-2027",
    "ScheduleInspection",
    "--with",
    another,
    "--as",
    scheduler,
  );
  expect([late.status, late.out]).toEqual([1, expect.stringContaining("is withdrawn")]);
  expect(JSON.parse(await done("check-upgrade", "--json"))).toMatchObject({ stranded: [] });
});
