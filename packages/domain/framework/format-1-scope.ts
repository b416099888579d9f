/** The first version of a scope, which had a field for each fact of the frameworks until 2025. */
import type { Upcaster } from "../kernel/upcast.ts";

type Former = {
  readonly inspectorRosh: string;
  readonly inspectorSafety: string;
  readonly childSafetyFactors: boolean;
  readonly changed: {
    readonly desistance: boolean;
    readonly safety: boolean;
    readonly harm: boolean;
  };
  readonly notDue: readonly unknown[];
};

/** The same facts by the names that the frameworks give them. */
export const scopeByName: Upcaster["up"] = ({ scope, ...data }) => {
  const { changed, notDue, ...facts } = scope as Former;
  return {
    ...data,
    scope: {
      facts: {
        ...facts,
        desistanceChanged: changed.desistance,
        safetyChanged: changed.safety,
        harmChanged: changed.harm,
      },
      notDue,
    },
  };
};

/** A judgement on one of two classifications as the answer to the question that it is now. */
export const tallyByName: Upcaster["up"] = ({ reasonable, ...data }) => ({
  ...data,
  answer: reasonable === true ? "Yes" : "No",
});
