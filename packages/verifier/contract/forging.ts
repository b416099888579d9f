/** A small inspection, its honest bundle, and what becomes of each forgery of it. */
import { cosign, witnessKeyOf } from "@assay/ledger/cosignature.ts";
import { keyringFrom, signerFrom } from "@assay/ledger/keys.ts";
import { redact } from "@assay/ledger/leaf.ts";
import { writeVerifierKey } from "@assay/ledger/note.ts";
import { verifyByNode } from "@assay/ledger/golden/every-byte.ts";
import type { Report } from "@assay/ledger/verify-bundle.ts";
import { eventsOf } from "@assay/spec/logged.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { plainStory } from "@assay/spec/story.ts";

import { judge } from "../judge.ts";
import { type Forgery, forgeriesOf } from "./forger.ts";
import { bundleOf, type Item } from "./resign.ts";

const seedOf = (byte: number): string => Buffer.alloc(32, byte).toString("base64");
const keyring = keyringFrom({ name: "inspectorate.example", privateKey: seedOf(7) });
const witness = signerFrom("witness.example", seedOf(8));
const trusted = [...keyring.keys, writeVerifierKey(witnessKeyOf(witness))];

const world = worldAt("published", { ...plainStory, sizes: { court: 2, outOfCourt: 1 } });
const items: readonly Item[] = eventsOf(world).map((event) => ({
  event: redact(event as never),
  ...(event.type === "CaseListSubmitted" && { hidden: "It lists children's cases." }),
}));

export const forgeries = (): readonly Forgery[] => [...forgeriesOf(items)];

/** The bundle as the authority and a witness signed it. */
export const honest = (): Report =>
  judge(
    bundleOf(world.inspection, items, keyring, (note) => cosign(note, witness, 1_628_550_000)),
    trusted,
    verifyByNode,
  );

/** How a forgery fails: by a rule that names an event, or only because the witness is silent. */
export type Noticed = "by a rule" | "by the witness" | "not at all";

/** What somebody notices who trusts the authority's key and the witness's, and was given this. */
export const notice = (forgery: Forgery): Noticed => {
  const report = judge(bundleOf(world.inspection, forgery.items(), keyring), trusted, verifyByNode);
  const found = report.checks.find((check) => !check.holds);
  if (found) {
    if (!/event \d+ \(.+\) \[.+\]: /.test(decisionsIn(report)))
      throw new Error(`${forgery.what}: no rule is named, but ${found.name}: ${found.detail}`);
    return "by a rule";
  }
  return report.caveats.some((caveat) => caveat.startsWith("witness witness.example, whom"))
    ? "by the witness"
    : "not at all";
};

const decisionsIn = ({ checks }: Report): string =>
  checks.find(({ name, holds }) => name === "decisions" && !holds)?.detail ?? "";
