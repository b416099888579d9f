/** Templates into pages: Nunjucks with the design systems' macros, and how values are put. */
import { join } from "node:path";

import type { Role } from "@assay/domain/kernel/actor.ts";
import type { Framework } from "@assay/domain/framework/document.ts";
import type { Rating } from "@assay/domain/framework/scale.ts";
import type { Versions } from "@assay/domain/framework/versions.ts";
import { dayInEngland, type Instant } from "@assay/domain/kernel/instants.ts";
import type { Stage } from "@assay/domain/lifecycle/stage.ts";
import nunjucks from "nunjucks";

import { govukFolder, mojFolder, ownFolder, type StaticFiles } from "./http/static-files.ts";
import { dayInWords, factName } from "@assay/domain/kernel/wording.ts";

import { casesNumbered } from "./wording/case-numbers.ts";
import { distanceInWords, momentInWords } from "./wording/dates.ts";
import {
  fileSize,
  panelOwes,
  plain,
  ratingClass,
  roleNames,
  sectionName,
  stageNames,
  stageTags,
  personName,
} from "./wording/names.ts";

/** Pages of what is stored, which name things as programs do. */
const asStored = ["api", "event", "proofs"];

export type Renderer = (view: string, model: Readonly<Record<string, unknown>>) => string;

export const createRenderer = (files: StaticFiles, known: () => Versions): Renderer => {
  const folders = [join(ownFolder, "views"), govukFolder, mojFolder];
  const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(folders), {
    autoescape: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  const filters = {
    day: dayInWords,
    dayOf: (instant: string) =>
      dayInWords(instant.length > 10 ? dayInEngland(instant as Instant) : instant),
    moment: momentInWords,
    distance: distanceInWords,
    personName,
    panelOwes: (owed: string) => panelOwes[owed] ?? plain(owed),
    eventName: factName,
    fileSize,
    plain,
    percent: (share: number) => `${Math.round(share * 1000) / 10}%`,
    wholePercent: (share: number) => `${Math.round(share * 100)}%`,
    points: (share: number) => `${share > 0 ? "+" : ""}${Math.round(share * 1000) / 10}`,
    roleName: (role: Role) => roleNames[role],
    stageName: (stage: Stage) => stageNames[stage],
    stageTag: (stage: Stage) => stageTags[stage],
    ratingClass: (rating: Rating) => ratingClass(rating, known()),
    sectionName: (section: string, framework?: Framework) => sectionName(framework, section),
    json: (value: unknown) => JSON.stringify(value, undefined, 2),
    trim,
  };
  for (const [name, filter] of Object.entries(filters)) environment.addFilter(name, filter);
  environment.addGlobal("asset", files.address);
  return (view, model) => {
    const page = environment.render(`${view}.njk`, model);
    return asStored.includes(view) ? page : casesNumbered(page);
  };
};

/** Nunjucks' own takes the square of the time for what somebody fills with line breaks. */
const trim = (value: string | nunjucks.runtime.SafeString): unknown => {
  const text = value.toString().trim();
  return typeof value === "string" ? text : new nunjucks.runtime.SafeString(text);
};
