import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { flipBytes, verifyByNode } from "./golden/every-byte.ts";
import { bundle, failed, forged, type Forgery, options } from "./golden/forge.ts";
import { storyBundle } from "./golden/story.ts";
import { signerFrom } from "./keys.ts";
import { canonical } from "./leaf.ts";
import { parseNote, signNote, writeNote } from "./note.ts";
import { printReport, verifyBundle } from "./verify-bundle.ts";

describe("a bundle that nobody touched", () => {
  it("holds in every respect", () => {
    const report = verifyBundle(bundle, options);
    expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
    expect(report.holds).toBe(true);
    expect(report.inspection).toBe("exampleton-2021");
    expect(report.caveats).toEqual([
      "events withheld (1): profiles of children in a small caseload",
      "signed only with a later checkpoint, not by themselves: events 1 (InspectionAnnounced), " +
        "2 (CaseListSubmitted), 7 (PanelConvened)",
      "the timestamps' own signatures are checked with `openssl ts -verify`",
      expect.stringMatching(/^2018-07 is not known here: compare [0-9a-f]{64} with what /),
      "nothing was decided again",
    ]);
    expect(report.complete).toBe(false);
    expect(report.counts).toMatchObject({ unchecked: 5 });
  });

  it("reads the same as bytes, and with another means of checking signatures", () => {
    const byNode = { ...options, verifySignature: verifyByNode };
    expect(verifyBundle(new TextEncoder().encode(bundle), byNode)).toEqual(
      verifyBundle(bundle, options),
    );
  });

  it("says what it could not check", () => {
    const { holds, caveats } = verifyBundle(bundle);
    expect(holds).toBe(true);
    expect(caveats.join("\n")).toContain("no trusted key was given");
    expect(caveats).toContain("the ratings were not computed again");
    expect(caveats).toContain("the certificates were not compared with the draw");
  });

  it("prints on one screen", () => {
    const lines = printReport(verifyBundle(bundle, options)).split("\n");
    expect(lines[0]).toBe("Audit bundle of exampleton-2021");
    expect(lines.at(-2)).toMatch(/^recomputed: \d+; compared: \d+; cannot be checked from this /);
    expect(lines.at(-2)).toMatch(/ file: 5: nothing is wrong, and 5 things are left over$/);
    expect(lines.length).toBeLessThan(24);
  });

  it("shows no words, and no salt, but for the reason that was laid open", () => {
    expect(bundle).not.toContain("home visit");
    expect(bundle).not.toContain("A. Manager");
    expect(bundle).not.toContain("YJ/17");
    expect(bundle).not.toContain('"salt"');
    expect(bundle).toContain("The sub-sample is one case.");
  });
});

