import { describe, expect, it } from "vitest";

import { document2018 } from "@assay/domain/framework/shipped.ts";
import { settingsOfFormat1 } from "@assay/domain/sampling/certificate-format-1.ts";
import { commitmentTo } from "@assay/domain/sampling/stream.ts";
import { caseListTemplate } from "@assay/domain/sampling/template.ts";

import { drawFromFile, verifyFromFile } from "./sample-tool.ts";

const settings = settingsOfFormat1(document2018.ruleset.sampling);
const template = caseListTemplate(settings.columns);
const request = {
  list: template,
  fieldworkStart: "2020-09-01",
  nonce: "C0FFEE",
  settings,
};
const drawn = drawFromFile(request);
if (!drawn.ok) throw new Error(drawn.page);
const certificate = JSON.stringify(drawn.certificate);

describe("drawing from a file", () => {
  it("gives a certificate with references, and its page", () => {
    expect(drawn.certificate).toMatchObject({
      naming: "reference",
      nonce: "c0ffee",
      populations: {
        court: {
          sample: ["A-0001", "A-0002", "A-0004", "A-0005", "A-0006"],
          excluded: [{ ref: "A-0003", reason: "restricted" }],
        },
      },
    });
    expect(drawn.page).toContain("A-0001, A-0002, A-0004");
  });

  it.each([
    ["a day that is none", { fieldworkStart: "2020-02-30" }, "day such as"],
    ["a nonce that is not hexadecimal", { nonce: "xyz" }, "nonce"],
    ["half a byte", { beacon: "abc" }, "beacon"],
    [
      "a list with faults",
      { list: template.replace("Female", "Femle") },
      'line 2, column 4 (Gender): "Femle": not-recognised, expected one of: female',
    ],
  ])("says what is wrong with %s", (_, change, words) => {
    expect(drawFromFile({ ...request, ...change })).toMatchObject({
      ok: false,
      page: expect.stringContaining(words),
    });
  });
});

describe("verifying from a file", () => {
  it("finds the certificate equal, also to the published commitment", () => {
    const commitment = commitmentTo("c0ffee");
    expect(verifyFromFile({ settings, certificate, list: template, commitment })).toMatchObject({
      verification: { equal: true },
    });
  });

  it("names a changed list", () => {
    const list = template.replace("Female", "Male");
    expect(verifyFromFile({ settings, certificate, list })).toMatchObject({
      verification: { differences: [{ what: "list" }] },
      page: expect.stringContaining("Not equal"),
    });
  });

  it("says what cannot be read", () => {
    expect(verifyFromFile({ settings, certificate: "{", list: template })).toMatchObject({
      ok: false,
    });
    expect(verifyFromFile({ settings, certificate, list: "" })).toMatchObject({
      ok: false,
      problems: [{ code: "empty-list" }],
    });
  });
});
