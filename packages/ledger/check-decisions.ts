/** Checks that the rules lead to the recorded events: who may, what follows, and nothing else. */
import { placeName } from "./check-events.ts";
import type { Case, Finding, Logged } from "./check.ts";
import { asErased } from "./leaf.ts";

/** Every event shown is decided again from those before it, by the rules pinned in the bundle. */
export const checkDecisions = ({ bundle, options }: Case): Finding => {
  if (options.decide === undefined) {
    return { problems: [], summary: "not looked at", caveats: ["nothing was decided again"] };
  }
  const log = bundle.events.map((entry): Logged => {
    if ("withheld" in entry) {
      const { reason: _, ...place } = entry.withheld;
      return { index: entry.index, ...place };
    }
    const { data, metadata, ...place } = asErased(entry.event);
    return { index: entry.index, ...place, shown: { data, metadata } };
  });
  const { problems, recomputed, compared } = options.decide(log, bundle.framework.document);
  const named = (index: number): string => placeName(bundle.events[index]!);
  const agree = compared.map(({ index, what }) => `${named(index)}: ${what}`);
  const rest =
    agree.length > 0 ? `; ${agree.length} only agree with others: ${agree.join("; ")}` : "";
  return {
    problems: problems.map(({ index, rule, what }) => `${named(index)} [${rule}]: ${what}`),
    summary: `${recomputed} events decided again, the same${rest}`,
    recomputed,
    compared: compared.length,
  };
};
