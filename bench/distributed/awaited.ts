/**
 * Made-up inspections that wait for one command each: told in memory up to there, then stored many
 * times, so that every command of a measurement goes to an inspection of its own.
 */
import { randomUUID } from "node:crypto";

import type { CommandEnvelope } from "@assay/domain/kernel/envelope.ts";
import { CommandId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { Step } from "@assay/domain/steps.ts";
import { carry } from "@assay/embedded/carry.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { chanceOf } from "@assay/faults/scenario.ts";
import { smallPlot } from "@assay/faults/small-plot.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";

import { longAgo, silent, storeCopy } from "../lifecycles/copies.ts";

/** What the step is sent, and where the inspection stands by then. */
type Model = {
  readonly envelope: CommandEnvelope;
  readonly before: readonly StoredEvent[];
  /** How many facts the command leads to. */
  readonly facts: number;
};

const commands: Readonly<Record<Step, string>> = {
  announcement: "ScheduleInspection",
  fieldwork: "RecordJudgement",
  panel: "ConvenePanel",
  publication: "DraftSection",
};

/** Whoever waits for these commands is owed nothing by Assay at this time. */
export const waiting = "2020-04-03T09:00:00.000Z" as Instant;

const plot = smallPlot(chanceOf(2, "plot"));

export type Models = Readonly<Record<Step, Model>>;

export const tellModels = async (): Promise<Models> => {
  const clock = createSteppedClock(longAgo);
  const engine = await startEngine({ dataDir: undefined, clock, log: silent });
  const envelopes: CommandEnvelope[] = [];
  const onCommand = (_: unknown, envelope: CommandEnvelope) => void envelopes.push(envelope);
  await carry({ engine, clock, plots: [plot], onCommand });
  const history: StoredEvent[] = [];
  for await (const page of engine.store.readAll()) history.push(...page);
  await engine.close();
  const modelOf = (type: string): Model => {
    const wanted = envelopes.filter(({ command }) => command.type === type);
    const led = ({ metadata }: StoredEvent, id: string) => metadata["commandId"] === id;
    const at = history.findIndex((event) => wanted.some(({ id }) => led(event, id)));
    const envelope = wanted.find(({ id }) => history[at] && led(history[at], id));
    if (!envelope) throw new TypeError(`the story has no ${type}`);
    const facts = history.filter((event) => led(event, envelope.id)).length;
    return { envelope, before: history.slice(0, at), facts };
  };
  return {
    announcement: modelOf(commands.announcement),
    fieldwork: modelOf(commands.fieldwork),
    panel: modelOf(commands.panel),
    publication: modelOf(commands.publication),
  };
};

/** So many commands, each for a stored inspection of its own. */
export const awaiting = async (
  store: EventStore,
  { envelope, before }: Model,
  count: number,
): Promise<CommandEnvelope[]> => {
  const waits: CommandEnvelope[] = [];
  for (let number = 0; number < count; number += 1) {
    const to = `awaited-${randomUUID().slice(0, 13)}`;
    if (before.length > 0) await storeCopy(store, before, { from: plot.inspection, to });
    const id = CommandId.parse(randomUUID());
    const command = JSON.stringify(envelope.command).replaceAll(plot.inspection, to);
    waits.push({ id, correlationId: id, causationId: id, command: JSON.parse(command) });
  }
  return waits;
};
