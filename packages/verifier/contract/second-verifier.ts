/** What the verifier in Python, written from the documents, finds wrong with bundles. */
import { answeredInPython } from "@assay/domain/kernel/contract/python.ts";
import { keyringOf, signerFrom } from "@assay/ledger/keys.ts";
import { redact } from "@assay/ledger/leaf.ts";
import { randomStories } from "@assay/spec/at-random.ts";
import { eventsOf } from "@assay/spec/logged.ts";
import { worldAt } from "@assay/spec/stages.ts";

import { bundleOf } from "./resign.ts";

export type Given = { readonly bundle: string; readonly trusted: readonly string[] };

/** A list of problems for each bundle; undefined where this machine has no Python 3. */
export const secondProblems = (given: readonly Given[]) =>
  answeredInPython(new URL("verifier.py", import.meta.url), given) as
    | readonly (readonly string[])[]
    | undefined;

/** Checks that both verifiers do in full; decisions and senders are for this one's rules alone. */
const shared: ReadonlySet<string> = new Set([
  ...["form", "seal", "authority", "events", "order", "checkpoints", "consistency", "witnesses"],
  ...["timestamps", "framework", "certificates", "disclosures", "ratings"],
]);

type Checked = {
  readonly checks: readonly {
    readonly name: string;
    readonly holds: boolean;
    readonly detail: string;
  }[];
};

/**
 * Whether the second verifier has to refuse what this one reports on. It has no schemas: where a
 * fact fits none, this one cannot work out what rests on it, and the other may.
 */
export const isForBoth = ({ checks }: Checked): boolean => {
  const wrong = checks.filter(({ holds }) => !holds);
  const misfit = wrong.some(
    ({ name, detail }) => name === "decisions" && detail.includes("[form]"),
  );
  const open = misfit ? ["ratings", "certificates"] : [];
  return wrong.some(({ name }) => shared.has(name) && !open.includes(name));
};

const keyring = keyringOf(
  signerFrom("inspectorate.example", Buffer.alloc(32, 7).toString("base64")),
);

/** Bundles of inspections with random cases, answers and proposals; the same seed, the same. */
export const randomBundles = (count: number, seed: number): readonly Given[] =>
  randomStories(count, seed).map((story) => {
    const world = worldAt("published", story);
    const items = eventsOf(world).map((event) => ({
      event: redact(event as never),
      ...(event.type === "CaseListSubmitted" && { hidden: "It lists children's cases." }),
    }));
    return { bundle: bundleOf(world.inspection, items, keyring), trusted: keyring.keys };
  });
