/**
 * Adopting a framework and withdrawing it. A document that was adopted is never replaced: what it
 * is to say otherwise is adopted under another id.
 */
import {
  documentDigest,
  type Known,
  knownById,
  type Versions,
  versions as ours,
} from "../../framework/versions.ts";
import { accept, type Decision, refuse } from "../../kernel/decider.ts";
import { stampOf } from "../../kernel/fact.ts";
import type { FrameworkId } from "../../kernel/ids.ts";
import { frameworkStream } from "../../kernel/stream.ts";
import { aggregateOf } from "../../lifecycle/aggregate.ts";
import { knownByFact } from "./adopted.ts";
import {
  type FrameworkCommand,
  type FrameworkCommandOf,
  frameworkPermissions,
  type FrameworkRefusal,
} from "./commands.ts";
import { type FrameworkEvent, isFrameworkEvent } from "./events.ts";
import { frameworkChart, type FrameworkPhase } from "./machine.ts";

export type FrameworkState = {
  readonly phase: FrameworkPhase;
  /** As it was first adopted. */
  readonly adopted: Known | undefined;
};

type Answer = Decision<FrameworkEvent, FrameworkRefusal>;

/** `shipped` come with the engine, so nobody has to adopt them. */
export const frameworkUnder = (shipped: Versions) =>
  aggregateOf<FrameworkCommand, FrameworkEvent, FrameworkEvent, FrameworkState, FrameworkRefusal>({
    chart: frameworkChart,
    isOwn: isFrameworkEvent,
    permissions: frameworkPermissions,
    initial: { adopted: undefined },
    stream: ({ framework }) => frameworkStream(framework),
    consults: () => [],
    evolve: (state, event) =>
      event.type === "FrameworkAdopted" ? { ...state, adopted: knownByFact(event) } : state,
    /** Nobody stands in any relation to a framework. */
    relations: () => [],
    stopped: (command, state) =>
      "document" in command ? unfit(command, state, shipped) : undefined,
    decide: (command, state) => answer(command, state, shipped),
    about: { FrameworkAdopted: [], FrameworkWithdrawn: [] },
  });

/** Under the frameworks that Assay brings. */
export const framework = frameworkUnder(ours);

/** Whatever stands recorded, another document never takes the place of one that is known. */
const unfit = (
  { framework: id, document, digest }: FrameworkCommandOf<"AdoptFramework">,
  { adopted }: FrameworkState,
  shipped: Versions,
): FrameworkRefusal | undefined => {
  if (document.id !== id) return { reason: "NotTheDocumentsId", id: document.id };
  const actual = documentDigest(document);
  if (actual !== digest) return { reason: "DocumentChanged", digest: actual };
  const before = adopted ?? knownById(id, shipped);
  return before && before.digest !== digest
    ? { reason: "FrameworkIdTaken", framework: id, digest: before.digest }
    : undefined;
};

const answer = (command: FrameworkCommand, state: FrameworkState, shipped: Versions): Answer => {
  const { framework: id } = command;
  const isOurs = knownById(id, shipped) !== undefined;
  const untouched = state.phase.matches("unadopted");
  if (command.type === "AdoptFramework")
    return isOurs && untouched ? accept() : accept(adoption(command));
  if (untouched && !isOurs) return refuse({ reason: "NoSuchFramework", framework: id });
  const { reason } = command;
  return accept(withdrawal(command, id, reason));
};

const adoption = (command: FrameworkCommandOf<"AdoptFramework">): FrameworkEvent => {
  const { framework: id, digest, document } = command;
  return { type: "FrameworkAdopted", ...stampOf(command), framework: id, digest, document };
};

const withdrawal = (
  command: FrameworkCommand,
  id: FrameworkId,
  reason: string,
): FrameworkEvent => ({
  type: "FrameworkWithdrawn",
  ...stampOf(command),
  framework: id,
  text: { reason },
});
