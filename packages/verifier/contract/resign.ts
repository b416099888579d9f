/**
 * Whoever holds the authority's key: takes a log apart, puts another together and signs that. The
 * forger does everything right but one thing, so that no digest or signature gives it away.
 */
import { certificateIn, ratingsOnRecord } from "@assay/domain/audit/recompute.ts";
import { AnyFact, factIn } from "@assay/domain/facts.ts";
import {
  bundleMembers,
  sealedBundle,
  sealText,
  type StagedCheckpoint,
} from "@assay/ledger/bundle.ts";
import { originOf, signCheckpoint } from "@assay/ledger/checkpoint.ts";
import type { Keyring } from "@assay/ledger/keys.ts";
import { asErased, leafOf, type RedactedEvent } from "@assay/ledger/leaf.ts";
import { type InspectionLog, nextCheckpoint } from "@assay/ledger/log.ts";
import { type KeyAtHand, signNote } from "@assay/ledger/note.ts";
import { stageAfter } from "@assay/ledger/stages.ts";
import { append, emptyRange, type Hash, nodesInMemory } from "@assay/ledger/tree.ts";

/** An event of a log that is to be signed; with a reason it is not shown. */
export type Item = { readonly event: RedactedEvent; readonly hidden?: string };

const leaves = new WeakMap<RedactedEvent, Hash>();

const leafOnce = (event: RedactedEvent): Hash => {
  const known = leaves.get(event);
  if (known) return known;
  const leaf = leafOf(event);
  leaves.set(event, leaf);
  return leaf;
};

/** The bundle of these events, signed by the authority's key, everything in it following. */
export const bundleOf = (
  inspection: string,
  items: readonly Item[],
  keyring: Keyring<KeyAtHand>,
  attest: (note: string) => string = (note) => note,
): string => {
  const { read, write } = nodesInMemory();
  let range = emptyRange;
  const entries = items.map(({ event }, index) => {
    const leaf = leafOnce(event);
    range = append(range, leaf, write);
    return { index, event, leaf };
  });
  const log: InspectionLog = { inspection, entries, read };
  const origin = originOf(keyring.signer.name, inspection);
  const earlier: string[] = [];
  const calling = entries.filter(
    ({ event, index }) => stageAfter(event) !== undefined || index === entries.length - 1,
  );
  const checkpoints = calling.map(({ event, index }): StagedCheckpoint => {
    const next = nextCheckpoint({ log, size: index + 1, origin, earlier });
    const issued = signCheckpoint(next, keyring.signer);
    earlier.push(issued);
    const stage = stageAfter(event) ?? "published";
    return { stage, after: event.id, note: attest(issued), timestamps: [] };
  });
  const facts = items.flatMap(({ event }) => factsFrom(event));
  const announced = facts.find(({ type }) => type === "InspectionAnnounced");
  const version =
    announced?.type === "InspectionAnnounced" ? announced.framework.version : undefined;
  const certificate = certificateIn(facts, inspection);
  const hidden = new Map(items.map(({ event, hidden: why }) => [event.id, why]));
  const members = bundleMembers({
    ...{ log, keyring, checkpoints },
    framework: { id: version?.id ?? "none", document: { ...version } },
    certificates: certificate ? [certificate] : [],
    ratings: { ...ratingsOnRecord(facts) },
    withhold: ({ id }) => hidden.get(id),
  });
  return sealedBundle(members, signNote(sealText(members), [keyring.signer]));
};

/** The fact that the event is, or none where it is forged past reading. */
const factsFrom = (event: RedactedEvent): readonly AnyFact[] => {
  try {
    const { data } = AnyFact.safeParse(factIn(asErased(event)));
    return data ? [data] : [];
  } catch (error) {
    if (error instanceof TypeError) return [];
    throw error;
  }
};
