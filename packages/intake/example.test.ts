import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

import { certificatePage } from "@assay/domain/sampling/certificate-page.ts";
import { document2018 } from "@assay/domain/framework/shipped.ts";
import {
  CertificateOfFormat1,
  settingsOfFormat1,
} from "@assay/domain/sampling/certificate-format-1.ts";
import { caseListTemplate } from "@assay/domain/sampling/template.ts";
import { verifyCertificate } from "@assay/domain/sampling/verify-certificate.ts";

import { readCaseList } from "./case-list-file.ts";

const settings = settingsOfFormat1(document2018.ruleset.sampling);
const file = (name: string): string =>
  readFileSync(new URL(`../../examples/case-list/${name}`, import.meta.url), "utf8");

const rowsOf = (content: string) => {
  const imported = readCaseList({ content, settings });
  if (!imported.accepted) expect.fail(JSON.stringify(imported.problems));
  return imported.rows;
};

it("the example's certificate is what its list gives, and its page says the same", () => {
  const certificate = CertificateOfFormat1.parse(JSON.parse(file("certificate.json")));
  expect(verifyCertificate(certificate, rowsOf(file("case-list.csv")), { settings })).toEqual({
    equal: true,
  });
  expect(file("certificate.md")).toBe(certificatePage(certificate));
});

it("the example's list cannot be changed unnoticed", () => {
  const changed = file("case-list.csv").replace(",low,", ",high,");
  expect(
    verifyCertificate(JSON.parse(file("certificate.json")), rowsOf(changed), { settings }),
  ).toMatchObject({
    equal: false,
    differences: [{ what: "list" }],
  });
});

it("the example's template is the one that is handed out", () => {
  expect(file("template.csv")).toBe(caseListTemplate(settings.columns));
});
