/**
 * Checks that the rules lead to the recorded events (who may, what follows, and nothing else), and
 * that whoever is said to have asked for them did.
 */
import { fromBase64 } from "./base64.ts";
import type { Bundle } from "./bundle.ts";
import { placeName } from "./check-events.ts";
import type { Case, Decided, Finding, Logged, VerifyOptions } from "./check.ts";
import { asErased } from "./leaf.ts";

/** Every event of the bundle decided again, when it is first asked for; undefined without rules. */
export const decidedOnce = (
  bundle: Bundle,
  { decide }: VerifyOptions,
): (() => Decided | undefined) => {
  let found: Decided | undefined;
  return () => (found ??= decide?.(logOf(bundle), bundle.framework.document));
};

const logOf = (bundle: Bundle): readonly Logged[] =>
  bundle.events.map((entry): Logged => {
    if ("withheld" in entry) {
      const { reason: _, ...place } = entry.withheld;
      return { index: entry.index, ...place };
    }
    const { data, metadata, ...place } = asErased(entry.event);
    return { index: entry.index, ...place, shown: { data, metadata } };
  });

/** Every event shown is decided again from those before it, by the rules pinned in the bundle. */
export const checkDecisions = ({ bundle, decided }: Case): Finding => {
  const verdict = decided();
  if (verdict === undefined) {
    return { problems: [], summary: "not looked at", caveats: ["nothing was decided again"] };
  }
  const { problems, recomputed, compared } = verdict;
  const named = (index: number): string => placeName(bundle.events[index]!);
  const agree = compared.map(({ index, what }) => `${named(index)}: ${what}`);
  const rest =
    agree.length > 0 ? `; ${agree.length} only agree with others: ${agree.join("; ")}` : "";
  return {
    problems: problems.map(({ index, rule, what }) => `${named(index)} [${rule}]: ${what}`),
    summary: `${recomputed} events decided again, the same${rest}`,
    recomputed,
    compared: compared.length,
    trust:
      compared.length > 0
        ? ["those who have what is not in the file, such as the case list, for what rests on it"]
        : [],
  };
};

/**
 * Each command that has a seal was sealed by an edge that the reader trusts to vouch for whoever
 * sent it: nobody who can only write to the store has the key for that.
 */
export const checkSenders = ({ bundle, decided, edges, verify }: Case): Finding => {
  const verdict = decided();
  if (verdict === undefined) return { problems: [], summary: "not looked at" };
  const { seals } = verdict;
  const kept = seals.flatMap(({ seal, ...each }) => (seal ? [{ ...each, seal }] : []));
  if (kept.length === 0)
    return { problems: [], summary: "no seals", caveats: [nobodySealed], trust: [writers] };
  const named = (index: number): string => placeName(bundle.events[index]!);
  const known = new Set(edges.map(({ key }) => key.name));
  const strange = kept.filter(({ seal }) => !known.has(seal.edge));
  const judged = kept.filter(({ seal }) => known.has(seal.edge));
  const isGood = ({ seal, by, messages }: (typeof kept)[number]): boolean =>
    edges.some(
      ({ key: { name, publicKey }, vouchesFor }) =>
        name === seal.edge &&
        vouchesFor === by &&
        messages.some((message) =>
          verify({ signature: fromBase64(seal.signature), message, publicKey }),
        ),
    );
  const wrong = judged.filter((each) => !isGood(each));
  const bare = seals.filter(({ seal }) => !seal).map(({ index }) => named(index));
  const names = [...new Set(strange.map(({ seal }) => seal.edge))].join(", ");
  const good = judged.length - wrong.length;
  return {
    problems: wrong.map(
      ({ index, seal, by }) =>
        `${named(index)} [seal]: ${seal.edge} did not seal that for ${by}, or something else`,
    ),
    summary: `${good} of ${seals.length} commands are sealed by edges that you trust`,
    recomputed: good,
    trust:
      strange.length + bare.length > 0 ? [writers] : ["those edges, that they know who signed in"],
    caveats: [
      ...(strange.length > 0
        ? [`who sent ${strange.length} commands, sealed by ${names}: no key of theirs was given`]
        : []),
      ...(bare.length > 0
        ? [`who sent ${bare.length} commands, which have no seal: ${listed(bare)}`]
        : []),
    ],
  };
};

const writers =
  "whoever can write to the inspectorate's event store, that they did not speak for its people";

const nobodySealed =
  "who sent the commands: no seals were kept, so whoever could write to the store could speak for " +
  "anybody, within the rules";

const listed = (names: readonly string[]): string =>
  names.length > 3
    ? `${names.slice(0, 3).join("; ")}; and ${names.length - 3} more`
    : names.join("; ");
