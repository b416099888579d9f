import { readFileSync } from "node:fs";
import { join } from "node:path";

import { commandTypes } from "@assay/domain/steps.ts";
import { expect, it } from "vitest";

import { commandNames } from "./api/openapi.ts";
import { submissions } from "./fixtures/submissions.ts";

/** Why people have no form for these. */
const without: Readonly<Record<string, string>> = {
  AdoptPublishedRating: "records what was published before Assay, as examples are told",
  CallReminders: "Assay's own, at its time",
  CallLetters: "Assay's own, once there is something to tell",
  RecordDelivery: "Assay's own, from whoever delivers",
  OpenFieldwork: "Assay's own, at nine on the first day of fieldwork",
  EndCommentPeriod: "Assay's own, when the time for comments is over",
  SendEmbargoedCopies: "Assay's own, three working days before publication",
  PublishReport: "Assay's own, at the moment of the embargo",
  EraseCaseList: "falls due by itself, when the time for keeping is over",
  EraseCaseWords: "falls due by itself, when the time for keeping is over",
  RecordJudgement: "the answers of the assessment form, one command each",
  RecordSecondJudgement: "the answers of the assessment form, one command each",
};

const all = Object.values(commandTypes).flat();

/** Where forms are sent one by one. */
const tests = ["concluding.live", "erasing", "planning", "submitting.live"].map((name) =>
  readFileSync(join(import.meta.dirname, `${name}.test.ts`), "utf8"),
);

const isSent = (type: string): boolean =>
  submissions.some(({ form }) => form.split("-")[0] === type) ||
  tests.some((test) => new RegExp(`desk\\.send\\([^,]+, ["\`]${type}["\`-]`).test(test));

it("sends a form of every command of the domain, or says why not", () => {
  expect(all.filter((type) => !isSent(type) && !(type in without))).toEqual([]);
  expect(Object.keys(without).filter((type) => !all.includes(type) || isSent(type))).toEqual([]);
});

it("takes every command over the API but those that Assay alone may send", () => {
  const missing = all.filter((type) => !commandNames.some((name) => name === type));
  expect(missing).toEqual(["CallReminders", "CallLetters", "RecordDelivery"]);
});
