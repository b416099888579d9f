/** The API's paths, each within the rate limit, and its errors as problem details. */
import type { ConsoleSettings } from "../config.ts";
import { type Answer, json } from "../http/answer.ts";
import { BodyRefused } from "../http/asked.ts";
import type { Route } from "../http/routes.ts";
import type { Calendars } from "../pages/calendars.ts";
import type { Handle, Visit } from "../pages/page.ts";
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

export type ApiMeans = {
  readonly allowed: ConsoleSettings["api"];
  readonly calendars: Pick<Calendars, "addresses">;
};

export const apiRoutes = ({ allowed, calendars }: ApiMeans): readonly Route<Handle>[] => {
  const limit = createRateLimit({ ...allowed, now: () => performance.now() });
  const document = openApi();
  const within =
    (handle: Handle): Handle =>
    async (visit) => {
      const { viewer, caller, asked } = visit;
      const client = viewer.kind === "person" ? keyOf(viewer.actor) : `address ${asked.from}`;
      const wait = limit.take(client);
      if (wait > 0 || caller.token?.refused === "too-many") {
        const answer = problem(429);
        return {
          ...answer,
          headers: { ...answer.headers, "retry-after": `${Math.ceil(wait) || 60}` },
        };
      }
      const refusal = unproved(visit);
      if (refusal) return refusal;
      try {
        return await handle(visit);
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
    get("/inspections/:inspection/reminders", tracking.reminders),
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
 * Nobody, a token that may not do this, or a command with a session's cookie and without the form's
 * token, which any other site could have made a browser send.
 */
const unproved = ({ viewer, caller, asked, isFormToken }: Visit): Answer | undefined => {
  const sends = asked.method === "POST";
  const challenge = (status: number, said: string): Answer => {
    const answer = problem(status);
    return { ...answer, headers: { ...answer.headers, "www-authenticate": said } };
  };
  if (viewer.kind === "public")
    return challenge(401, caller.token ? 'Bearer error="invalid_token"' : "Bearer");
  const scope = sends ? "assay:send" : "assay:read";
  if (caller.token && !caller.token.may(scope))
    return challenge(403, `Bearer error="insufficient_scope", scope="${scope}"`);
  if (!caller.token && sends && !isFormToken(asked.header("x-csrf-token") ?? ""))
    return problem(403, { detail: "With a session, send its form token as X-CSRF-Token." });
  return undefined;
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
