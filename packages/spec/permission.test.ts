import { inspectionPermissions } from "@assay/domain/announcement/commands.ts";
import { assessmentPermissions } from "@assay/domain/fieldwork/assessment/commands.ts";
import { fieldworkPermissions } from "@assay/domain/fieldwork/commands.ts";
import { Actor, assay, forbids, type Relation, Role } from "@assay/domain/kernel/actor.ts";
import { panelPermissions } from "@assay/domain/panel/commands.ts";
import { publicationPermissions } from "@assay/domain/publication/commands.ts";
import { describe, expect, it } from "vitest";

import { assessorOf } from "./assessing.ts";
import { people, service } from "./people.ts";
import type { Command } from "./rules.ts";
import { askedOf, type Specimen, stageOf } from "./specimen.ts";
import { specimens } from "./specimens.ts";
import { firstCase } from "./specimens-assessment.ts";
import { type Stage, stages } from "./stages.ts";
import type { World } from "./world.ts";

const permissions = {
  ...inspectionPermissions,
  ...fieldworkPermissions,
  ...assessmentPermissions,
  ...panelPermissions,
  ...publicationPermissions,
};

const relations = [
  "lead",
  "team",
  "allocated",
  "first-marker",
  "second-marker",
  "worked",
  "panel",
  "chair",
  "provider",
  "drafted",
] as const satisfies readonly Relation[];

const reached = (specimen: Specimen, stage: Stage): boolean =>
  stages.indexOf(specimen.at) >= stages.indexOf(stage);

/** How these people stand to the inspection of every story, written down by hand. */
const standing = (type: string, specimen: Specimen, world: World) => {
  const about = type in assessmentPermissions ? firstCase(world) : undefined;
  const scheduled = specimen.at !== "unscheduled";
  const team = scheduled ? (["team", "worked"] as const) : [];
  const assessor = about ? assessorOf(world, about).id : undefined;
  const judged = world.facts("assessment").some(({ type: fact }) => fact === "JudgementRecorded");
  const second = world
    .facts("assessment")
    .some(({ type: fact }) => fact === "SecondMarkingAssigned");
  const wrote = world.facts("publication").some(({ by }) => by.id === people.lead.id);
  const delegated = type === "EndDelegation";
  const sits = reached(specimen, "sitting") ? (["panel"] as const) : [];
  const drafting = type in publicationPermissions && wrote ? (["drafted"] as const) : [];
  const marks = about && judged ? (["first-marker"] as const) : [];
  return {
    [people.lead.id]: [...team, ...(scheduled ? (["lead"] as const) : []), ...drafting],
    [people.deputy.id]: [...team, ...(delegated ? (["lead"] as const) : [])],
    [assessor ?? people.inspector.id]: [
      ...team,
      ...(about ? (["allocated"] as const) : []),
      ...marks,
    ],
    [people.quality.id]: about && second ? (["second-marker"] as const) : [],
    [people.chair.id]:
      sits.length > 0 && type in panelPermissions ? [...sits, "chair" as const] : [],
    [people.member.id]: type in panelPermissions ? sits : [],
    [people.chief.id]: [],
    nobody: [],
  } satisfies Record<string, readonly Relation[]>;
};

const isPermitted = (type: Command["type"], role: Role, held: readonly Relation[]): boolean =>
  forbids(permissions, { type, by: { ...assay, role } }, held) === undefined;

describe.each(Object.entries(specimens) as [Command["type"], Specimen][])(
  "%s",
  (type, specimen) => {
    const world = stageOf(specimen);
    const people = standing(type, specimen, world);

    it.each(Role.options)("is asked of a %s as the table says, whoever they are", (role) => {
      for (const [id, held] of Object.entries(people)) {
        for (const provides of type === "ScheduleInspection" ? [false] : [false, true]) {
          const by = Actor.parse({ id, role, ...(provides && { service: service.id }) });
          const answer = world.weigh(by, askedOf(specimen, world), specimen.when);
          const refused = !answer.accepted && answer.refusal.reason === "NotPermitted";
          const stands = provides ? [...held, "provider" as const] : held;
          expect({ id, held: stands, permitted: !refused }).toEqual({
            id,
            held: stands,
            permitted: isPermitted(type, role, stands),
          });
        }
      }
    });

    it("is never for somebody who only looks on, nor for a role without its relation", () => {
      const subsets = [[], ...relations.map((relation) => [relation]), relations];
      for (const held of subsets) expect(isPermitted(type, "auditor", held)).toBe(false);
      const bare: readonly Role[] = [
        "lead-inspector",
        "inspector",
        "panel-member",
        "provider-user",
      ];
      for (const role of bare) expect(isPermitted(type, role, [])).toBe(false);
    });
  },
);

