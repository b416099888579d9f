import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { advance } from "./advance.ts";
import { bundleMembers, sealedBundle, sealText } from "./bundle.ts";
import { framework, inspection, keyring, storyEvents, trusted } from "./golden/story.ts";
import { inspect, keptHashesOf, type LogRecord } from "./integrity.ts";
import { logOf } from "./log.ts";
import { parseVerifierKey, signNote } from "./note.ts";
import { openRecordFolder } from "./record-folder.ts";
import { verifyBundle } from "./verify-bundle.ts";

const events = storyEvents();
const upTo = (type: string) => events.slice(0, events.findIndex((e) => e.type === type) + 1);
const idOf = (type: string): string => events.find((event) => event.type === type)!.id;

const carried = (stage: string, type: string, record: LogRecord | undefined, told = upTo(type)) =>
  advance({ inspection, events: told, record, keyring, stage, after: idOf(type) });

const concluded = await carried("ratings-concluded", "RatingsConcluded", undefined);

describe("carrying a record forward", () => {
  it("signs a checkpoint at each stage, and the bundle made of them verifies", async () => {
    const signed = await carried("signed-off", "ReportSignedOff", concluded);
    const { checkpoints } = await carried("published", "ReportPublished", signed, [...events]);
    const log = logOf(inspection, events);
    const document = framework;
    const members = bundleMembers({
      ...{ log, keyring, checkpoints, ratings: {} },
      framework: { id: "2018-07", document },
    });
    const bundle = sealedBundle(members, signNote(sealText(members), [keyring.signer]));
    expect(checkpoints.map(({ note }) => note.split("\n")[1])).toEqual(["10", "11", "12"]);
    expect(verifyBundle(bundle, { trusted }).holds).toBe(true);
  });

  it("answers a repetition with the same record, whatever the store holds by then", async () => {
    expect(await carried("ratings-concluded", "RatingsConcluded", concluded, [])).toBe(concluded);
  });

  it("covers the same events however late it comes", async () => {
    const late = await carried("ratings-concluded", "RatingsConcluded", undefined, [...events]);
    expect(late.checkpoints).toEqual(concluded.checkpoints);
  });

  it("signs nothing over a history that was changed, and keeps the record of it", async () => {
    const at = events.findIndex(({ type }) => type === "JudgementRecorded");
    const changed = events.with(at, { ...events[at]!, type: "JudgementRevised" });
    await expect(carried("signed-off", "ReportSignedOff", concluded, [...changed])).rejects.toThrow(
      /is not signed: .* is not what was recorded/,
    );
  });

  it("goes on after words were erased, and can still be held against the store", async () => {
    const at = events.findIndex(({ type }) => type === "DiscretionDeclined");
    const { data } = events[at]!;
    const erased = events.with(at, { ...events[at]!, data: { ...data, text: { erased: true } } });
    const after = await carried("signed-off", "ReportSignedOff", concluded, [...erased]);
    expect(keptHashesOf(after).get(events[at]!.id)).toEqual(
      keptHashesOf(concluded).get(events[at]!.id),
    );
    expect(inspect(events, after, keyring.keys.map(parseVerifierKey)).holds).toBe(true);
  });

  it("is refused for an event that is not there, or that is past", async () => {
    const fault = (why: string) =>
      expect.objectContaining({ code: "inconsistent", message: expect.stringMatching(why) });
    const origin = concluded.origin;
    const none = { inspection, events, record: concluded, keyring, stage: "x", after: "nobody" };
    await expect(advance(none)).rejects.toThrow(
      fault(`^event nobody of ${origin} is not in the log$`),
    );
    await expect(carried("late", "PanelConvened", concluded, [...events])).rejects.toThrow(
      fault(`^event ${idOf("PanelConvened")} of ${origin} lies before the last checkpoint$`),
    );
  });
});

describe("a folder of records", () => {
  it("gives back what was saved, after every replacement", async () => {
    const folder = await mkdtemp(join(tmpdir(), "assay-records-"));
    try {
      const records = await openRecordFolder(folder);
      expect(await records.read(inspection)).toBeUndefined();
      await records.write(concluded);
      const signed = await carried("signed-off", "ReportSignedOff", concluded);
      await records.write(signed);
      expect(await records.read(inspection)).toEqual(signed);
      expect(await records.inspections()).toEqual([inspection]);
      expect(await readdir(folder)).toEqual([`${inspection}.record.json`]);
      await writeFile(join(folder, `${inspection}.record.json`), "{}");
      await expect(records.read(inspection)).rejects.toMatchObject({ code: "malformed" });
      await writeFile(join(folder, `${inspection}.record.json`), "{");
      await expect(records.read(inspection)).rejects.toMatchObject({ code: "malformed" });
      expect(() => records.read("../keys")).toThrow("not an inspection's id");
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
