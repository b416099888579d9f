import { assay, forbids, type Relation, type Role } from "@assay/domain/kernel/actor.ts";
import { commandPermissions } from "@assay/domain/permissions.ts";
import type { CommandName } from "@assay/domain/steps.ts";
import { describe, expect, it } from "vitest";

const isPermitted = (type: CommandName, role: Role, held: readonly Relation[]): boolean =>
  forbids(commandPermissions, { type, by: { ...assay, role } }, held) === undefined;

/** Command, role, relations, and whether it is permitted: by hand, from the method, section 1. */
const separations: readonly (readonly [CommandName, Role, readonly Relation[], boolean])[] = [
  ["AdoptFramework", "head-of-programme", [], true],
  ["AdoptFramework", "chief-inspector", [], false],
  ["WithdrawFramework", "scheduler", [], false],
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
  ["EraseCase", "head-of-programme", [], true],
  ["EraseCase", "lead-inspector", ["lead", "team"], false],
  ["EraseCase", "provider-user", ["provider"], false],
  ["EraseCase", "system", [], false],
  ["EraseCaseWords", "system", [], true],
  ["EraseCaseWords", "scheduler", [], false],
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
  ["ConsiderStandard", "panel-member", ["panel", "chair"], true],
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
