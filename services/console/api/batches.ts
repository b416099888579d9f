/**
 * Commands recorded elsewhere, without a connection: taken in their order, each with its own time
 * and its own id. A batch that is sent again changes nothing; each answer stands by itself, so that
 * a judgement in conflict holds up no other and is never settled in silence.
 */
import { Instant } from "@assay/domain/kernel/instants.ts";
import { identifyingInRequest } from "@assay/domain/kernel/identifying.ts";
import { commandTypes } from "@assay/domain/steps.ts";
import { issuesOf } from "@assay/host/schema.ts";
import type { z } from "zod";

import { json } from "../http/answer.ts";
import { type Handle, signedIn, type Visit } from "../pages/page.ts";
import { refusalInWords } from "../wording/refusals.ts";
import { problem } from "./problem.ts";
import type { BatchResults } from "./outcomes.ts";

/** As many as a whole inspection's, and a few more. */
export const MOST_COMMANDS = 5000;

const inTheField: ReadonlySet<string> = new Set(commandTypes.fieldwork);

type Result = z.output<typeof BatchResults>["results"][number];

type Recorded = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly at: Instant;
  readonly type: string;
};

type Fault = { readonly place: string; readonly problem: string };

/** Takes nothing unless every command of it says what, when and under which id. */
export const batches: Handle = async (visit) => {
  const body = (await visit.asked.json()) as { readonly commands?: unknown } | null;
  const list = Array.isArray(body) ? (body as readonly unknown[]) : body?.commands;
  if (!Array.isArray(list) || list.length === 0 || list.length > MOST_COMMANDS)
    return problem(422, { detail: `commands is a list of 1 to ${MOST_COMMANDS} commands.` });
  const faults = (list as readonly unknown[]).flatMap((each, place) =>
    faultsIn(each, place, list as readonly Recorded[], visit.now),
  );
  if (faults.length > 0)
    return problem(422, { detail: "Nothing of the batch was taken.", problems: faults });
  const results: Result[] = [];
  for (const recorded of list as readonly Recorded[]) results.push(await sent(visit, recorded));
  const answer: z.output<typeof BatchResults> = { results };
  return json(answer);
};

const faultsIn = (
  given: unknown,
  index: number,
  list: readonly Recorded[],
  now: Instant,
): readonly Fault[] => {
  const place = `commands.${index}`;
  const { id, at, type } = (given ?? {}) as Partial<Recorded>;
  const moment = Instant.safeParse(at);
  const before = Instant.safeParse(list[index - 1]?.at);
  const found: Fault[] = [];
  if (typeof id !== "string") found.push({ place: `${place}.id`, problem: "a UUID of its own" });
  else if (list.findIndex((each) => each?.id === id) < index)
    found.push({ place: `${place}.id`, problem: "is another command's, too" });
  if (typeof type !== "string" || !inTheField.has(type))
    found.push({ place: `${place}.type`, problem: "one of fieldwork's commands" });
  if (!moment.success) found.push({ place: `${place}.at`, problem: "when it was done, in UTC" });
  else if (moment.data > now) found.push({ place: `${place}.at`, problem: "lies in the future" });
  else if (before.success && moment.data < before.data)
    found.push({ place: `${place}.at`, problem: "is earlier than the command before it" });
  return found;
};

const sent = async (visit: Visit, { id, at, ...command }: Recorded): Promise<Result> => {
  const { asked, send } = visit;
  const { actor: by } = signedIn(visit);
  const about = { id: id.toLowerCase(), by, correlationId: asked.correlationId };
  const answered = await send({ ...about, at, command });
  if (answered.outcome === "malformed")
    return { id, outcome: "malformed", issues: issuesOf(answered.error) };
  const { reply, plainer } = answered;
  const warnings = identifyingInRequest(command);
  const warned = warnings.length > 0 ? { warnings } : {};
  if (reply.accepted) {
    return { id, outcome: "accepted", ...reply, ...warned, ...(plainer.length > 0 && { plainer }) };
  }
  const { refusal } = reply;
  const outcome = refusal.reason === "JudgedMeanwhile" ? "conflict" : "refused";
  return { id, outcome, detail: refusalInWords(refusal), refusal };
};
