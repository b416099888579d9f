/** The API's description as others read it, and answers held against it. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

import { createRouter } from "../http/routes.ts";

export type Operation = {
  readonly summary: string;
  readonly responses: { readonly "200": { readonly content: object } };
  readonly security: unknown;
};

export type Described = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

/** What is described of reading that path, and of its answer; no `fits` for a file. */
type Reading = { readonly path: string; readonly fits: ValidateFunction | undefined };

/** By a path as it is asked, without what follows a question mark; undefined: not described. */
export const readingsOf = (described: Described): ((asked: string) => Reading | undefined) => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema(described, "api");
  const fitting = (path: string, { responses }: Operation): ValidateFunction | undefined => {
    if (!("application/json" in responses["200"].content)) return undefined;
    const pointer = path.replaceAll("~", "~0").replaceAll("/", "~1");
    const place = `${pointer}/get/responses/200/content/application~1json/schema`;
    return ajv.compile({ $ref: `api#/paths/${encodeURI(place)}` });
  };
  const route = createRouter(
    Object.entries(described.paths).flatMap(([path, { get }]) => {
      const served = path.replaceAll(/\{(\w+)\}/g, ":$1");
      const handle = get && { path, fits: fitting(path, get) };
      return handle ? [{ method: "GET" as const, path: served, handle }] : [];
    }),
  );
  return (asked) => {
    const found = route("GET", asked.split("?")[0]!);
    return found.found ? found.route.handle : undefined;
  };
};
