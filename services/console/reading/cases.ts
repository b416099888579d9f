/** The sampled cases in lines: whose each is, how far it has come, and to whom what was found. */
import { answersIn } from "@assay/domain/briefing/case-file.ts";
import { pinned } from "@assay/domain/briefing/inspection.ts";
import { kindOf } from "@assay/domain/framework/populations.ts";

import type { Held, Listed } from "./held.ts";
import { maySeeCases, type Viewer } from "./viewer.ts";

/** With what was found, whoever may know it. */
export type WholeLine = ReturnType<typeof wholeLines>[number];
export type CaseLine = ReturnType<typeof lineFor>;

export const caseLines = (held: Held, viewer: Viewer): readonly CaseLine[] =>
  wholeLines(held).map((line) => lineFor(line, held, viewer));

export const wholeLines = ({ fieldwork }: Held) =>
  [...fieldwork.briefing.sample.values()].map(({ case: id, population, profile }) => {
    const file = fieldwork.files.get(id);
    const key = [...(file?.relevant ?? [])];
    const answers = answersIn(file);
    return {
      id,
      population,
      kind: kindOf(pinned(fieldwork.briefing), profile),
      assessor: fieldwork.allocation.get(id),
      status: file ? file.status : ("not-begun" as const),
      answered: key.filter((code) => answers.has(code)).length,
      relevant: key.length,
      noes: key.filter((code) => answers.get(code)?.answer === "no").length,
      flags: file?.flags.length ?? 0,
      second: file?.second?.by,
      secondDone: file?.second?.completed,
    };
  });

/** What was found stands only in the lines of those who may know it of that case. */
export const lineFor = ({ noes, flags, ...line }: WholeLine, held: Listed, viewer: Viewer) => {
  const own = viewer.kind === "person" && line.second === viewer.actor.id;
  const found = maySeeCases(viewer, held) && !(own && !line.secondDone);
  return { ...line, ...(found && { noes, flags }) };
};
