import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { plotOf } from "@assay/domain/reconstruction/published-plot.ts";
import { carry } from "@assay/embedded/carry.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import { createLog } from "@assay/host/log.ts";
import { bundleOf, checkpointAfter } from "@assay/publication/ledger-keeper.ts";
import { openLedger } from "@assay/publication/publishing.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { atTerminal } from "./contract/at-terminal.ts";
import { publishedIn } from "./published.ts";

const id = "peterborough-2020" as InspectionId;

let dataDir: string;
let engine: Engine;

/** The engine stays up: the commands read beside it. */
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "assay-cli-data-"));
  const clock = createSteppedClock("2019-01-01T00:00:00.000Z" as Instant);
  engine = await startEngine({ dataDir, clock, log: createLog({ service: "t", level: "silent" }) });
  const path = join(import.meta.dirname, "../../examples/peterborough-2020.json");
  const read = publishedIn(JSON.parse(readFileSync(path, "utf8")));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  await carry({ engine, clock, plots: [plotOf(read.file, read.counts)] });
}, 180_000);

afterAll(async () => {
  await engine.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const assay = (...args: readonly string[]) => atTerminal(args, { dataDir });

const json = async (...args: readonly string[]) => JSON.parse((await assay(...args, "--json")).out);

describe("commands beside a running engine", () => {
  it("list inspections and say where each stands", async () => {
    expect(await json("inspections")).toEqual([
      expect.objectContaining({ id, stage: "closed", score: 29, overall: "Good" }),
    ]);
    const { out } = await assay("inspections");
    expect(out).toContain("Peterborough YOS");
  });

  it("say what is owed: nothing, once an inspection is closed", async () => {
    const told = await json("inspection", id);
    expect(told).toMatchObject({ owed: [], cases: { sampled: 13, confirmed: 13 } });
    expect((await assay("inspection", id)).out).toContain("Nothing is owed.");
  });

  it("tell every judgement: case, question, answer, who and when", async () => {
    const events: { data: Record<string, unknown> }[] = await json(
      ...["events", id, "--type", "JudgementRecorded", "--case", "c0001"],
    );
    expect(events.length).toBeGreaterThan(30);
    for (const { data } of events) {
      expect(data).toMatchObject({
        case: "c0001",
        question: expect.any(String),
        answer: expect.stringMatching(/^(yes|no|not-applicable)$/),
        at: expect.any(String),
        by: { id: "inspector-1", role: "inspector" },
      });
    }
    const { out, err } = await assay("events", id, "--stream", "panel");
    expect(out).toMatch(/Ratings concluded\s+framework yos-2018/);
    expect(err).toMatch(/^\d+ of \d+ events\.\n$/);
  });

  it("compute ratings again, as they stand and as they stood", async () => {
    expect(await json("rating", id)).toMatchObject({ score: 29, overall: "Good", equal: true });
    expect(await json("rating", id, "3.1")).toMatchObject({
      rule: "Requires improvement",
      rating: "Good",
      discretion: "unexplained",
    });
    const then = await json("rating", id, "3.1", "--as-at", "2020-08-20");
    expect(then).toMatchObject({ rating: "Requires improvement", concluded: null });
    expect((await assay("rating", id, "--as-at", "soon")).status).toBe(2);
    expect((await assay("rating", id, "7.7")).err).toContain("has no standard 7.7");
  });

  it("explain every rating and the overall one", async () => {
    for (const standard of ["1.1", "1.2", "1.3", "1.4", "2.1", "2.4", "3.1", "3.4", "overall"]) {
      const { status, out } = await assay("why", id, standard);
      expect(status).toBe(0);
      expect(out.split("\n").length).toBeGreaterThan(3);
    }
    expect((await assay("why", id, "3.1")).out).toContain("Case c0012: “no”, judged by");
    expect((await assay("why", id, "9.9")).status).toBe(1);
    expect((await assay("why", id, "2.1", "--conclusion", "0")).status).toBe(2);
    expect((await json("why", id, "overall")).children.length).toBeGreaterThan(0);
  });

  it("tell what changed between two moments", async () => {
    const found = await json("diff", id, "2020-08-20", "2020-09-04");
    expect(found.answers).toEqual([]);
    expect((await assay("diff", id, "2020-08-20", "2020-09-04")).out).toContain("3.1");
  });

  it("tell how each rating came about, and what every version of the report said", async () => {
    const { out } = await assay("history", id, "3.1");
    expect(out).toContain("Inspector 3 judged case c0012 “no” on 3.1.2");
    expect(out).not.toContain("2.1");
    const steps = await json("history", id);
    expect(new Set(steps.map((step: { standard: string }) => step.standard)).size).toBe(12);
    expect((await assay("history", id, "9.9")).status).toBe(1);
    const versions = await assay("versions", id);
    expect(versions.out).toMatch(/^Standard {2}Draft +Version 1/);
    expect(versions.out).toContain("Version 1 was published on 6 November 2020");
    expect((await json("versions", id)).map((each: { version: unknown }) => each.version)).toEqual([
      "draft",
      1,
    ]);
  });

  it("suppose otherwise, and say so in every line", async () => {
    const { out } = await assay("what-if", id, "--answer", "c0012:3.1.2=yes");
    expect(out).toContain("3.1 would be Outstanding; it is Good.");
    for (const line of out.trimEnd().split("\n")) expect(line).toContain("Hypothetical: ");
    const ruled = await json("what-if", id, "--framework", "yos-2021", "--rounding", "down");
    expect(ruled).toMatchObject({ hypothetical: true, supposed: { framework: "yos-2021" } });
    const fewer = await json("what-if", id, "--without", "c0012", "c0013");
    expect(fewer.supposing).toHaveLength(2);
    expect(fewer.supposed.score).not.toBe(fewer.actual.score);
    expect((await json("rating", id)).score).toBe(29);
    for (const wrong of [
      ["what-if", id],
      ["what-if", id, "--answer", "c0012=yes"],
      ["what-if", id, "--rounding", "up"],
      ["what-if", id, "--framework", "yos-1066"],
    ]) {
      expect((await assay(...wrong)).status).toBe(2);
    }
    const unasked = await assay("what-if", id, "--answer", "c0012:2.1.1=yes");
    expect(unasked).toMatchObject({ status: 1, out: "" });
    expect(unasked.err).toContain("has no answer to 2.1.1 that counts");
  });

  it("name the inspections there are when asked for another", async () => {
    const { status, err } = await assay("inspection", "nowhere-2020");
    expect(status).toBe(1);
    expect(err).toContain(`There are: ${id}.`);
  });

  it("hand out a bundle that verifies, and of which no byte may change", async () => {
    const path = join(dataDir, "audit-bundle.json");
    await publishBundle();
    expect((await assay("bundle", id, "--out", path)).status).toBe(0);
    const held = await assay("verify", path, "--json");
    expect(held.status).toBe(0);
    expect(JSON.parse(held.out)).toMatchObject({ holds: true, inspection: id });
    expect((await assay("verify", path)).out).toContain("computed again from the events");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace('"answer":"yes"', '"answer":"no"'));
    const tampered = await assay("verify", path);
    expect(tampered.status).toBe(1);
    expect(tampered.out).toContain("is not the one that was logged");
    expect((await assay("verify", path, "--key", "nonsense")).status).toBe(2);
    expect((await assay("verify")).status).toBe(2);
    expect((await assay("verify", "--page", join(dataDir, "verifier.html"))).status).toBe(0);
    expect(readFileSync(join(dataDir, "verifier.html"), "utf8")).toMatch(/^<!doctype html>/);
    expect((await assay("bundle", id, "--report", "2")).status).toBe(1);
  });
});

describe("the ledger beside a running engine", () => {
  const key = (): string =>
    JSON.parse(readFileSync(join(dataDir, "secrets/ledger/verifier-keys.json"), "utf8")).keys[0];

  it("is held against the store on demand", async () => {
    const held = await assay("integrity");
    expect(held).toMatchObject({ status: 0, err: "" });
    expect(held.out).toContain("The store holds what 1 signed checkpoints over 1 inspections say.");
    expect(await json("integrity", id)).toMatchObject([{ checkpoints: 1, tampering: [] }]);
    expect((await assay("integrity", "nowhere-2020")).status).toBe(1);
  });

  it("proves one judgement in a file that is verified alone", async () => {
    const path = join(dataDir, "judgement.tlog-proof");
    expect((await assay("prove", id, "c0012:3.1.2", "--out", path)).status).toBe(0);
    const held = await assay("verify-proof", path, "--key", key());
    expect(held.status).toBe(0);
    expect(held.out).toContain("in assay.example/peterborough-2020.");
    expect(held.out).toMatch(/question +3\.1\.2/);
    const line = "— nobody.example AAAAAAAAAAAAAAAA\n";
    const more = join(dataDir, "more.tlog-proof");
    writeFileSync(more, `${readFileSync(path, "utf8")}${line}`);
    expect((await assay("verify-proof", more, "--key", key())).out).toContain(
      "Not checked: the signature line by nobody.example (00000000), whose key was not named",
    );
    const bundle = join(dataDir, "site/reports", id, "1", "audit-bundle.json");
    const { out: proof } = await assay("prove", bundle, "panel-peterborough-2020@3");
    writeFileSync(path, proof);
    expect((await json("verify-proof", path, "--key", key())).event).toMatchObject({
      stream: "panel-peterborough-2020",
      revision: 3,
    });
    writeFileSync(path, proof.replace("\nindex ", "\nindex 1"));
    expect(await assay("verify-proof", path, "--key", key())).toMatchObject({ status: 1, out: "" });
    expect((await assay("verify-proof", path)).status).toBe(2);
    expect((await assay("prove", id, "3.1")).status).toBe(2);
    expect((await assay("prove", id, "c0012:9.9.9")).status).toBe(1);
  });

  it("changes its key only while the engine is stopped, and keeps the old one", async () => {
    const first = key();
    const refused = await assay("keys", "rotate");
    expect(refused.status).toBe(1);
    expect(refused.err).toContain("Stop the engine first.");
    await engine.close();
    expect((await assay("keys", "rotate")).status).toBe(0);
    const { keys, rotations } = await json("keys", "list");
    expect(keys).toEqual([first, expect.any(String)]);
    expect(rotations).toHaveLength(1);
    expect((await assay("integrity")).status).toBe(0);
    expect((await assay("keys", "list", "--data", join(dataDir, "none"))).status).toBe(1);
  });
});

/** What the publication service does with a published version, without its other files. */
const publishBundle = async (): Promise<void> => {
  const ledger = await openLedger(dataDir);
  const events = await readInspection(engine.store, id);
  const published = events.find(({ type }) => type === "ReportPublished");
  if (!published) throw new Error("nothing was published");
  const history = { inspection: id, events };
  const record = await checkpointAfter(published, "published", history, ledger);
  const folder = join(dataDir, "site/reports", id, "1");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "audit-bundle.json"), await bundleOf(history, record, ledger));
};
