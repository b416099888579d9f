import { randomUUID } from "node:crypto";

import { type Actor, assay } from "@assay/domain/kernel/actor.ts";
import { CommandEnvelope, type Reply } from "@assay/domain/kernel/envelope.ts";
import { currentVersion } from "@assay/domain/upcasters.ts";
import { createHandling, type Handling } from "@assay/host/handle.ts";
import { createLog } from "@assay/host/log.ts";
import { createMetrics } from "@assay/host/metrics.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import { examine } from "@assay/report/examine.ts";
import { reportModelOf } from "@assay/report/model.ts";
import { checksum, formsOf } from "@assay/report/version-files.ts";
import { people } from "@assay/spec/people.ts";
import { type Stage, worldAt } from "@assay/spec/stages.ts";
import { publicationMoment } from "@assay/spec/story.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import type { EventStore } from "@assay/store/port.ts";
import { expect, it } from "vitest";

import { type PublicationOptions, publicationService } from "./service.ts";
import { recordedFrom } from "./told.ts";

/** The service on a store that holds a story up to this stage. */
const serviceAt = async (
  stage: Stage,
  { store = createMemoryStore(), ...options }: PublicationOptions & { store?: EventStore } = {},
) => {
  const world = worldAt(stage);
  for (const [stream, facts] of world.streams) {
    const events = facts.map(({ type, ...data }) => ({
      id: randomUUID(),
      type,
      data,
      metadata: { version: currentVersion(type) },
    }));
    await store.append(stream, events, "none");
  }
  const { handle }: Handling = createHandling({
    service: "publication",
    store,
    rules: publicationService(options).rules ?? [],
    log: createLog({ service: "publication", level: "silent" }),
    metrics: createMetrics(),
  });
  return async (by: Actor, type: string, asked: object = {}): Promise<Reply> => {
    const id = randomUUID();
    const { inspection, now: at } = world;
    const command = { type, inspection, at, by, ...asked };
    return handle(CommandEnvelope.parse({ id, correlationId: id, causationId: id, command }));
  };
};

const { lead, chief } = people;
const wrong = { section: "background", markdown: "We rate 1.2 as Inadequate. Mrs Jones agreed." };
const right = { section: "background", markdown: "The service is small." };

it.each([
  ["drafted", lead, "SendDraft", {}],
  ["commented", lead, "CloseFactualAccuracy", {}],
  ["settled", chief, "SignOffReport", {}],
  ["published", chief, "IssueCorrection", { what: "The background.", why: "It erred." }],
] as const)(
  "holds a %s report with an error in it back, and lets it on once it is mended",
  async (stage, by, type, asked) => {
    const ask = await serviceAt(stage);
    expect(await ask(lead, "DraftSection", wrong)).toMatchObject({ accepted: true });
    const refused = await ask(by, type, asked);
    expect(refused).toMatchObject({
      accepted: false,
      refusal: {
        reason: "ReportHasErrors",
        findings: [
          { place: "Background", problem: "“Mrs Jones” names a person." },
          { place: "Background", problem: expect.stringContaining("inadequate for 1.2") },
        ],
      },
    });
    expect(await ask(lead, "DraftSection", right)).toMatchObject({ accepted: true });
    expect(await ask(by, type, asked)).toMatchObject({ accepted: true });
  },
);

it("lets words stand in their place once somebody says why, and shows it to whoever signs", async () => {
  const ask = await serviceAt("settled");
  const words = "Nene Hollow";
  const markdown = `Children meet at ${words}. Some 57.3% come by bus.`;
  await ask(lead, "DraftSection", { section: "background", markdown });
  const name = { check: "name", place: "Background", words, reason: "It is a place." };
  const figure = { check: "figure", place: "Background", words: "57.3", reason: "Our own count." };
  expect(await ask(chief, "SignOffReport")).toMatchObject({ refusal: { findings: [{}, {}] } });
  expect(await ask(lead, "ExcuseFinding", { ...name, place: "Foreword" })).toMatchObject({
    refusal: { reason: "NothingToExcuse" },
  });
  expect(await ask(lead, "ExcuseFinding", name)).toMatchObject({ accepted: true, events: 1 });
  expect(await ask(lead, "ExcuseFinding", name)).toMatchObject({ accepted: true, events: 0 });
  expect(await ask(lead, "ExcuseFinding", figure)).toMatchObject({ accepted: true });
  expect(await ask(chief, "SignOffReport")).toMatchObject({ accepted: true });
});

