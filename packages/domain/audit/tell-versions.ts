/**
 * The drafts and versions of a report beside one another: what each said, what was known on its
 * day, and what changed from the one before.
 */
import type { Instant } from "../kernel/instants.ts";
import { type Difference, differenceBetween, type KnownVersion } from "./difference.ts";
import { counted } from "../kernel/wording.ts";
import { momentInWords, standingInWords } from "./explain-words.ts";
import { type Explanation, node } from "./explanation.ts";
import { tellDifference } from "./tell.ts";

/** A version with what changed since the one before it; plain data. */
export type ComparedVersion = Omit<KnownVersion, "facts"> & {
  /** How many facts were known. */
  readonly known: number;
  /** Null for the first. */
  readonly since: Difference | null;
};

export const compareVersions = (versions: readonly KnownVersion[]): readonly ComparedVersion[] =>
  versions.map(({ facts, ...version }, i) => {
    const former = versions[i - 1];
    return {
      ...version,
      known: facts.length,
      since: former ? differenceBetween(former.facts, facts) : null,
    };
  });

export const tellVersions = (versions: readonly ComparedVersion[]): Explanation =>
  node(
    "rating",
    `The report exists in ${counted(versions.length, "version")}, drafts included.`,
    [],
    versions.map(({ version, at, known, place, ratings, since }) => {
      const name = version === "draft" ? "The draft" : `Version ${version}`;
      const act = version === "draft" ? "was sent" : "was published";
      const total = ratings ? standingInWords(ratings) : "no ratings";
      const words =
        `${name} ${act} on ${momentInWords(at as Instant)}, ` +
        `when ${counted(known, "fact")} were known: ${total}.`;
      return node("conclusion", words, [place], since ? [tellDifference(since)] : []);
    }),
  );
