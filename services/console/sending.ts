/**
 * Sends a command for whoever is signed in: parsed at this border, stamped with the moment and the
 * person, and under the id that its form or its client gave it, so that sending twice is harmless.
 */
import { mayRetry, type CommandBus } from "@assay/bus/port.ts";
import { InspectionCommand } from "@assay/domain/announcement/commands.ts";
import { FrameworkCommand } from "@assay/domain/announcement/adoption/commands.ts";
import { ErasureCommand } from "@assay/domain/announcement/erasure/commands.ts";
import { ProgrammeCommand } from "@assay/domain/announcement/programme/commands.ts";
import { AssessmentCommand } from "@assay/domain/fieldwork/assessment/commands.ts";
import { FieldworkCommand } from "@assay/domain/fieldwork/commands.ts";
import type { Actor } from "@assay/domain/kernel/actor.ts";
import type { Reply } from "@assay/domain/kernel/envelope.ts";
import { type Plainer, plainerIn } from "@assay/domain/kernel/printed.ts";
import { CommandId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { PanelCommand } from "@assay/domain/panel/commands.ts";
import { PublicationCommand } from "@assay/domain/publication/commands.ts";
import { PostCommand } from "@assay/domain/reminders/commands.ts";
import { stepOf } from "@assay/domain/steps.ts";
import { z } from "zod";

import { neverBy } from "./reading/permitted.ts";

const secrets: ReadonlySet<string> = new Set(["commitment", "nonce"]);

/**
 * Commitments and the nonce are the announcing service's to fill in: nobody else may name them.
 * Whatever else a schema asks of these commands is asked by that service.
 */
const withoutSecrets = InspectionCommand.options.map((option) => {
  const shape = Object.entries(option.shape).filter(([name]) => !secrets.has(name));
  if (shape.length === Object.keys(option.shape).length) return option;
  return z.strictObject(Object.fromEntries(shape) as z.ZodRawShape);
}) as unknown as typeof InspectionCommand.options;

export const AnyCommand = z.discriminatedUnion("type", [
  ...FrameworkCommand.options,
  ...ProgrammeCommand.options,
  ...withoutSecrets,
  ...ErasureCommand.options,
  ...FieldworkCommand.options,
  ...AssessmentCommand.options,
  ...PanelCommand.options,
  ...PublicationCommand.options,
  ...PostCommand.options,
]);

export type Outgoing = {
  readonly id: string;
  readonly by: Actor;
  readonly correlationId: string;
  /** When it was done, where that was before it could be sent; now unless it is given. */
  readonly at?: Instant;
  /** The command without its stamp. */
  readonly command: Readonly<Record<string, unknown>>;
};

export type Sent =
  | {
      readonly outcome: "answered";
      readonly reply: Reply;
      /** Which words were turned into plain characters before they were sent, and where. */
      readonly plainer: readonly Plainer[];
    }
  /** It is not a command as the schemas want it. */
  | { readonly outcome: "malformed"; readonly error: z.core.$ZodError };

export type Sending = (outgoing: Outgoing) => Promise<Sent>;

const Named = z.object({ id: CommandId });

/** How often an unanswered command goes out again: it has its id, so repeating it is harmless. */
const mostTries = 3;

export const createSending =
  (bus: CommandBus, now: () => Instant): Sending =>
  async ({ id, by, correlationId, command, at = now() }) => {
    const refusal = neverBy(by, command["type"]);
    if (refusal) return { outcome: "answered", reply: { accepted: false, refusal }, plainer: [] };
    const parsed = AnyCommand.safeParse({ ...command, at, by }, { reportInput: true });
    const named = Named.safeParse({ id }, { reportInput: true });
    if (!parsed.success) return { outcome: "malformed", error: parsed.error };
    if (!named.success) return { outcome: "malformed", error: named.error };
    const step = stepOf(parsed.data.type);
    if (!step) throw new TypeError(`nobody takes ${parsed.data.type}`);
    const envelope = {
      id: named.data.id,
      correlationId,
      causationId: named.data.id,
      command: parsed.data,
    };
    const plainer = plainerIn(command, parsed.data);
    for (let tries = 1; ; tries += 1) {
      try {
        return { outcome: "answered", reply: await bus.send(step, envelope), plainer };
      } catch (error) {
        if (!mayRetry(error) || tries >= mostTries) throw error;
      }
    }
  };
