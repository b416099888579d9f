/**
 * What the access log is told of a request: who looked at what, what they asked for, and what was
 * denied. Paths without their queries, commands by their type: nothing that anybody wrote.
 */
import type { AccessEntry } from "@assay/host/access-log.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";

import type { Noted } from "../pages/page.ts";
import type { Admission } from "../reading/readers.ts";
import type { Sending } from "../sending.ts";
import type { Asked } from "./asked.ts";
import type { Caller } from "./caller.ts";
import { keyOf } from "./session.ts";

export type Happened = {
  readonly asked: Asked;
  readonly caller: Caller;
  readonly admission: Admission;
  readonly inspection: string | undefined;
  readonly status: number;
  /** The commands that were sent, each by its type and the reason why it was refused. */
  readonly sent: readonly { readonly type: string; readonly refused: string | undefined }[];
  readonly noted: readonly Noted[];
};

/** Remembers what was sent and what became of it, for the access log. */
export const telling =
  (
    sending: Sending,
    sent: Happened["sent"][number][],
    onAccepted: (command: Parameters<Sending>[0]["command"]) => void,
  ): Sending =>
  async (outgoing) => {
    const type = String(outgoing.command["type"]).slice(0, 60);
    const answered = await sending(outgoing);
    const refused =
      answered.outcome === "malformed"
        ? "Malformed"
        : answered.reply.accepted
          ? undefined
          : answered.reply.refusal.reason;
    sent.push({ type, refused });
    if (refused === undefined) onAccepted(outgoing.command);
    return answered;
  };

/** In milliseconds: real time, whatever day a story's clock shows. */
export const entriesFor = (happened: Happened, now: number): readonly AccessEntry[] => {
  const { asked, caller, inspection, status, sent, noted } = happened;
  const { viewer, session, token } = caller;
  const actor = viewer.kind === "person" ? viewer.actor : undefined;
  const name = token ? token.name : session.signed && keyOf(session.id).slice(0, 16);
  const about = {
    at: new Date(now).toISOString() as Instant,
    ...(name !== undefined && { session: name }),
    ...(inspection !== undefined && { inspection: inspection.slice(0, 80) }),
    status,
    correlationId: asked.correlationId,
    from: asked.from.slice(0, 64),
  };
  const by = (who: Noted["actor"]) =>
    who && {
      person: who.id,
      role: who.role,
      ...(who.service !== undefined && { service: who.service }),
    };
  const entry = (act: AccessEntry["act"], what: string, who = actor): AccessEntry => ({
    ...about,
    act,
    ...by(who),
    what: what.slice(0, 300),
  });
  const path = `${asked.method} ${asked.path}`;
  if (noted.length > 0) return noted.map((each) => entry(each.act, each.what, each.actor ?? actor));
  if (sent.length > 0)
    return sent.map(({ type, refused }) =>
      entry(
        refused === "NotPermitted" ? "denied" : "asked",
        refused === undefined ? type : `${type}: ${refused}`,
      ),
    );
  if (token?.refused)
    return token.refused.tooMany ? [] : [entry("denied", `${path}: ${token.refused.words}`)];
  // Whoever is nobody and brings nothing is sent to sign in; noting that would fill the disk.
  if (actor === undefined) return [];
  const denied = happened.admission !== "admitted" || deniedStatus.has(status);
  if (denied) return [entry("denied", path)];
  return [entry(asked.method === "POST" ? "asked" : "looked", path)];
};

const deniedStatus = new Set([401, 403, 429]);
