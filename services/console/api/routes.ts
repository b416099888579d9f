/** The API's paths, each within the rate limit, and its errors as problem details. */
import { documentSchema } from "@assay/domain/framework/document-schema.ts";

import type { ConsoleSettings } from "../config.ts";
import { type Answer, json } from "../http/answer.ts";
import { BodyRefused } from "../http/asked.ts";
import type { Route } from "../http/routes.ts";
import type { Handle, Page, Visit } from "../pages/page.ts";
import { keyOf } from "../reading/people.ts";
import { endpointsOf, type Means } from "./endpoints.ts";
import { commandNames, openApi } from "./openapi.ts";
import { problem, problemTypes, Refused } from "./problem.ts";
import { createRateLimit } from "./rate-limit.ts";

export type ApiMeans = Means & { readonly allowed: ConsoleSettings["api"] };

export const apiRoutes = ({ allowed, ...means }: ApiMeans): readonly Route<Handle>[] => {
  const within = limited(allowed);
  const endpoints = endpointsOf(means);
  const document = openApi(endpoints);
  const schema = documentSchema();
  return [
    { method: "GET", path: "/api/openapi.json", handle: () => json(document) },
    { method: "GET", path: "/api/framework.schema.json", handle: () => json(schema) },
    { method: "GET", path: "/api", handle: ({ render }) => render(apiPage(document)) },
    ...endpoints.map(({ method, path, handle }) => ({
      ...{ method, path: `/api/v1${path}`, handle: within(handle) },
    })),
  ];
};

const limited = (allowed: ConsoleSettings["api"]): ((handle: Handle) => Handle) => {
  const limit = createRateLimit({ ...allowed, now: () => performance.now() });
  return (handle) => async (visit) => {
    const { viewer, caller, asked } = visit;
    const client = viewer.kind === "person" ? keyOf(viewer.actor) : `address ${asked.from}`;
    const wait = limit.take(client);
    if (wait > 0 || caller.token?.refused?.tooMany) {
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
      if (error instanceof Refused) return error.answer;
      if (error instanceof BodyRefused) return problem(error.status, { detail: error.message });
      throw error;
    }
  };
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
    return challenge(401, caller.token ? invalid(caller.token.refused?.words) : "Bearer");
  const scope = sends ? "assay:send" : "assay:read";
  if (caller.token && !caller.token.may(scope))
    return challenge(403, `Bearer error="insufficient_scope", scope="${scope}"`);
  if (!caller.token && sends && !isFormToken(asked.header("x-csrf-token") ?? ""))
    return problem(403, { detail: "With a session, send its form token as X-CSRF-Token." });
  return undefined;
};

/** RFC 6750, section 3: the words in printable ASCII, without quotation marks and backslashes. */
const invalid = (words = "it does not hold"): string =>
  `Bearer error="invalid_token", error_description="${words.replace(/[^ !#-[\]-~]/g, "?")}"`;

const apiPage = (document: ReturnType<typeof openApi>): Page => {
  const components = document["components"] as { schemas: Readonly<Record<string, unknown>> };
  return {
    view: "api",
    title: "API",
    model: {
      paths: document["paths"],
      problems: problemTypes.map(({ type, title }) => ({ id: type.split("#")[1], title })),
      commands: commandNames.map((name) => ({
        name,
        schema: JSON.stringify(components.schemas[name], undefined, 2),
      })),
    },
  };
};
