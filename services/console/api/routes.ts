/** The API's paths, each within the rate limit, and its errors as problem details. */
import type { Actor } from "@assay/domain/kernel/actor.ts";

import { json } from "../http/answer.ts";
import { BodyRefused } from "../http/asked.ts";
import type { Route } from "../http/routes.ts";
import type { Calendars } from "../pages/calendars.ts";
import type { Handle } from "../pages/page.ts";
import { keyOf } from "../reading/people.ts";
import { commandNames, openApi } from "./openapi.ts";
import { batches } from "./batches.ts";
import { judgements } from "./judgements.ts";
import * as planning from "./planning.ts";
import { problem } from "./problem.ts";
import { createRateLimit } from "./rate-limit.ts";
import * as tracking from "./tracking.ts";
import * as report from "./report.ts";
import * as v1 from "./v1.ts";

export const apiRoutes = (calendars: Pick<Calendars, "addresses">): readonly Route<Handle>[] => {
  const limit = createRateLimit({ burst: 200, rate: 50, now: () => performance.now() });
  const document = openApi();
  const within =
    (handle: Handle): Handle =>
    async (visit) => {
      const actor = await actorOf(visit);
      const wait = limit.take(actor ? keyOf(actor) : "public");
      if (wait > 0) {
        const answer = problem(429);
        return { ...answer, headers: { ...answer.headers, "retry-after": `${Math.ceil(wait)}` } };
      }
      if (!actor) return problem(401);
      const viewer = { kind: "person" as const, actor, name: actor.id };
      try {
        return await handle({ ...visit, viewer });
      } catch (error) {
        if (error instanceof BodyRefused) return problem(error.status, { detail: error.message });
        if (error instanceof Error && "retry" in error && error.retry === true) return problem(503);
        throw error;
      }
    };
  const get = (path: string, handle: Handle): Route<Handle> => ({
    method: "GET",
    path: `/api/v1${path}`,
    handle: within(handle),
  });
  return [
    { method: "GET", path: "/api/openapi.json", handle: () => json(document) },
    { method: "GET", path: "/api", handle: apiPage },
    get("/inspections", v1.inspections),
    get("/inspections/:inspection", v1.inspection),
    get("/inspections/:inspection/events", v1.events),
    get("/inspections/:inspection/ratings", v1.ratings),
    get("/inspections/:inspection/ratings/:subject/why", v1.whyRating),
    get("/inspections/:inspection/report/review", report.review),
    get("/inspections/:inspection/report/accuracy", report.accuracy),
    get("/duties", v1.duties),
    get("/calendars", calendars.addresses),
    get("/workload", tracking.workload),
    get("/agreement", tracking.agreementOfAll),
    get("/inspections/:inspection/plan", tracking.plan),
    get("/inspections/:inspection/requests", tracking.requests),
    get("/inspections/:inspection/letters", tracking.letters),
    get("/inspections/:inspection/allocation", tracking.allocation),
    get("/inspections/:inspection/domain-one", tracking.domainOne),
    get("/inspections/:inspection/quality", tracking.quality),
    get("/inspections/:inspection/agreement", tracking.agreement),
    get("/programmes", planning.programmes),
    get("/programmes/:programme", planning.programme),
    get("/programmes/:programme/placements/:service", planning.placement),
    { method: "POST", path: "/api/v1/commands", handle: within(v1.commands) },
    { method: "POST", path: "/api/v1/batches", handle: within(batches) },
    {
      method: "POST",
      path: "/api/v1/inspections/:inspection/judgements",
      handle: within(judgements),
    },
  ];
};

/**
 * Who asks: whoever is signed in, or in the demonstration whoever the bearer token names. A command
 * with a session's cookie needs the form's token too, so that no other page can send it.
 */
const actorOf: (visit: Parameters<Handle>[0]) => Promise<Actor | undefined> = async (visit) => {
  const bearer = /^Bearer (.+)$/i.exec(visit.asked.header("authorization") ?? "")?.[1];
  if (bearer !== undefined)
    return (await visit.people()).find(({ actor }) => keyOf(actor) === bearer)?.actor;
  if (visit.viewer.kind !== "person") return undefined;
  const sends = visit.asked.method === "POST";
  const proved = !sends || visit.isFormToken(visit.asked.header("x-csrf-token") ?? "");
  return proved ? visit.viewer.actor : undefined;
};

const apiPage: Handle = ({ render }) => {
  const document = openApi();
  const components = document["components"] as { schemas: Readonly<Record<string, unknown>> };
  return render({
    view: "api",
    title: "API",
    model: {
      paths: document["paths"],
      commands: commandNames.map((name) => ({
        name,
        schema: JSON.stringify(components.schemas[name], undefined, 2),
      })),
    },
  });
};
