import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { commandTypes } from "@assay/domain/steps.ts";
import { expect, it } from "vitest";

import { commandNames } from "./api/openapi.ts";

/** Why people have no form for these. */
const without: Readonly<Record<string, string>> = {
  AdoptPublishedRating: "records what was published before Assay, as examples are told",
  CallReminders: "Assay's own, at its time",
  RecordDelivery: "Assay's own, from whoever delivers",
  PublishReport: "Assay's own, at the moment of the embargo",
  EraseCaseList: "falls due by itself, when the time for keeping is over",
  EraseCaseWords: "falls due by itself, when the time for keeping is over",
  RecordJudgement: "the answers of the assessment form, one command each",
  RecordSecondJudgement: "the answers of the assessment form, one command each",
};

const sources = ["pages", "views"]
  .map((folder) => join(import.meta.dirname, folder))
  .flatMap((folder) => readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8")))
  .join("\n");

const hasForm = (type: string): boolean =>
  new RegExp(`type: "${type}"|name="_type" value="${type}"|sheet\\("${type}"`).test(sources);

it("offers a form for every command of the domain, or says why there is none", () => {
  const all = Object.values(commandTypes).flat();
  expect(all.filter((type) => !hasForm(type) && !(type in without))).toEqual([]);
  expect(Object.keys(without).filter((type) => !all.includes(type) || hasForm(type))).toEqual([]);
});

it("takes every command over the API but those that Assay alone may send", () => {
  const missing = Object.values(commandTypes)
    .flat()
    .filter((type) => !commandNames.some((name) => name === type));
  expect(missing).toEqual(["CallReminders", "RecordDelivery"]);
});
