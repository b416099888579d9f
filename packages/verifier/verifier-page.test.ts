import { faultsInHtml } from "@assay/spec/html.ts";
import { expect, it } from "vitest";

import { verifierPage } from "./verifier-page.ts";

it("is valid HTML", async () => {
  expect(await faultsInHtml("verifier.html", await verifierPage())).toEqual([]);
});