/** Command, role, relations, and whether it is permitted: by hand, from the method, section 1. */
const separations: readonly (readonly [Command["type"], Role, readonly Relation[], boolean])[] = [
  ["AnnounceInspection", "scheduler", [], true],
  ["AnnounceInspection", "lead-inspector", ["lead", "team"], false],
  ["DrawSample", "research-analyst", [], true],
  ["DrawSample", "lead-inspector", ["lead", "team"], false],
  ["DrawSample", "provider-user", ["provider"], false],
  ["SubmitCaseList", "provider-user", ["provider"], true],
  ["SubmitCaseList", "provider-user", [], false],
  ["ReplaceCase", "lead-inspector", ["lead", "team"], true],
  ["ReplaceCase", "inspector", ["team"], false],
  ["ReplaceCase", "provider-user", ["provider"], false],
  ["PostponeInspection", "head-of-programme", [], true],
  ["PostponeInspection", "scheduler", [], false],
  ["CancelInspection", "lead-inspector", ["lead", "team"], false],
  ["DelegateLead", "deputy-lead-inspector", ["team"], false],
  ["ProposeDomainOne", "deputy-lead-inspector", ["team"], false],
  ["ProposeDomainOne", "deputy-lead-inspector", ["team", "lead"], true],
  ["RecordJudgement", "local-assessor", ["team", "allocated"], true],
  ["RecordJudgement", "inspector", ["team"], false],
  ["RecordJudgement", "inspector", ["allocated"], false],
  ["RecordJudgement", "lead-inspector", ["team", "lead"], false],
  ["RecordJudgement", "inspector", ["team", "allocated", "second-marker"], false],
  ["ConfirmAssessment", "inspector", ["team", "allocated"], false],
  ["ConfirmAssessment", "quality-lead", [], false],
  ["RecordSecondJudgement", "quality-lead", ["second-marker"], true],
  ["RecordSecondJudgement", "inspector", ["second-marker", "first-marker"], false],
  ["RecordSecondJudgement", "local-assessor", ["second-marker"], false],
  ["AnswerAlert", "lead-inspector", ["lead", "team"], false],
  ["ConvenePanel", "head-of-programme", ["worked"], false],
  ["ConsiderStandard", "panel-chair", ["panel", "chair"], true],
  ["ConsiderStandard", "panel-chair", ["panel", "chair", "worked"], false],
  ["ExerciseDiscretion", "panel-member", ["panel"], false],
  ["ExerciseDiscretion", "lead-inspector", ["lead", "team", "worked"], false],
  ["CastVote", "panel-member", ["panel"], true],
  ["CastVote", "panel-member", ["panel", "worked"], false],
  ["CastVote", "lead-inspector", ["lead", "team", "panel"], false],
  ["ConcludePanel", "system", [], false],
  ["DecideOverall", "panel-chair", ["panel", "chair"], false],
  ["SignOffReport", "chief-inspector", [], true],
  ["SignOffReport", "chief-inspector", ["drafted"], false],
  ["SignOffReport", "lead-inspector", ["lead", "drafted"], false],
  ["IssueCorrection", "chief-inspector", ["drafted"], false],
  ["ChangeEmbargo", "publications-officer", [], false],
  ["PublishReport", "system", [], true],
  ["PublishReport", "chief-inspector", [], false],
  ["PublishReport", "publications-officer", [], false],
  ["SubmitComment", "provider-user", [], false],
  ["AnswerComment", "provider-user", ["provider"], false],
];

describe("the separation of duties", () => {
  it.each(separations)("%s by a %s who is %j: %s", (type, role, held, permitted) => {
    expect(isPermitted(type, role, held)).toBe(permitted);
  });
});