describe("a bundle with one byte changed", () => {
  it("fails and names the member with the byte: a sample of what the live test does", () => {
    const { flipped, unnoticed } = flipBytes(bundle, options, { from: 3, step: 61 });
    expect(unnoticed).toEqual([]);
    expect(flipped).toBeGreaterThan(180);
  });

  it("says what no longer holds", () => {
    const inside = (marker: string, change: (text: string) => string): readonly string[] =>
      failed(verifyBundle(bundle.replace(marker, change), options));
    expect(inside('"answer":"no"', () => '"answer":"yes"')).toEqual(["seal", "events", "ratings"]);
    expect(inside('"good":65', () => '"good":64')).toEqual(["seal", "framework"]);
    expect(inside('"sample":["c0001"', () => '"sample":["c0009"')).toEqual([
      "seal",
      "certificates",
    ]);
    expect(inside("is one case.", () => "is two case.")).toEqual(["seal", "disclosures"]);
    expect(inside('"2.1.1":50', () => '"2.1.1":51')).toEqual(["seal", "ratings"]);
    expect(
      inside(/"consistency":\[\["./.exec(bundle)![0], (text) => `${text.slice(0, -1)}0`),
    ).toEqual(["seal", "consistency"]);
  });
});

describe("a bundle that its own maker falsified and sealed anew", () => {
  const judgement = 5;
  it.each([
    {
      what: "an answer",
      fails: "events",
      change: (b: Forgery) => (b["events"][judgement].event.data.answer = "yes"),
    },
    {
      what: "an event taken out",
      fails: "order",
      change: (b: Forgery) => b["events"].splice(judgement, 1),
    },
    {
      what: "two events exchanged",
      fails: "order",
      change: (b: Forgery) => b["events"].splice(4, 2, b["events"][5], b["events"][4]),
    },
    {
      what: "an event said twice",
      fails: "order",
      change: (b: Forgery) => b["events"].push(b["events"][4]),
    },
    {
      what: "a leaf that is not the event's",
      fails: "checkpoints",
      change: (b: Forgery) => (b["events"][2].leaf = "0".repeat(64)),
    },
    {
      what: "words instead of their hash",
      fails: "events",
      change: (b: Forgery) => (b["events"][judgement].event.data.text = { rationale: "x" }),
    },
    {
      what: "another ruleset",
      fails: "framework",
      change: (b: Forgery) => (b["framework"].document.bands.good = 64),
    },
    {
      what: "other ratings",
      fails: "ratings",
      change: (b: Forgery) => (b["ratings"]["2.1.1"] = 100),
    },
    {
      what: "the last checkpoint left out",
      fails: "checkpoints",
      change: (b: Forgery) => b["checkpoints"].pop(),
    },
    {
      what: "a consistency proof left out",
      fails: "consistency",
      change: (b: Forgery) => b["consistency"].pop(),
    },
    {
      what: "words that were never said",
      fails: "disclosures",
      change: (b: Forgery) => (b["disclosures"][0].text = { reason: "We did not feel like it." }),
    },
    {
      what: "a cosignature moved in time",
      fails: "witnesses",
      change: (b: Forgery) => {
        const { text, signatures } = parseNote(b["checkpoints"][2].note);
        signatures[1]!.bytes[7]! ^= 1;
        b["checkpoints"][2].note = writeNote({ text, signatures });
      },
    },
    {
      what: "an event of another inspection",
      fails: "order",
      change: (b: Forgery) => (b["events"][3].event.stream = "fieldwork-elsewhere-2021"),
    },
    {
      what: "a timestamp for something else",
      fails: "timestamps",
      change: (b: Forgery) =>
        b["checkpoints"][0].timestamps.push(b["checkpoints"][2].timestamps[0]),
    },
    {
      what: "a checkpoint said to end with another event",
      fails: "checkpoints",
      change: (b: Forgery) => (b["checkpoints"][0].after = b["events"][0].event.id),
    },
    { what: "a member nobody knows", fails: "form", change: (b: Forgery) => (b["note"] = "") },
  ])("with $what fails in $fails", ({ change, fails }) => {
    const text = forged((copy) => void change(copy));
    expect(text).not.toBe(bundle);
    const report = verifyBundle(text, options);
    expect(failed(report)).toContain(fails);
    expect(failed(report)).not.toContain("seal");
  });

  it("with a signature line by nobody known fails in the seal, and is told of a checkpoint", () => {
    const stranger = signerFrom("stranger.example", Buffer.alloc(32, 7).toString("base64"));
    const withLine = (note: string): string => {
      const { text, signatures } = parseNote(note);
      const line = parseNote(signNote(text, [stranger])).signatures;
      return writeNote({ text, signatures: [...signatures, ...line] });
    };
    const members = JSON.parse(bundle) as { seal: string };
    const sealed = canonical({ ...members, seal: withLine(members.seal) });
    expect(failed(verifyBundle(sealed, options))).toEqual(["seal"]);
    const onCheckpoint = verifyBundle(
      forged((copy) => (copy["checkpoints"][0].note = withLine(copy["checkpoints"][0].note))),
      options,
    );
    expect(failed(onCheckpoint)).toEqual([]);
    expect(onCheckpoint.caveats.join("\n")).toContain("by stranger.example (");
  });

  it("names the event", () => {
    const text = forged((b) => (b["events"][judgement].event.data.answer = "yes"));
    const events = verifyBundle(text, options).checks.find(({ name }) => name === "events");
    expect(events?.detail).toBe(
      "event 5 (JudgementRecorded, assessment-exampleton-2021.c0002 at 0) is not the one that was logged",
    );
  });

  it("holds when nothing was falsified after all", () => {
    expect(forged(() => undefined)).toBe(bundle);
  });
});

describe("bundles kept from earlier versions", () => {
  it("still verify", () => {
    const golden = readFileSync(new URL("golden/bundle-1.json", import.meta.url));
    expect(verifyBundle(golden, options).holds).toBe(true);
  });

  it("are what is made of the same events today", () => {
    const golden = readFileSync(new URL("golden/bundle-1.json", import.meta.url), "utf8");
    expect(storyBundle()).toBe(golden);
  });
});
