import { versions } from "@assay/domain/framework/versions.ts";
import { expect, it } from "vitest";

import { publishedFrameworks } from "./published-frameworks.ts";

it("every document that comes with Assay is known by its digest", () => {
  const shipped = versions.map(({ framework, digest }) => ({ id: framework.id, digest }));
  expect(publishedFrameworks).toEqual(expect.arrayContaining(shipped));
});
