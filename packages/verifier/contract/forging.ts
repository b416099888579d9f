/** A small inspection, its honest bundle, and what becomes of each forgery of it. */
import type { Actor } from "@assay/domain/kernel/actor.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { mapTexts } from "@assay/domain/kernel/text-places.ts";
import { askedFor, type InspectionCategory, type Told } from "@assay/domain/verification/asked.ts";
import { partedOf, sealMessage } from "@assay/domain/verification/seal-message.ts";
import { categoryOf } from "@assay/domain/kernel/stream.ts";
import { cosign, witnessKeyOf } from "@assay/ledger/cosignature.ts";
import { keyringOf, signerFrom } from "@assay/ledger/keys.ts";
import { redact } from "@assay/ledger/leaf.ts";
import { verifierKeyOf, writeVerifierKey } from "@assay/ledger/note.ts";
import { verifyByNode } from "@assay/ledger/golden/every-byte.ts";
import type { Report } from "@assay/ledger/verify-bundle.ts";
import { eventsOf, type LoggedEvent } from "@assay/spec/logged.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { plainStory } from "@assay/spec/story.ts";

import { judge } from "../judge.ts";
import { type Forgery, forgeriesOf } from "./forger.ts";
import { bundleOf, type Item } from "./resign.ts";

const seedOf = (byte: number): string => Buffer.alloc(32, byte).toString("base64");
const keyring = keyringOf(signerFrom("inspectorate.example", seedOf(7)));
const witness = signerFrom("witness.example", seedOf(8));
const edges = {
  people: signerFrom("console", seedOf(9)),
  duties: signerFrom("duties", seedOf(10)),
};
const trusted = [
  ...[...keyring.keys, writeVerifierKey(witnessKeyOf(witness))],
  ...Object.entries(edges).map(
    ([whom, edge]) => `${whom} ${writeVerifierKey(verifierKeyOf(edge))}`,
  ),
];

const world = worldAt("published", { ...plainStory, sizes: { court: 2, outOfCourt: 1 } });
const events = eventsOf(world);

/** The events with the seal of each command on its first fact, as an edge made it. */
const sealed = (event: LoggedEvent): LoggedEvent => {
  const { metadata, stream } = event;
  if (metadata.index > 0) return event;
  const { commandId: id, correlationId, causationId } = metadata;
  const facts = events
    .filter((each) => each.metadata.commandId === id)
    .map(({ type, data }) => mapTexts({ type, ...data }, () => ({ erased: true })) as Told);
  const category = categoryOf(stream) as InspectionCategory;
  const [command] = askedFor(category, facts, world.inspection);
  const edge = edges[(event.data["by"] as Actor).role === "system" ? "duties" : "people"];
  const stamp = { edge: edge.name, at: event.data["at"] as Instant, words: "0".repeat(64) };
  const message = sealMessage({ id, correlationId, causationId }, partedOf(command!).said, stamp);
  const signature = Buffer.from(edge.sign(message)).toString("base64");
  return { ...event, metadata: { ...metadata, seal: { ...stamp, signature } } };
};

const items: readonly Item[] = events.map(sealed).map((event) => ({
  event: redact(event as never),
  ...(event.type === "CaseListSubmitted" && { hidden: "It lists children's cases." }),
}));

export const forgeries = (): readonly Forgery[] => [...forgeriesOf(items)];

/** A bundle, and what somebody reads in it who trusts the authority, the witness and the edges. */
export type Tried = { readonly bundle: string; readonly report: Report };

const tried = (bundle: string): Tried => ({ bundle, report: judge(bundle, trusted, verifyByNode) });

/** The bundle as the authority and a witness signed it. */
export const honest = (): Tried =>
  tried(bundleOf(world.inspection, items, keyring, (note) => cosign(note, witness, 1_628_550_000)));

/** The bundle that somebody makes who holds the authority's key. */
export const forged = (forgery: Forgery): Tried =>
  tried(bundleOf(world.inspection, forgery.items(), keyring));

/** The keys that a second program is given to trust. */
export const trustedKeys = trusted.filter((key) => !key.includes(" "));

/**
 * How a forgery fails: by a rule that names an event, by the seal of a command that is not of what
 * its facts tell, or only because the witness is silent.
 */
export type Noticed = "by a rule" | "by a seal" | "by the witness" | "not at all";

/** What is noticed of a forgery. Throws where something fails and no rule is named. */
export const noticed = ({ report }: Tried): Noticed => {
  const found = report.checks.filter((check) => !check.holds);
  if (found.length > 0) {
    if (found.every(({ name }) => name === "senders")) return "by a seal";
    if (!/event \d+ \(.+\) \[.+\]: /.test(decisionsIn(report)))
      throw new Error(`no rule is named, but ${JSON.stringify(found)}`);
    return "by a rule";
  }
  if (report.caveats.some((caveat) => caveat.startsWith("who sent"))) return "by a seal";
  return report.caveats.some((caveat) => caveat.startsWith("witness witness.example, whom"))
    ? "by the witness"
    : "not at all";
};

const decisionsIn = ({ checks }: Report): string =>
  checks.find(({ name, holds }) => name === "decisions" && !holds)?.detail ?? "";
