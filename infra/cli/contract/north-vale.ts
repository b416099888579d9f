/**
 * The stage of one whole inspection, told through the services' commands and read as people read
 * it: an engine on a folder of its own, its HTTP API, the people, the case list and the judging.
 */
import { answersIn } from "@assay/domain/briefing/case-file.ts";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Actor, type Role } from "@assay/domain/kernel/actor.ts";
import { CommandEnvelope } from "@assay/domain/kernel/envelope.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { keyQuestionIn } from "@assay/domain/framework/standards.ts";
import { versionById } from "@assay/domain/framework/versions.ts";
import { stepOf } from "@assay/domain/steps.ts";
import { knownFrom } from "@assay/domain/tracking/standing.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { factsOf } from "@assay/publication/told.ts";
import { serve, type Serving } from "@assay/embedded/serve.ts";
import { createSteppedClock, type SteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import { expect } from "vitest";

import { atTerminal } from "./at-terminal.ts";

export const id = "north-vale-2021" as InspectionId;
export const person = (name: string, role: Role, service?: string): Actor =>
  Actor.parse({ id: name, role, ...(service !== undefined && { service }) });
export const lena = person("lena", "lead-inspector");
export const quinn = person("quality-lead", "quality-lead");
export const head = person("head-of-programme", "head-of-programme");
export const scheduler = person("scheduler", "scheduler");
export const analyst = person("research-analyst", "research-analyst");
export const manager = person("service-manager", "provider-user", "north-vale");
export const team = [
  { person: "lena", role: "lead-inspector" },
  { person: "dora", role: "deputy-lead-inspector" },
  { person: "iris", role: "inspector" },
  { person: "ivan", role: "inspector" },
  { person: "asta", role: "assistant-inspector" },
  { person: "lars", role: "local-assessor", homeService: "elsewhere" },
] as const;
export const reason = "For a good reason.";

let dataDir: string;
let engine: Engine;
let serving: Serving;
let clock: SteppedClock;

/** A new folder, an engine on it and its console, at this moment of the story. */
export const begin = async (at: string): Promise<void> => {
  dataDir = mkdtempSync(join(tmpdir(), "assay-whole-"));
  clock = createSteppedClock(Instant.parse(at));
  const log = createLog({ service: "test", level: "silent" });
  engine = await startEngine({ dataDir, clock, log });
  serving = await serve({ engine, log, port: 0, plots: [], clock });
};

export const end = async (): Promise<void> => {
  await serving.close();
  await engine.close();
  rmSync(dataDir, { recursive: true, force: true });
};

export const idle = (): Promise<void> => engine.idle();
export const address = (): string => `http://127.0.0.1:${serving.port}`;
export const write = (name: string, text: string): void => writeFileSync(join(dataDir, name), text);

type Asked = { readonly type: string; readonly [name: string]: unknown };

export const ask = async (by: Actor, { type, ...rest }: Asked, at: string = clock.now()) => {
  const commandId = randomUUID();
  const command = { type, at, by, inspection: id, ...rest };
  const ids = { id: commandId, correlationId: commandId, causationId: commandId };
  return engine.bus.send(stepOf(type)!, CommandEnvelope.parse({ ...ids, command }));
};

export const tell = async (by: Actor, asked: Asked): Promise<void> => {
  expect([asked, await ask(by, asked)]).toMatchObject([asked, { accepted: true }]);
};

export const moveTo = (when: string) => clock.moveTo(Instant.parse(when), () => engine.idle());

export const facts = async () => factsOf(await readInspection(engine.store, id));
export const known = async () => knownFrom(await facts());

export const assay = (...words: readonly string[]) =>
  atTerminal(words, {
    pathOf: (name) => join(dataDir, name),
    dataDir: ".",
    engine: { url: `http://127.0.0.1:${serving.port}` },
    now: () => clock.now(),
  });

export const json = async (...words: readonly string[]) => {
  const { status, out, err } = await assay(...words, "--json");
  expect({ words, status, err }).toEqual({ words, status: 0, err: "" });
  return JSON.parse(out);
};

/** 22 court cases, of which 20 are drawn, and 18 out of court, of which 13 are. */
export const rows = Array.from({ length: 40 }, (_, index) => ({
  ref: `NV-${index + 1}`,
  child: `CH-${index + 1}`,
  manager: `CM-${index % 9}`,
  disposal: index < 22 ? "referral-order" : "youth-conditional-caution",
  disposalDay: index < 22 ? "2020-10-12" : "2021-01-18",
  gender: index % 5 === 0 ? "female" : "male",
  ageBand: "15-17",
  ethnicity: "unknown",
  rosh: "medium",
  safety: "medium",
  restricted: false,
  workStarted: true,
}));

const scope = {
  facts: {
    inspectorRosh: "medium",
    inspectorSafety: "medium",
    childSafetyFactors: true,
    desistanceChanged: true,
    safetyChanged: true,
    harmChanged: true,
  },
  notDue: [],
};

/** Everything that concerns the case, prompts before their key question. */
export const questionsOf = async (one: string): Promise<readonly string[]> => {
  const relevant = [...((await known()).fieldwork.files.get(one as never)?.relevant ?? [])];
  return relevant.flatMap((code) => {
    const prompts = keyQuestionIn(versionById("yos-2018")!, code)?.keyQuestion.prompts ?? [];
    return [...prompts.map((prompt) => prompt.code), code];
  });
};

export const assessorOf = async (one: string): Promise<Actor> => {
  const to = (await known()).fieldwork.allocation.get(one as never)!;
  const role = team.find((member) => member.person === to)!.role;
  return person(to, role);
};

/** One no in seven, so that second markers have something to differ on. */
export const answerTo = (one: string, question: string): "yes" | "no" =>
  (Number(one.slice(1)) + question.codePointAt(4)!) % 7 === 0 ? "no" : "yes";

export const judge = async (one: string, by: Actor, question: string): Promise<void> =>
  tell(by, {
    type: "RecordJudgement",
    case: one,
    question,
    answer: answerTo(one, question),
    rationale: `What the file shows on ${question}.`,
  });

export const prepare = async (one: string, by: Actor): Promise<void> => {
  await tell(by, { type: "RecordScope", case: one, scope });
  for (const what of ["rosh", "safety"])
    await tell(by, { type: "JudgeClassification", case: one, of: what, answer: "Yes" });
  await tell(by, { type: "RecordInterview", case: one, day: "2021-05-18" });
};

export const assess = async (one: string): Promise<void> => {
  const by = await assessorOf(one);
  await prepare(one, by);
  const answers = answersIn((await known()).fieldwork.files.get(one as never));
  for (const question of await questionsOf(one))
    if (!answers.has(question)) await judge(one, by, question);
  await tell(by, { type: "CompleteAssessment", case: one });
};

export const sampleNow = async (): Promise<readonly string[]> => [
  ...(await known()).fieldwork.briefing.sample.keys(),
];
