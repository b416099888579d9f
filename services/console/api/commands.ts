/** The API's door for commands: any of them by its type, once under each idempotency key. */
import { type Identifying, identifyingInWords } from "@assay/domain/kernel/identifying.ts";
import { issuesOf } from "@assay/host/schema.ts";
import type { z } from "zod";

import { type Answer, json } from "../http/answer.ts";
import type { Asked } from "../http/asked.ts";
import { type Handle, signedIn, type Visit } from "../pages/page.ts";
import { neverBy } from "../reading/permitted.ts";
import { identifyingInCommand, repeatedBefore } from "../reading/warnings.ts";
import { AnyCommand } from "../sending.ts";
import type { Accepted } from "./outcomes.ts";
import { problem, refused } from "./problem.ts";

/** Sends the command in the body. */
export const commands: Handle = async (visit) => {
  const body = await visit.asked.json();
  if (typeof body !== "object" || body === null || Array.isArray(body)) return problem(400);
  return carriedOut(visit, body as Command);
};

type Command = Readonly<Record<string, unknown>>;

/** Its id is the idempotency key: what was carried out stays so. */
export const carriedOut = async (visit: Visit, command: Command): Promise<Answer> => {
  const { asked, send } = visit;
  const { actor: by } = signedIn(visit);
  const id = asked.header("idempotency-key");
  if (id === undefined)
    return problem(400, { detail: "Give the command an Idempotency-Key, a UUID that you choose." });
  // Whoever may never send it is told so before anything looks at what it says.
  const looked = neverBy(by, command["type"]) ? { warnings: [] } : await lookedAt(visit, command);
  if ("answer" in looked) return looked.answer;
  const sent = await send({
    id: id.toLowerCase(),
    by,
    correlationId: asked.correlationId,
    command,
  });
  if (sent.outcome === "malformed") return problem(422, { issues: issuesOf(sent.error) });
  if (!sent.reply.accepted) return refused(sent.reply.refusal);
  const { reply, plainer } = sent;
  const { warnings } = looked;
  const answer: z.output<typeof Accepted> = {
    ...reply,
    ...(warnings.length > 0 && { warnings }),
    ...(plainer.length > 0 && { plainer }),
  };
  return json(answer);
};

/** What speaks against it before it is sent: its form first, and then its words. */
const lookedAt = async (
  { asked, now, viewer, library }: Visit,
  command: Command,
): Promise<{ readonly warnings: readonly Identifying[] } | { readonly answer: Answer }> => {
  const by = viewer.kind === "person" ? viewer.actor : undefined;
  const parsed = AnyCommand.safeParse({ ...command, at: now, by }, { reportInput: true });
  if (!parsed.success) return { answer: problem(422, { issues: issuesOf(parsed.error) }) };
  const { inspection } = parsed.data as { readonly inspection?: string };
  const held = await library.one(inspection ?? "");
  const warnings = identifyingInCommand(command, held);
  if (warnings.length > 0 && prefers(asked, "strict")) return { answer: heldBack(warnings) };
  const doubts = prefers(asked, "lenient") ? [] : repeatedBefore(command["type"], held);
  return doubts.length > 0 ? { answer: askedFirst(doubts) } : { warnings };
};

/** RFC 7240, 4.4: who prefers it so is asked first, and nothing is recorded until they insist. */
const prefers = (asked: Asked, handling: "strict" | "lenient"): boolean =>
  new RegExp(`\\bhandling=${handling}\\b`).test(asked.header("prefer") ?? "");

/** What cannot be undone is asked about, as the form does. */
const askedFirst = (doubts: readonly string[]): Answer =>
  problem(409, {
    type: "/api#question-repeated",
    detail:
      `${doubts.join("; ")}. Nothing is recorded yet. Where the list is right, send it again with ` +
      "Prefer: handling=lenient.",
  });

const heldBack = (warnings: readonly Identifying[]): Answer =>
  problem(409, {
    type: "/api#warning-identifying",
    detail: `${warnings.map(identifyingInWords).join("; ")}. Nothing is recorded yet.`,
    warnings,
  });
