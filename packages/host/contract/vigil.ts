/**
 * A step small enough to read at once, on which the host's own tests run: a vigil is opened until a
 * set time, witnesses join it, and Assay closes it when the time comes or when fieldwork stops.
 */
import { accept, type Decision, refuse } from "@assay/domain/kernel/decider.ts";
import { fact, request, stampOf } from "@assay/domain/kernel/fact.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { isSaidIn, writtenIn } from "@assay/domain/lifecycle/said.ts";
import type { Aggregate, Flow } from "@assay/domain/kernel/step.ts";
import { fieldworkStream, panelStream } from "@assay/domain/kernel/stream.ts";
import { z } from "zod";

import { defineService, flowOf, type ServiceDefinition } from "../definition.ts";
import { rulesOf } from "../rules.ts";

export const VigilFact = z.discriminatedUnion("type", [
  fact("VigilOpened", { until: Instant }),
  fact("WitnessJoined", { name: z.string().trim().min(1) }),
  fact("VigilClosed", { witnesses: z.int() }),
]);
export type VigilFact = z.infer<typeof VigilFact>;

/** Foreign: fieldwork has stopped, and a vigil with it. */
export const FieldworkStopped = fact("FieldworkStopped", {});

export const VigilCommand = z.discriminatedUnion("type", [
  request("OpenVigil", { until: Instant }),
  request("JoinVigil", { name: z.string().trim().min(1) }),
  request("CloseVigil", {}),
]);
export type VigilCommand = z.infer<typeof VigilCommand>;

type Known = VigilFact | z.infer<typeof FieldworkStopped>;

type State = {
  readonly until: Instant | undefined;
  readonly witnesses: readonly string[];
  readonly closed: boolean;
  readonly stopped: Instant | undefined;
};

type No = { readonly reason: "NotOpen" | "FieldworkStopped" | "TooFewWitnesses" };

const initial: State = { until: undefined, witnesses: [], closed: false, stopped: undefined };

const evolve = (state: State, event: Known): State => {
  switch (event.type) {
    case "VigilOpened":
      return { ...state, until: event.until };
    case "WitnessJoined":
      return { ...state, witnesses: [...state.witnesses, event.name] };
    case "VigilClosed":
      return { ...state, closed: true };
    case "FieldworkStopped":
      return { ...state, stopped: event.at };
    default:
      return state;
  }
};

const decide = (command: VigilCommand, state: State): Decision<VigilFact, No> => {
  const stamp = stampOf(command);
  switch (command.type) {
    case "OpenVigil":
      if (state.until !== undefined) return accept();
      return accept({ type: "VigilOpened", ...stamp, until: command.until });
    case "JoinVigil":
      if (state.witnesses.includes(command.name)) return accept();
      if (state.stopped !== undefined) return refuse({ reason: "FieldworkStopped" });
      if (state.until === undefined || state.closed) return refuse({ reason: "NotOpen" });
      return accept({ type: "WitnessJoined", ...stamp, name: command.name });
    case "CloseVigil":
      if (state.closed) return accept();
      if (state.until === undefined) return refuse({ reason: "NotOpen" });
      if (state.witnesses.length === 0) return refuse({ reason: "TooFewWitnesses" });
      return accept({ type: "VigilClosed", ...stamp, witnesses: state.witnesses.length });
  }
};

export const vigil: Aggregate<VigilCommand, VigilFact, Known, State, No> = {
  initial,
  evolve,
  decide,
  forbids: () => undefined,
  isRecordedIn: (command, facts) => isSaidIn(facts, writtenIn(command)),
  stream: ({ inspection }) => panelStream(inspection),
  consults: ({ inspection }) => [fieldworkStream(inspection)],
};

/** Closes at its time, or at once when fieldwork stops; it waits for a first witness. */
export const vigilFlow: Flow<VigilCommand, Known, State> = {
  initial,
  evolve,
  streams: (inspection) => [panelStream(inspection), fieldworkStream(inspection)],
  owed: (inspection, { until, stopped, closed }) =>
    until === undefined || closed
      ? []
      : [
          {
            key: "close",
            what: "close the vigil",
            owner: "system",
            due: stopped === undefined ? until : undefined,
            command: (stamp) => ({ type: "CloseVigil", inspection, ...stamp }),
          },
        ],
};

export const vigilRules = rulesOf({
  name: "vigil",
  commands: VigilCommand,
  events: VigilFact,
  relies: [FieldworkStopped],
  aggregate: vigil,
});

export const vigilService: ServiceDefinition = defineService({
  name: "vigil",
  step: "panel",
  rules: [vigilRules],
  flow: flowOf({
    flow: vigilFlow,
    prefixes: ["panel-", "fieldwork-"],
    facts: [VigilFact, FieldworkStopped],
  }),
});
