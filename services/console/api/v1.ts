/** The API: what the console reads, as JSON, and any command by its type. */
import { ratingsAsAt } from "@assay/domain/audit/as-at.ts";
import { phaseName } from "@assay/domain/kernel/chart.ts";

import {
  type Identifying,
  identifyingInRequest,
  identifyingInWords,
} from "@assay/domain/kernel/identifying.ts";
import { sooner } from "@assay/domain/tracking/owed.ts";
import { alertsIn } from "@assay/domain/tracking/standing.ts";

import { type Answer, json, unlessHeld } from "../http/answer.ts";
import type { Asked } from "../http/asked.ts";
import type { Handle, Visit } from "../pages/page.ts";
import { hiddenFrom } from "../pages/events.ts";
import { recordedIn, whyIn } from "../reading/derived.ts";
import { charts, type Held } from "../reading/held.ts";
import { isTheirs, owedFor, scoredOf, serviceName, stageOf } from "../reading/tracker.ts";
import { isStaff, marksBlind, maySee, maySeeCases, maySeeRatings } from "../reading/viewer.ts";
import { paged } from "./paging.ts";
import { problem, refused } from "./problem.ts";

export const inspections: Handle = async (visit) => {
  const seen = (await visibleTo(visit)).map((held) => ({
    ...summary(visit, held),
    late: owedFor(held, visit.now).filter(({ late }) => late).length,
    ...(isStaff(visit.viewer) && { alerts: alertsIn(held, visit.now) }),
  }));
  return list(visit, "inspections", seen);
};

export const inspection: Handle = async (visit) =>
  withInspection(visit, (held) => {
    const { timetable, team } = held.announcement.briefing;
    const staff = isStaff(visit.viewer);
    return read(visit, {
      ...summary(visit, held),
      timetable: timetable ?? null,
      ...(staff && {
        team,
        phases: Object.fromEntries(charts.map((chart) => [chart, phaseName(held[chart].phase)])),
        events: held.events,
      }),
    });
  });

export const events: Handle = async (visit) =>
  withInspection(visit, async (held) => {
    if (!isStaff(visit.viewer)) return problem(404);
    const hidden = await hiddenFrom(visit.viewer, visit.library);
    const all = (await visit.library.events(held)).filter((event) => !hidden(event));
    return list(visit, "events", all);
  });

export const ratings: Handle = async (visit) =>
  withInspection(visit, async (held) => {
    if (!maySeeRatings(visit.viewer, held) || marksBlind(visit.viewer, held)) return problem(404);
    const all = recordedIn(await visit.library.events(held));
    return read(visit, ratingsAsAt(all, { events: all.length }));
  });

export const whyRating: Handle = async (visit) =>
  withInspection(visit, async (held) => {
    if (!maySeeRatings(visit.viewer, held) || marksBlind(visit.viewer, held)) return problem(404);
    const caseText = maySeeCases(visit.viewer, held);
    const subject = visit.parts["subject"] ?? "";
    const found = whyIn(await visit.library.events(held), { subject, caseText });
    return found.explained ? read(visit, found.explanation) : problem(404, found.refusal);
  });

export const duties: Handle = async (visit) => {
  const mine = visit.asked.url.searchParams.has("mine");
  const owed = (await visibleTo(visit)).flatMap((held) =>
    owedFor(held, visit.now)
      .filter(({ owner }) => isStaff(visit.viewer) || owner === "provider-user")
      .filter((each) => !mine || isTheirs(each, visit.viewer, held)),
  );
  return list(visit, "duties", owed.toSorted(sooner));
};

/** Sends the command in the body. Its id is the idempotency key: what was carried out stays so. */
export const commands: Handle = async (visit) => {
  const { asked, viewer, send } = visit;
  if (viewer.kind !== "person") return problem(401);
  const id = asked.header("idempotency-key");
  if (id === undefined)
    return problem(400, { detail: "Give the command an Idempotency-Key, a UUID that you choose." });
  const body = await asked.json();
  if (typeof body !== "object" || body === null || Array.isArray(body)) return problem(400);
  const command = body as Readonly<Record<string, unknown>>;
  const warnings = identifyingInRequest(command);
  if (warnings.length > 0 && isStrict(asked)) return heldBack(warnings);
  const sent = await send({
    id: id.toLowerCase(),
    by: viewer.actor,
    correlationId: asked.correlationId,
    command,
  });
  if (sent.outcome === "malformed") return problem(422, { issues: sent.issues });
  if (!sent.reply.accepted) return refused(sent.reply.refusal);
  return json(warnings.length > 0 ? { ...sent.reply, warnings } : sent.reply);
};

/** RFC 7240, 4.4: who prefers it so is asked first, and nothing is recorded until they insist. */
const isStrict = (asked: Asked): boolean =>
  /\bhandling=strict\b/.test(asked.header("prefer") ?? "");

const heldBack = (warnings: readonly Identifying[]): Answer =>
  problem(409, {
    type: "/api#warning-identifying",
    detail: `${warnings.map(identifyingInWords).join("; ")}. Nothing is recorded yet.`,
    warnings,
  });

export const read = (visit: Visit, value: unknown): Answer =>
  unlessHeld(json(value), visit.asked.header("if-none-match"));

/** A page of a list, under the list's own name. */
export const list = (visit: Visit, name: string, all: readonly unknown[]): Answer => {
  const found = paged(visit, all);
  return "refused" in found ? found.refused : read(visit, { [name]: found.page, ...found.around });
};

export const withInspection = async (
  visit: Visit,
  answer: (held: Held) => Answer | Promise<Answer>,
): Promise<Answer> => {
  const held = await visit.library.one(visit.parts["inspection"] ?? "");
  if (visit.viewer.kind === "public") return problem(401);
  return held && maySee(visit.viewer, held) ? answer(held) : problem(404);
};

const visibleTo = async ({ library, viewer }: Visit): Promise<readonly Held[]> =>
  [...(await library.all()).values()].filter(
    (held) => viewer.kind === "person" && maySee(viewer, held),
  );

const summary = ({ viewer }: Visit, held: Held) => ({
  inspection: held.inspection,
  service: serviceName(held),
  stage: stageOf(held),
  framework: held.announcement.framework ?? null,
  rating: maySeeRatings(viewer, held) ? (scoredOf(held) ?? null) : null,
  published: held.published ?? null,
  href: `/api/v1/inspections/${held.inspection}`,
});
