import { createHash } from "node:crypto";

import { versionById } from "@assay/domain/framework/versions.ts";
import { Day, Instant } from "@assay/domain/kernel/instants.ts";
import { madeUpPlot } from "@assay/domain/reconstruction/made-up.ts";
import { amidFieldwork } from "@assay/embedded/begun.ts";
import { carry } from "@assay/embedded/carry.ts";
import { tellBegun } from "@assay/embedded/carry-begun.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { createSteppedClock, type SteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { type Described, readingsOf } from "./contract/described.ts";
import { type Desk, openDesk } from "./contract/desk.ts";
import { type Submission, submissions } from "./fixtures/submissions.ts";
import { visitors } from "./fixtures/visitors.ts";

type Received = { readonly digest: string; readonly returned: { readonly reason: string } | null };
type Requests = { readonly requests: readonly { readonly received: readonly Received[] }[] };

const log = createLog({ service: "test", level: "silent" });
const wednesday = Instant.parse("2026-11-25T07:30:00.000Z");

let engine: Engine;
let clock: SteppedClock;
let desk: Desk;

beforeAll(async () => {
  clock = createSteppedClock(Instant.parse("2020-01-01T09:00:00.000Z"));
  engine = await startEngine({ dataDir: undefined, clock, log });
  await tellBegun({ engine, clock }, { examples: [], now: wednesday });
  desk = await openDesk(engine, clock);
}, 120_000);
afterAll(async () => {
  desk.close();
  await engine.close();
});

/** What went otherwise than said. */
const submit = async ({ who, path, form, values = {}, refused, withheld }: Submission) => {
  await desk.signIn(who);
  if (withheld !== undefined) {
    const { text } = await desk.read(path);
    const isThere = text.includes(`id="form-${form}"`);
    return !isThere && text.includes(withheld) ? [] : [form, isThere, text.slice(0, 200)];
  }
  const [type] = form.split("-");
  const page = await desk.send(path, form, values).catch(String);
  if (typeof page === "string") return [page];
  if (refused === undefined)
    return page.at === `${path}?done=${type}` ? [] : [form, page.status, problemsOn(page.text)];
  const said = problemsOn(page.text);
  return page.status === 422 && said.includes(refused) ? [] : [form, page.status, said];
};

const problemsOn = (text: string): string =>
  /id="problems".*?<\/ul>/s
    .exec(text)?.[0]
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ") ?? text.slice(0, 200);

it("takes a form of every command, or refuses it in words", async () => {
  const faults: unknown[] = [];
  for (const each of submissions) {
    const fault = await submit(each);
    if (fault.length > 0) faults.push(fault);
    await engine.idle();
  }
  expect(faults).toEqual([]);

  const letters = "/inspections/made-up-garrowby/letters";
  await desk.signIn(visitors.lead);
  const [, id] = /id="form-RevokeLink-([^"]+)"/.exec((await desk.read(letters)).text)!;
  const values = { reason: "It went to somebody who has left." };
  const revoked = await desk.send(letters, `RevokeLink-${id}`, values);
  expect(revoked.at).toBe(`${letters}?done=RevokeLink`);
  const sent = await desk.send(letters, `SendLetterAgain-${id}`, {});
  expect(sent.at).toBe(`${letters}?done=SendLetterAgain`);
}, 120_000);

it("takes the answer to a question that rates nothing, where a framework has one", async () => {
  const plot = madeUpPlot({
    ...{ inspection: "under-2021", service: "Northfield", seed: 3, start: Day.parse("2026-11-23") },
    framework: versionById("yos-2021")!,
    listed: { court: 4, outOfCourt: 1 },
    drawn: { court: 4, outOfCourt: 1 },
  });
  await carry({ engine, clock, plots: [plot], scenes: amidFieldwork });
  await desk.signIn("inspector-1/inspector/");
  const page = "/inspections/under-2021/cases/c0004/assess/classification";
  const taken = await desk.send(page, "JudgeClassification-rosh", { answer: "Yes" });
  expect(taken.at).toBe(`${page}?done=JudgeClassification`);
}, 60_000);

/** What a page's forms ask, question by question. */
const questionsOn = (text: string): readonly string[] =>
  [...text.matchAll(/id="q-(\d\.\d\.\d)"/g)].map(([, question]) => question!);

