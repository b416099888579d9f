/**
 * An explanation: what is so, in words, with the facts it rests on and what each part rests on in
 * turn. The same tree is read by programs as data and by people as an indented list.
 */
import type { Place } from "./recorded.ts";

export type Kind =
  | "rating"
  | "rule"
  | "key-question"
  | "sub-sample"
  | "excluded"
  | "answers"
  | "judgement"
  | "replaced"
  | "other-key-question"
  | "discretion"
  | "trigger"
  | "weighed"
  | "reason"
  | "present"
  | "vote"
  | "dissent"
  | "proposal"
  | "evidence"
  | "decision"
  | "conclusion"
  | "score"
  | "case"
  | "sample"
  | "caveat"
  | "doubt";

export type Explanation = {
  readonly what: Kind;
  /** Whole sentences in plain English. */
  readonly words: string;
  /** Where the facts stand that make it so. */
  readonly facts: readonly Place[];
  readonly children: readonly Explanation[];
};

/** A node; `facts` may hold whole facts, of which their places are kept. */
export const node = (
  what: Kind,
  words: string,
  facts: readonly (Place | undefined)[] = [],
  children: readonly Explanation[] = [],
): Explanation => ({
  what,
  words,
  facts: facts.flatMap((fact) => (fact ? [{ stream: fact.stream, revision: fact.revision }] : [])),
  children,
});

/** Every node of the tree, the root first. */
export const nodesOf = (explanation: Explanation): readonly Explanation[] => [
  explanation,
  ...explanation.children.flatMap(nodesOf),
];

export type Rendering = {
  /** `markdown`: nested lists. `plain`: indented lines for a terminal. */
  readonly as: "markdown" | "plain";
  /** Names the facts behind each sentence, as `stream@revision`. */
  readonly facts: boolean;
};

/** The tree as text, each level two columns further in, ending with a line break. */
export const render = (
  explanation: Explanation,
  { as, facts }: Rendering = { as: "plain", facts: true },
): string => {
  const lines: string[] = [];
  const write = ({ words, facts: places, children }: Explanation, depth: number): void => {
    const bullet = as === "markdown" || depth > 0 ? "- " : "";
    const names = places.map(({ stream, revision }) => `${stream}@${revision}`).join(", ");
    const shown = facts && names ? ` [${names}]` : "";
    const written = as === "markdown" ? escaped(words) : words.replaceAll(/\s+/g, " ");
    lines.push(
      `${"  ".repeat(depth)}${bullet}${written}${as === "markdown" ? escaped(shown) : shown}`,
    );
    for (const child of children) write(child, depth + 1);
  };
  write(explanation, 0);
  return lines.map((line) => `${line}\n`).join("");
};

/** Words that people typed stay words: nothing in them is taken for Markdown or HTML. */
const escaped = (words: string): string =>
  words.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_[\]<>#|]/g, (sign) => `\\${sign}`);
