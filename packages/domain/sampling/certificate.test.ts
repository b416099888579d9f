import { describe, expect, it } from "vitest";

import { document2018 } from "../framework/shipped.ts";
import type { CaseId, Digest } from "../kernel/ids.ts";
import { Day } from "../kernel/instants.ts";
import { certificatePage, verificationPage } from "./certificate-page.ts";
import { Certificate, certificateOf, type CertificateRequest } from "./certificate.ts";
import { drawSample } from "./draw.ts";
import { variablesOf } from "./balance.ts";
import { CertificateOfFormat1, inItsFormat, settingsOfFormat1 } from "./certificate-format-1.ts";
import { madeUpRows } from "./contract/made-up-rows.ts";
import { nextReserve, type Profiled } from "./reserves.ts";
import { commitmentTo } from "./stream.ts";
import { verifyCertificate } from "./verify-certificate.ts";

const former = document2018.ruleset.sampling;
const settings = settingsOfFormat1(former);
const fieldworkStart = Day.parse("2021-05-24");
const nonce = "c0ffee".repeat(10);
const rows = madeUpRows({
  count: { court: 60, outOfCourt: 40 },
  fieldworkStart,
  seed: "ce".repeat(32) as Digest,
  managers: 20,
});
const draw = drawSample({ rows, fieldworkStart, nonce, settings });
const { sample, reserves } = draw.populations["court"]!;
const profiled = (id: CaseId): Profiled => ({ case: id, row: rows[Number(id.slice(1)) - 1]! });

const replaced = sample[3]!;
const replacement = nextReserve({
  replaced: profiled(replaced),
  reserves: reserves.map(profiled),
  used: new Set(),
  variables: variablesOf(former.balancedOn, settings.columns),
})!;
const replacements = [{ replaced, replacement, reason: "file-unavailable" }];
/** In the first format, as draws under these settings are certified for ever. */
const certified = (request: CertificateRequest): CertificateOfFormat1 => {
  const certificate = inItsFormat(certificateOf(request));
  if (certificate.format !== "assay-sampling-certificate/1") expect.fail(certificate.format);
  return certificate;
};
const published = certified({ draw, nonce, inspection: "peterborough-2020", replacements });
const own = certified({ draw, nonce, rows, replacements });

const named = (certificate: unknown, list = rows): string[] => {
  const verified = verifyCertificate(certificate, list, { settings });
  return verified.equal ? [] : verified.differences.map(({ what }) => what);
};
/** The certificate after JSON, with one change. */
const tampered = (change: (draft: any) => void): unknown => {
  const draft = JSON.parse(JSON.stringify(published));
  change(draft);
  return draft;
};

