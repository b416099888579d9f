/** The quality sample of an inspection: chosen once, by a seed, and recorded with its seed. */
import { pinned } from "../../briefing/inspection.ts";
import { accept } from "../../kernel/decider.ts";
import { stampOf } from "../../kernel/fact.ts";
import type { FieldworkCommandOf } from "../commands.ts";
import { isConflicted } from "../conflicts.ts";
import type { FieldworkAnswer, FieldworkState } from "../state.ts";
import { chooseSecondMarkings, dipSample } from "./choose.ts";

/** Of all sampled cases; those not completed yet are looked at when they are. */
export const drawQualitySample = (
  command: FieldworkCommandOf<"DrawQualitySample">,
  state: FieldworkState,
): FieldworkAnswer => {
  const { seed, markers } = command;
  const { briefing, files, allocation, conflicts } = state;
  const framework = pinned(briefing);
  const { dipSamplePercent, secondMarkingPercent } = framework.ruleset.assurance;
  const cases = [...briefing.sample.keys()].map((id) => ({
    case: id,
    flagged: (files.get(id)?.flags.length ?? 0) > 0,
    assessors: [
      ...(files.get(id)?.judges ?? []),
      ...[allocation.get(id)].filter((person) => person !== undefined),
      ...markers.filter((person) => isConflicted(conflicts, person, id)),
    ],
  }));
  return accept({
    type: "QualitySampleDrawn",
    ...stampOf(command),
    seed,
    dipSamplePercent,
    secondMarkingPercent,
    markers,
    dipSample: dipSample({ seed, cases, percent: dipSamplePercent }),
    secondMarkings: chooseSecondMarkings({ seed, cases, percent: secondMarkingPercent, markers }),
  });
};
