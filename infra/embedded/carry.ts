/**
 * Carries published inspections through a running engine with real commands, in the order of time.
 * Telling a story again is harmless: its commands keep their ids.
 */
import { BusFault, type CommandBus } from "@assay/bus/port.ts";
import type { CommandEnvelope } from "@assay/domain/kernel/envelope.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import {
  envelopeFor,
  type Line,
  type Plot,
  type Scene,
} from "@assay/domain/reconstruction/story.ts";
import { stepOf } from "@assay/domain/steps.ts";
import type { SteppedClock } from "@assay/host/clock.ts";
import type { EventStore } from "@assay/store/port.ts";

import type { Engine } from "./engine.ts";
import { lookAt } from "./facts.ts";
import { type Scenes, scenesOf } from "./scenes.ts";

/** A command of the story was not accepted: the engine and the published report disagree. */
export class StoryRefused extends Error {
  readonly envelope: CommandEnvelope;
  readonly refusal: unknown;

  constructor(envelope: CommandEnvelope, refusal: { readonly reason: string }) {
    super(`${envelope.command.type} was refused: ${JSON.stringify(refusal)}`);
    this.name = "StoryRefused";
    this.envelope = envelope;
    this.refusal = refusal;
  }
}

export type Carrying = {
  readonly engine: Pick<Engine, "idle"> & {
    readonly bus: Pick<CommandBus, "send">;
    readonly store: Pick<EventStore, "read">;
  };
  readonly clock: Pick<SteppedClock, "now" | "moveTo">;
  readonly plots: readonly Plot[];
  /** The scenes of a plot: by default its whole story. */
  readonly scenes?: Scenes;
  /** Called after each command that was answered. */
  readonly onCommand?: (plot: Plot, envelope: CommandEnvelope) => void;
  readonly patience?: Patience;
};

/**
 * In milliseconds: how long for one answer, how long for a command with its repetitions, and how
 * long before it is sent again.
 */
export type Patience = {
  readonly answer: number;
  readonly command: number;
  readonly again?: number;
};

const patient: Patience = { answer: 30_000, command: 60_000 };

/** Tells every plot to its end; scenes of different inspections interleave as their days do. */
export const carry = async (carrying: Carrying): Promise<void> => {
  const { engine, clock, plots, scenes: scenesFor = scenesOf } = carrying;
  const tellings = await Promise.all(
    plots.map(async (plot) => {
      const scenes = scenesFor(plot, (inspection) => lookAt(engine.store, inspection));
      return { plot, scenes, next: (await scenes.next()).value };
    }),
  );
  for (;;) {
    const due = tellings
      .flatMap((telling) => (telling.next ? [{ telling, scene: telling.next }] : []))
      .toSorted((a, b) => (a.scene.at < b.scene.at ? -1 : 1))[0];
    if (!due) return engine.idle();
    const { telling, scene } = due;
    await clock.moveTo(later(scene.at, clock.now()), () => engine.idle());
    await play(scene, telling.plot, carrying);
    await engine.idle();
    telling.next = (await telling.scenes.next()).value;
  }
};

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);

const play = async (
  { at, lanes }: Scene,
  plot: Plot,
  { engine, onCommand, patience }: Carrying,
): Promise<void> => {
  const lane = async (lines: readonly Line[], index: number): Promise<void> => {
    for (const [place, each] of lines.entries()) {
      const envelope = envelopeFor(plot, each, { at, place: `${index}.${place}` });
      await deliver(engine.bus, envelope, patience);
      onCommand?.(plot, envelope);
    }
  };
  await Promise.all(lanes.map(lane));
};

/** Sends until there is an answer; without one the same envelope goes again. */
export const deliver = async (
  bus: Pick<CommandBus, "send">,
  envelope: CommandEnvelope,
  patience: Patience = patient,
): Promise<void> => {
  const step = stepOf(envelope.command.type);
  if (!step) throw new TypeError(`nobody takes ${envelope.command.type}`);
  const until = Date.now() + patience.command;
  for (;;) {
    try {
      const reply = await bus.send(step, envelope, { timeout: patience.answer });
      if (!reply.accepted) throw new StoryRefused(envelope, reply.refusal);
      return;
    } catch (error) {
      if (!(error instanceof BusFault) || !error.retry || Date.now() >= until) throw error;
      await new Promise((resolve) => setTimeout(resolve, patience.again ?? 250));
    }
  }
};