it("takes the answers of an assessment standard by standard, and those of a second marking", async () => {
  await desk.signIn("inspector-2/inspector/");
  const own = "/inspections/made-up-eastvale/cases/c0005/assess/2.1";
  const first = await desk.send(own, "answers", { "answer.2.1.1": "no" });
  expect([first.status, problemsOn(first.text)]).toEqual([
    422,
    expect.stringContaining("needs a rationale"),
  ]);
  const page = await desk.read(own);
  const forged = page.text.replaceAll('"answer.2.1.1', '"answer.9.9.9');
  const nobody = await desk.send({ ...page, text: forged }, "answers", { "answer.9.9.9": "yes" });
  expect(nobody.status).toBe(400);
  const answers = { "answer.2.1.1": "no", "rationale.2.1.1": "Nothing is said of the family." };
  const taken = await desk.send(own, "answers", answers);
  expect(taken.at).toBe(`${own}?done=RecordJudgement`);

  await desk.signIn("quality-lead/quality-lead/");
  const again = "/inspections/made-up-eastvale/cases/c0002/assess";
  const { text: list } = await desk.read(again);
  const steps = [...list.matchAll(/assess\/(\d\.\d)"/g)].map(([, step]) => `${again}/${step}`);
  const questions: string[] = [];
  for (const step of steps) {
    const asked = questionsOn((await desk.read(step)).text);
    if (asked.length === 0) continue;
    questions.push(...asked);
    const yes = Object.fromEntries(asked.map((question) => [`answer.${question}`, "yes"]));
    const marked = await desk.send(step, "answers", yes);
    expect(marked.at).toBe(`${step}?done=RecordJudgement`);
  }
  expect(questions.length).toBeGreaterThan(5);
  const done = await desk.send(`${again}/check`, "CompleteSecondMarking", {});
  expect(done.at).toBe(`${again}/check?done=CompleteSecondMarking`);
  await desk.signIn("auditor/auditor/");
  const agreement = await desk.read("/api/v1/inspections/made-up-eastvale/agreement");
  expect(JSON.parse(agreement.text)).toMatchObject({
    frameworks: [{ all: { count: questions.length } }],
  });
});

/** What the forms above left behind, of which no fixture tells. */
const leftBehind: readonly string[] = [
  ...["brackley/requests", "dunmere/sample", "dunmere/cases", "eastvale/quality"],
  ...[
    "eastvale/surveys",
    "eastvale/alerts",
    "eastvale/conflicts",
    "eastvale/agreement",
    "eastvale/cases/c0002",
  ],
  ...["fenwick/panel", "fenwick/panel/2.2", "fenwick/panel/1.2", "garrowby/report/accuracy"],
  ...["garrowby/report/review", "lydgate/report", "lydgate/history", "kelmarsh/panel"],
  "kelmarsh/ratings",
].map((path) => `/api/v1/inspections/made-up-${path}`);

it("tells over the API what the forms recorded, as it is described", async () => {
  await desk.signIn("auditor/auditor/");
  const { text } = await desk.read("/api/openapi.json");
  const of = readingsOf(JSON.parse(text) as Described);
  const faults: unknown[] = [];
  for (const path of [...leftBehind, "/api/v1/programmes/made-up-cycle"]) {
    const answer = await desk.read(path);
    const fits = of(path)!.fits!;
    if (answer.status !== 200 || !fits(JSON.parse(answer.text)))
      faults.push([path, answer.status, fits.errors]);
  }
  expect(faults).toEqual([]);
  const files = JSON.parse((await desk.read(leftBehind[0]!)).text) as Requests;
  const sent = files.requests.flatMap(({ received }) => received);
  expect(sent.map(({ returned }) => returned?.reason)).toEqual(["Half of the pages are missing."]);
  const file = await desk.read(`/api/v1/inspections/made-up-brackley/files/${sent[0]!.digest}`);
  expect([file.status, file.text]).toEqual([200, "Minutes of the board."]);
});

it("takes a file of the service over the API, once, and of nobody else", async () => {
  const send = (who: string, body: object, key?: string): Promise<Response> =>
    fetch(`${desk.origin}/api/v1/inspections/made-up-brackley/submissions`, {
      method: "POST",
      headers: {
        ...{ "content-type": "application/json", authorization: `Bearer ${who}` },
        ...(key !== undefined && { "idempotency-key": key }),
      },
      body: JSON.stringify(body),
    });
  const key = "3f0c6f3a-6f0a-4a9e-8d5e-4d5f1f0c9b31";
  const brackley = "service-manager/provider-user/brackley-made-up";
  const file = {
    ...{ request: "narrative", name: "minutes.txt", mediaType: "text/plain" },
    content: Buffer.from("All of the minutes.").toString("base64"),
  };
  expect((await send("service-manager/provider-user/lydgate-made-up", file, key)).status).toBe(404);
  expect((await send("auditor/auditor/", file, key)).status).toBe(404);
  expect((await send(brackley, file)).status).toBe(400);
  expect((await send(brackley, { ...file, content: "%" }, key)).status).toBe(422);
  const first = await send(brackley, file, key);
  const accepted: unknown = await first.json();
  expect([first.status, accepted]).toMatchObject([200, { accepted: true, events: 1 }]);
  expect(await (await send(brackley, file, key)).json()).toEqual(accepted);
  const digest = createHash("sha256").update("All of the minutes.").digest("hex");
  await desk.signIn("lead-inspector/lead-inspector/");
  const kept = await desk.read(`/api/v1/inspections/made-up-brackley/files/${digest}`);
  expect(kept.text).toBe("All of the minutes.");
});

it("refuses to change the planning rules of a schedule that holds, from a page shown before", async () => {
  await desk.signIn("head-of-programme/head-of-programme/");
  const path = "/programmes/made-up-cycle";
  const shown = await desk.read(path);
  const { text: page } = shown;
  const [placed] = /ChangePlacement-([a-z-]+)"/.exec(page)!.slice(1);
  const moved = await desk.send(shown, `ChangePlacement-${placed}`, {
    reason: "The service asked for it.",
  });
  expect(moved.at).toBe(`${path}?done=ChangePlacement`);
  const released = await desk.send(path, `ReleasePlacement-${placed}`, {});
  expect(released.at).toBe(`${path}?done=ReleasePlacement`);
  expect((await desk.send(path, "ProposeSchedule", {})).status).toBe(200);
  expect((await desk.send(path, "ConfirmSchedule", {})).at).toBe(`${path}?done=ConfirmSchedule`);
  const late = await desk.send(shown, "ChangePlanningRules", { "rules.restWeeks": "3" });
  expect([late.status, problemsOn(late.text)]).toEqual([
    422,
    expect.stringContaining("The schedule is confirmed. This can no longer be done."),
  ]);
  expect((await desk.read(path)).text).not.toContain("form-ChangePlanningRules");
});
