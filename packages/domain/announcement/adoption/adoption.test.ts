import { recipients } from "@assay/spec/before-fieldwork.ts";
import { frameworkAsked, strangeDocument } from "@assay/spec/framework-requests.ts";
import { people, service, team } from "@assay/spec/people.ts";
import { fieldworkDays, nonce } from "@assay/spec/story.ts";
import { describe, expect, it } from "vitest";

import { documentDigest, knownById } from "../../framework/versions.ts";
import { fold } from "../../kernel/decider.ts";
import { commitmentTo } from "../../sampling/stream.ts";
import { InspectionCommand } from "../commands.ts";
import { inspection } from "../decide.ts";
import type { InspectionKnown } from "../state.ts";
import { FrameworkCommand } from "./commands.ts";
import { framework } from "./decide.ts";
import type { FrameworkEvent } from "./events.ts";

const document = strangeDocument();
const { head, scheduler } = people;
const adopting = frameworkAsked("AdoptFramework", head);
const withdrawing = frameworkAsked("WithdrawFramework", head);
const ours = knownById("yos-2021")!;

/** What the commands lead to, one after the other; the last answer is a refusal where it is one. */
const told = (...commands: readonly FrameworkCommand[]) => {
  const facts: FrameworkEvent[] = [];
  const answers = commands.map((command) => {
    const decision = framework.decide(command, fold(framework, facts), []);
    if (!decision.accepted) return decision.refusal;
    facts.push(...decision.events);
    return decision.events.map(({ type }) => type);
  });
  return { facts, answers, last: answers.at(-1) };
};

const parsed = (fields: object) => FrameworkCommand.safeParse({ ...adopting, document, ...fields });

describe("adopting a framework", () => {
  it("records who adopted which document, with its digest", () => {
    const { facts } = told(adopting);
    expect(facts).toEqual([
      {
        type: "FrameworkAdopted",
        at: adopting.at,
        by: head,
        framework: "strange-2020",
        digest: documentDigest(document),
        document,
      },
    ]);
  });

  it("a second time records nothing, and another document of that id is refused", () => {
    expect(told(adopting, adopting).last).toEqual([]);
    const other = frameworkAsked("AdoptFramework", head, strangeDocument({ label: "Another" }));
    const taken = { reason: "FrameworkIdTaken", framework: "strange-2020" };
    expect(told(adopting, other).last).toMatchObject(taken);
    expect(told(adopting, withdrawing, other).last).toMatchObject(taken);
    expect(told(adopting, withdrawing, adopting).last).toEqual(["FrameworkAdopted"]);
  });

  it("of one that comes with Assay records nothing, and nothing takes its place", () => {
    const command = { ...adopting, framework: "yos-2021", document: ours.document };
    const same = FrameworkCommand.parse({ ...command, digest: ours.digest });
    expect(told(same).last).toEqual([]);
    const changed = { ...ours.document, label: "Another" };
    const other = { ...command, document: changed, digest: documentDigest(changed) };
    expect(told(FrameworkCommand.parse(other)).last).toMatchObject({ reason: "FrameworkIdTaken" });
  });

  it("is refused where id or digest are not the document's", () => {
    const named = FrameworkCommand.parse({ ...adopting, framework: "other-2020" });
    expect(told(named).last).toEqual({ reason: "NotTheDocumentsId", id: "strange-2020" });
    const digest = "0".repeat(64);
    expect(told(FrameworkCommand.parse({ ...adopting, digest })).last).toEqual({
      reason: "DocumentChanged",
      digest: documentDigest(document),
    });
  });

  it("is no command where the document does not fit, and every place is said", () => {
    const standards = document.standards.map((each, i) => (i < 2 ? { ...each, domain: 19 } : each));
    const issues = parsed({ document: { ...document, standards } }).error?.issues;
    expect(issues?.map(({ path }) => path.join("."))).toEqual([
      "document.standards.0.domain",
      "document.standards.1.domain",
    ]);
    expect(parsed({ document: "a framework" }).success).toBe(false);
  });
});

describe("withdrawing a framework", () => {
  it("is refused where there is none, and possible for one that comes with Assay", () => {
    expect(told(withdrawing).last).toEqual({
      reason: "NoSuchFramework",
      framework: "strange-2020",
    });
    const shipped = FrameworkCommand.parse({ ...withdrawing, framework: "yos-2021" });
    expect(told(shipped, shipped).answers).toEqual([["FrameworkWithdrawn"], []]);
  });
});

describe("an inspection", () => {
  const asked = (type: string, fields: object) =>
    InspectionCommand.parse({
      type,
      at: "2021-01-04T09:00:00.000Z",
      by: scheduler,
      inspection: "sandford-2021",
      ...fields,
    });
  const scheduling = asked("ScheduleInspection", {
    service,
    framework: "strange-2020",
    fieldwork: fieldworkDays,
    team,
  });
  const announcing = asked("AnnounceInspection", {
    commitment: commitmentTo(nonce),
    recipients,
  });
  const moving = asked("RescheduleInspection", {
    fieldwork: { start: "2021-06-07", end: "2021-06-10" },
    reason: "It was agreed.",
  });
  const answer = (facts: readonly InspectionKnown[], command: InspectionCommand) => {
    const decision = inspection.decide(command, fold(inspection, facts), []);
    return decision.accepted ? decision.events : decision.refusal;
  };
  const recorded = (facts: readonly InspectionKnown[], command: InspectionCommand) => [
    ...facts,
    ...(answer(facts, command) as readonly InspectionKnown[]),
  ];
  const { facts: adopted } = told(adopting);
  const { facts: withdrawn } = told(adopting, withdrawing);
  const gone = withdrawn.slice(1);
  const refusal = { reason: "FrameworkIsWithdrawn", framework: "strange-2020" };

  it("is scheduled and announced under a framework that was adopted, and pins its document", () => {
    const state = fold(inspection, []);
    expect(inspection.consults(scheduling, state)).toContain("framework-strange-2020");
    expect(answer([], scheduling)).toMatchObject({ reason: "UnknownFramework" });
    const scheduled = recorded(adopted, scheduling);
    expect(inspection.consults(announcing, fold(inspection, scheduled))).toContain(
      "framework-strange-2020",
    );
    const [announced] = answer(scheduled, announcing) as readonly InspectionKnown[];
    expect(announced).toMatchObject({
      type: "InspectionAnnounced",
      framework: { digest: documentDigest(document), version: document },
    });
  });

  it("is neither scheduled nor announced once it is withdrawn, and goes on where it was announced", () => {
    expect(answer(withdrawn, scheduling)).toEqual(refusal);
    const scheduled = recorded(adopted, scheduling);
    expect(answer([...scheduled, ...gone], announcing)).toEqual(refusal);
    const announced = [...recorded(scheduled, announcing), ...gone];
    expect(answer(announced, moving)).toMatchObject([
      { type: "InspectionRescheduled" },
      {},
      {},
      {},
    ]);
    const consulted = inspection.consults(moving, fold(inspection, announced));
    expect(consulted).not.toContain("framework-strange-2020");
  });
});