it("excuses nothing before there are ratings, because no check has read the draft", async () => {
  const ask = await serviceAt("fieldwork-closed");
  const excuse = { check: "name", place: "Background", words: "Nene Hollow", reason: "A place." };
  expect(await ask(lead, "ExcuseFinding", excuse)).toMatchObject({
    refusal: { reason: "RatingsNotConcluded" },
  });
});

it.each([
  ["a rating that is not the rating", "We rate 1.2 as Inadequate.", "Inadequate"],
  ["a score that is not the score", "The score is 3 out of 36.", "3"],
  ["a case", "In c0001 work was late.", "c0001"],
])("excuses nobody from %s, whatever the reason", async (_, markdown, words) => {
  const ask = await serviceAt("settled");
  await ask(lead, "DraftSection", { section: "background", markdown });
  for (const check of ["name", "figure"]) {
    const excuse = { check, place: "Background", words, reason: "It is right." };
    expect(await ask(lead, "ExcuseFinding", excuse)).toMatchObject({
      refusal: { reason: "NothingToExcuse" },
    });
  }
  expect(await ask(chief, "SignOffReport")).toMatchObject({
    refusal: { reason: "ReportHasErrors" },
  });
});

it("sends an action plan and a note that name somebody back, because the public reads them", async () => {
  const ask = await serviceAt("published");
  const plan = (action: string) => ({
    actions: [{ recommendation: 1, due: "2022-01-31", action }],
  });
  const { provider } = people;
  const refused = await ask(provider, "SubmitActionPlan", plan("Train staff. Ask Mrs Jones."));
  expect(refused).toMatchObject({
    refusal: {
      reason: "AnswerNamesSomebody",
      findings: [{ place: "Action on recommendation 1", problem: "“Mrs Jones” names a person." }],
    },
  });
  expect(await ask(provider, "SubmitActionPlan", plan("Train staff."))).toMatchObject({
    accepted: true,
  });
  const note = { number: 1, status: "done", note: "Seen in YO-1234 and c0001." };
  expect(await ask(lead, "TrackRecommendation", note)).toMatchObject({
    refusal: { reason: "AnswerNamesSomebody", findings: [{}, {}] },
  });
});

it("reads what a correction says as well, because it is printed", async () => {
  const ask = await serviceAt("published");
  await ask(lead, "DraftSection", right);
  const what = "The date of the visit to Mr Smith.";
  expect(await ask(chief, "IssueCorrection", { what, why: "It erred." })).toMatchObject({
    refusal: { reason: "ReportHasErrors", findings: [{ place: "Version 2" }] },
  });
});

const publisher = { name: "Inspectorate", url: "https://inspectorate.example/" };
const moment = { at: publicationMoment };

it("renders a report before it is published, and records what was rendered", async () => {
  const store = createMemoryStore();
  const ask = await serviceAt("embargoed", {
    store,
    examine: async (question) => examine(question, publisher),
  });
  expect(await ask(assay, "PublishReport", moment)).toMatchObject({ accepted: true, events: 1 });
  const recorded = recordedFrom(await readInspection(store, worldAt("embargoed").inspection));
  const published = recorded.find(({ event }) => event.type === "ReportPublished")?.event;
  const forms = formsOf(reportModelOf(recorded, 1), publisher).map(({ path, body }) => ({
    path,
    digest: checksum(body),
  }));
  expect(forms.map(({ path }) => path)).toContain("report.pdf");
  expect(published).toMatchObject({ forms });
});

it("publishes nothing that cannot be set, and says why", async () => {
  const findings = [{ place: "The report", problem: "It cannot be set." }];
  const ask = await serviceAt("embargoed", { examine: async () => ({ findings }) });
  expect(await ask(assay, "PublishReport", moment)).toMatchObject({
    accepted: false,
    refusal: { reason: "ReportHasErrors", findings },
  });
});