describe("a certificate", () => {
  it("fits its schema, as published and as an analyst's own, which names references", () => {
    for (const certificate of [published, own])
      expect(CertificateOfFormat1.parse(JSON.parse(JSON.stringify(certificate)))).toEqual(
        certificate,
      );
    expect(published.populations.court.sample[0]).toMatch(/^c\d{4}$/);
    expect(JSON.stringify(published)).not.toContain("C-0001");
    expect(own.populations.court.sample).toEqual(
      sample.map((id) => profiled(id).row).map((row) => (row as { ref?: string }).ref),
    );
  });

  it("of the third format says the same, and is equal too", () => {
    const today = certificateOf({ draw, nonce, replacements });
    expect(Certificate.parse(JSON.parse(JSON.stringify(today)))).toEqual(today);
    expect(verifyCertificate(today, rows, { settings })).toEqual({ equal: true });
    expect(certificatePage(today)).toBe(certificatePage(certified({ draw, nonce, replacements })));
  });

  it("of another framework is of the third format", () => {
    const [court, ...others] = settings.populations;
    const changed = { ...settings, populations: [{ ...court!, label: "Courts" }, ...others] };
    const other = drawSample({ rows, fieldworkStart, nonce, settings: changed });
    const { format } = inItsFormat(certificateOf({ draw: other, nonce }));
    expect(format).toBe("assay-sampling-certificate/3");
  });

  it("is equal to what the list and the nonce give again", () => {
    expect(verifyCertificate(JSON.parse(JSON.stringify(published)), rows, { settings })).toEqual({
      equal: true,
    });
    expect(verifyCertificate(own, rows, { settings })).toEqual({ equal: true });
  });

  it("does not fit a list in which anything was changed", () => {
    const changed = rows.map((row, i) => (i === 50 ? { ...row, safety: "unknown" as const } : row));
    expect(named(published, changed)).toEqual(["list"]);
    expect(named(published, rows.slice(1))).toEqual(["list"]);
    expect(named(published, [rows[1]!, rows[0]!, ...rows.slice(2)])).toEqual(["list"]);
  });

  it.each<[string, (draft: any) => void, string]>([
    ["the nonce", (draft) => (draft.nonce = "c0ffef".repeat(10)), "nonce"],
    ["the commitment", (draft) => (draft.commitment = "00".repeat(32)), "commitment"],
    ["the seed", (draft) => (draft.seed = "00".repeat(32)), "seed"],
    ["the beacon", (draft) => (draft.beacon = "00"), "seed"],
    ["the list's digest", (draft) => (draft.listDigest = "00".repeat(32)), "list"],
    ["the version", (draft) => (draft.algorithm.version = 2), "algorithm"],
    ["the number of rows", (draft) => (draft.rows = 99), "rows"],
    ["a sampled case", (draft) => (draft.populations.court.sample[0] = "c0099"), "court.sample"],
    [
      "the reserves' order",
      (draft) => draft.populations.court.reserves.reverse(),
      "court.reserves",
    ],
    [
      "an exclusion",
      (draft) => draft.populations.outOfCourt.excluded.push({ ref: "c0001", reason: "restricted" }),
      "outOfCourt.excluded",
    ],
    ["a share", (draft) => (draft.populations.court.balance[0].sampleShare = 0.5), "court.balance"],
    ["the window", (draft) => (draft.populations.court.window.from = 5), "court.window"],
    ["the formula", (draft) => (draft.populations.court.sizing.computed = 1), "court.sizing"],
    ["the settings", (draft) => (draft.settings.size.margin = 0.1), "settings"],
    ["a replacement", (draft) => (draft.replacements[0].replacement = "c0001"), "replacements.1"],
    ["what was replaced", (draft) => (draft.replacements[0].replaced = "c0999"), "replacements.1"],
    ["its form", (draft) => delete draft.seed, "format"],
  ])("tells that %s was changed", (_, change, what) => {
    expect(named(tampered(change))).toContain(what);
  });

  it("is held to the commitment that was published, not to the one it states", () => {
    const other = certificateOf({
      draw: drawSample({ rows, fieldworkStart, nonce: "aa", settings }),
      nonce: "aa",
    });
    expect(verifyCertificate(other, rows, { settings })).toEqual({ equal: true });
    expect(
      verifyCertificate(other, rows, { settings, commitment: commitmentTo(nonce) }),
    ).toMatchObject({
      equal: false,
      differences: [{ what: "published commitment" }],
    });
  });

  it("is a page that a person can read", () => {
    const page = certificatePage(published);
    expect(page).toContain("cases from 2020-08-24 to 2020-11-24 (6 to 9 months before fieldwork)");
    expect(page).toContain("| gender | female |");
    expect(page).toContain(`| ${replaced} | ${replacement} | file-unavailable |`);
    expect(page).not.toMatch(/undefined|NaN/);
  });

  it("has a verdict in words", () => {
    expect(verificationPage({ equal: true })).toMatch(/^Equal/);
    const verified = verifyCertificate(
      tampered((draft) => (draft.nonce = "00")),
      rows,
      { settings },
    );
    expect(verificationPage(verified)).toMatch(/^Not equal.*nonce/s);
  });
});
