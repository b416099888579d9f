import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, it } from "vitest";

import { json } from "../http/answer.ts";
import { openApi } from "./openapi.ts";
import { apiRoutes } from "./routes.ts";

const paths = openApi()["paths"] as Readonly<Record<string, Readonly<Record<string, object>>>>;

it("is OpenAPI 3.1 to a validator that others wrote", async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(openApi()));
  expect([valid, errors ?? []]).toEqual([true, []]);
  const broken = { ...structuredClone(openApi()), paths: { "/x": { get: { responses: 1 } } } };
  expect((await new Validator().validate(broken)).valid).toBe(false);
});

it("describes exactly what is served, each operation with its scope", () => {
  const routes = apiRoutes({
    allowed: { burst: 1, rate: 1 },
    calendars: { addresses: () => json({}) },
  });
  const served = routes
    .filter(({ path }) => path.startsWith("/api/v1/"))
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
  const described = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.toSorted()).toEqual(served.toSorted());
  for (const operations of Object.values(paths))
    for (const [method, operation] of Object.entries(operations))
      expect(operation).toMatchObject({
        security: [{ session: [] }, { token: [method === "post" ? "assay:send" : "assay:read"] }],
      });
});
