import type { Prospect } from "@assay/domain/lifecycle/aggregate.ts";
import type { Actor } from "@assay/domain/kernel/actor.ts";
import { checkedBefore, type ReportRecord } from "@assay/domain/publication/checks.ts";
import { reportChecks } from "@assay/report/report-checks.ts";
import fc from "fast-check";
import { expect, it } from "vitest";

import { commandOf, histories, live } from "./histories.ts";
import { type Refusal, rulesFor } from "./rules.ts";
import { specimens } from "./specimens.ts";
import type { Answer, Asked, World } from "./world.ts";

const names = ["case", "standard", "request", "alert", "comment", "of"] as const;

/** What the request is about, which is known before its form is filled in. */
const subjectOf = (asked: Asked): Partial<Prospect> =>
  Object.fromEntries(
    names.flatMap((name) => (name in asked ? [[name, (asked as never)[name]]] : [])),
  );

/** As it is asked before a form is shown: by the rules, then by the report's own checks. */
const barredOn = (world: World, by: Actor, asked: Asked): Refusal | undefined =>
  rulesFor(asked.type).aggregate.prospect(
    asked.type,
    { ...subjectOf(asked), by, at: world.now },
    world.stateFor(asked),
  ) ?? checkedBefore(asked.type as never, () => recordOf(world), reportChecks);

const recordOf = ({ records }: World): ReportRecord =>
  records.map(({ stream, revision, fact }) => ({ stream, revision, event: fact as never }));

const records = (answer: Answer): boolean => answer.accepted && answer.events.length > 0;

const runs = { numRuns: 60, seed: 16 };

it("what is barred before the fields are known is refused whatever they say", () => {
  const barred = new Set<string>();
  fc.assert(
    fc.property(histories, (history) => {
      live(history, (world, by, asked) => {
        const bar = barredOn(world, by, asked);
        if (bar && bar.reason !== "NotPermitted" && bar.reason !== "NotInThisPhase")
          barred.add(bar.reason);
        const answer = world.ask(by, asked);
        expect({ asked, bar, recorded: bar !== undefined && records(answer) }).toMatchObject({
          recorded: false,
        });
      });
    }),
    runs,
  );
  expect(barred.size).toBeGreaterThan(5);
});

/** Other words, people and ratings are tried until some are accepted. */
const tries = Array.from({ length: 24 }, (_, twist) => twist);

/** The announcing service adds a new commitment where one is called for. */
const renewed = () => [{ commitment: "ab".repeat(32) }];

/** What other words of a specimen never hit on. */
const fitting: Readonly<Record<string, (world: World) => readonly object[]>> = {
  AllocateCase: (world) =>
    world.facts("inspection").flatMap((fact) => {
      const team = fact.type === "InspectionScheduled" || fact.type === "TeamAssigned";
      return team
        ? fact.team.flatMap(({ person: to }) => [
            { to, reason: "Less work." },
            { to, reason: undefined },
          ])
        : [];
    }),
  RescheduleInspection: renewed,
  ReturnCaseList: renewed,
  SetSampleSizes: renewed,
  SubmitCaseList: renewed,
  /** With the days as they were. */
  ResumeInspection: () => [{ fieldwork: undefined }],
  ReturnSubmission: (world) =>
    world
      .facts("inspection")
      .flatMap((fact) => (fact.type === "SubmissionReceived" ? [{ digest: fact.digest }] : [])),
  WithdrawPoint: (world) =>
    world
      .facts("publication")
      .flatMap((fact) => (fact.type === "PointMade" ? [{ point: fact.point }] : [])),
  RaiseAlert: () => [{ alert: "another-alert" }],
  LogEvidence: () => [{ item: "another-item" }],
  SubmitComment: () => [{ comment: "another-comment" }],
  MakeRecommendation: () => [{ number: 99 }],
  CloseSurvey: () => [{ survey: "staff" }, { survey: "children" }],
  SetEmbargo: ({ now }) => [{ publishAt: `${Number(now.slice(0, 4)) + 1}${now.slice(4)}` }],
};

it("what is not barred is accepted with some fields", () => {
  const open = new Set<string>();
  const lived = fc.property(histories, (history) => {
    const world = live(history);
    for (const type of Object.keys(specimens) as (keyof typeof specimens)[]) {
      const sending = (twist: number) => commandOf(world, { kind: "send", type, sender: 0, twist });
      const first = sending(0);
      if (!first) continue;
      const { by, asked } = first;
      if (barredOn(world, by, asked)) continue;
      const others = [
        ...tries.map((twist) => ({ ...sending(twist)!.asked, ...subjectOf(asked) })),
        ...(fitting[type]?.(world) ?? []).map((fields) => ({ ...asked, ...fields })),
      ] as Asked[];
      const answers = others.map((each) => world.weigh(by, each));
      const refused = answers.flatMap((each) => (each.accepted ? [] : [each.refusal.reason]));
      expect({ type, refused, accepted: refused.length < answers.length }).toMatchObject({
        accepted: true,
      });
      open.add(type);
    }
  });
  fc.assert(lived, runs);
  expect(open.size).toBeGreaterThan(40);
});
