/** The sampled cases in lines: whose each is, how far it has come, and to whom what was found. */
import { pinned } from "@assay/domain/briefing/inspection.ts";
import { kindOf } from "@assay/domain/framework/populations.ts";

import type { Held } from "./held.ts";
import { isBlind, maySeeCases, type Viewer } from "./viewer.ts";

export type CaseLine = ReturnType<typeof caseLines>[number];

/** What was found stands only in the lines of those who may know it of that case. */
export const caseLines = (held: Held, viewer: Viewer) => {
  const { fieldwork } = held;
  const mayKnow = maySeeCases(viewer, held);
  return [...fieldwork.briefing.sample.values()].map(({ case: id, population, profile }) => {
    const file = fieldwork.files.get(id);
    const key = [...(file?.relevant ?? [])];
    const found = mayKnow && !isBlind(viewer, held, id);
    return {
      id,
      population,
      kind: kindOf(pinned(fieldwork.briefing), profile),
      assessor: fieldwork.allocation.get(id),
      status: file ? file.status : ("not-begun" as const),
      answered: key.filter((code) => file?.answers.has(code)).length,
      relevant: key.length,
      ...(found && {
        noes: key.filter((code) => file?.answers.get(code)?.answer === "no").length,
        flags: file?.flags.length ?? 0,
      }),
      second: file?.second?.by,
      secondDone: file?.second?.completed,
    };
  });
};
