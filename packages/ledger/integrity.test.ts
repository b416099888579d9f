import type { Position, StoredEvent } from "@assay/store/port.ts";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { originOf, writeCheckpoint } from "./checkpoint.ts";
import { authority, inspection, keyring, storyCheckpoints, storyEvents } from "./golden/story.ts";
import { inspect, type LogRecord, recordOf } from "./integrity.ts";
import { inOrder, logOf, nextCheckpoint, sizeThrough } from "./log.ts";
import { parseVerifierKey } from "./note.ts";

const events = storyEvents();
const own = inOrder(inspection, events);
const log = logOf(inspection, events);
const origin = originOf(authority, inspection);
const keys = keyring.keys.map(parseVerifierKey);
const staged = storyCheckpoints(log);
const checkpoints = staged.map(({ note }) => note);
const record = recordOf(log, { origin, checkpoints: staged });

/** The same events at fresh positions in the order given, as a restored store would have them. */
const restored = (list: readonly StoredEvent[]): readonly StoredEvent[] =>
  list.map((event, i) => ({ ...event, position: String(i) as Position }));
const kinds = (list: readonly StoredEvent[], held: LogRecord = record): readonly string[] =>
  inspect(list, held, keys).tampering.map(({ kind, event }) =>
    `${kind} ${event?.revision ?? ""}`.trim(),
  );

describe("a store that nobody touched", () => {
  it("holds, whatever order it is read in and whatever else it stores", () => {
    const seen = inspect(events.toReversed(), record, keys);
    expect(seen).toEqual({ holds: true, tampering: [], erased: [], unrecorded: 0 });
  });

  it("holds beside the letters and reminders of the inspection, which are not logged", () => {
    const [first] = own;
    const stream = `reminders-${inspection}`;
    const called = { ...first!, id: "called", stream, type: "LetterCalled" };
    expect(inspect([first!, called, ...own.slice(1)], record, keys).tampering).toEqual([]);
  });

  it("holds after it was carried to another store", () => {
    expect(inspect(restored(own), record, keys).holds).toBe(true);
  });

  it("holds when it has grown, and says by how much", () => {
    const earlier = recordOf(logOf(inspection, own.slice(0, 10)), {
      origin,
      checkpoints: staged.slice(0, 1),
    });
    expect(inspect(events, earlier, keys)).toMatchObject({ holds: true, unrecorded: 3 });
  });

  it("holds when words were erased, and says which", () => {
    const at = own.findIndex(({ type }) => type === "DiscretionDeclined");
    const erased = own.with(at, {
      ...own[at]!,
      data: { ...own[at]!.data, text: { erased: true } },
    });
    expect(inspect(erased, record, keys)).toEqual({
      holds: true,
      tampering: [],
      erased: [{ id: own[at]!.id, pointer: "/text" }],
      unrecorded: 0,
    });
  });
});

describe("a store that somebody touched", () => {
  const judgement = own.findIndex(({ stream }) => stream.endsWith("c0002"));

  it("names a changed event", () => {
    const changed = own.with(judgement, {
      ...own[judgement]!,
      data: { ...own[judgement]!.data, answer: "yes" },
    });
    const { tampering } = inspect(changed, record, keys);
    expect(tampering.find(({ kind }) => kind === "changed")).toEqual({
      kind: "changed",
      what: `JudgementRecorded ${own[judgement]!.id} (assessment-exampleton-2021.c0002 at 0) is not what was recorded`,
      index: judgement,
      event: { id: own[judgement]!.id, stream: own[judgement]!.stream, revision: 0 },
    });
    expect(tampering.filter(({ kind }) => kind === "checkpoint-broken").length).toBe(3);
  });

  it("names changed words, though the ledger never kept them", () => {
    const text = { rationale: "No visit at all." };
    const changed = own.with(judgement, {
      ...own[judgement]!,
      data: { ...own[judgement]!.data, text },
    });
    expect(kinds(changed)).toContain("changed 0");
  });

  it("names a missing event, in the middle and at the end", () => {
    expect(kinds(own.toSpliced(judgement, 1))).toContain("missing 0");
    expect(kinds(own.slice(0, -1))).toEqual(["missing 2"]);
    expect(kinds([])).toContain("checkpoint-broken");
  });

  it("names the one event that was moved", () => {
    const moved = restored([...own.toSpliced(judgement, 1), own[judgement]!]);
    const named = kinds(moved).filter((kind) => kind !== "checkpoint-broken");
    expect(named).toEqual(["reordered 0"]);
  });

  it("names an event slipped in, and one that comes twice", () => {
    const extra = { ...own[3]!, id: "00000000-0000-8000-8000-000000000000", revision: 1 };
    expect(kinds(restored(own.toSpliced(4, 0, extra)))).toContain("added 1");
    expect(kinds(restored(own.toSpliced(4, 0, own[3]!)))).toContain("repeated 0");
  });

  it("names a gap in a stream that the ledger had not recorded yet", () => {
    const none = recordOf(logOf(inspection, []), { origin, checkpoints: [] });
    const { tampering } = inspect(own.toSpliced(1, 1), none, keys);
    expect(tampering.map(({ what }) => what)).toEqual([
      "inspection-exampleton-2021 has no revision 1",
    ]);
  });

  it("is noticed whatever was done to whichever event", () => {
    const index = fc.nat(own.length - 1);
    const change = fc.oneof(
      index.map((at) => own.toSpliced(at, 1)),
      index.map((at) => own.toSpliced(at, 0, { ...own[at]!, id: crypto.randomUUID() })),
      index.map((at) => own.with(at, { ...own[at]!, type: "SomethingElse" })),
      fc
        .tuple(index, index)
        .filter(([a, b]) => a !== b)
        .map(([a, b]) => own.with(a, own[b]!).with(b, own[a]!)),
    );
    fc.assert(
      fc.property(change, (list) => !inspect(restored(list), record, keys).holds),
      {
        numRuns: 60,
      },
    );
  });
});

describe("a record that somebody touched", () => {
  it("is told from a store that somebody touched", () => {
    const forged = {
      ...record,
      events: record.events.with(2, { ...record.events[2]!, leaf: "0".repeat(64) }),
    };
    const found = new Set(kinds(own, forged));
    expect(found).toEqual(new Set(["record-damaged", "changed 2"]));
  });

  it("is noticed when it claims to be of another log", () => {
    expect(new Set(kinds(own, { ...record, origin: `${origin}-2` }))).toEqual(
      new Set(["record-damaged"]),
    );
  });

  it.each([
    ["another signature", checkpoints[0]!.replace(/.{8}=?\n$/, "AAAAAAA=\n")],
    ["another log's", checkpoints[0]!.replaceAll("exampleton", "elsewhere")],
    ["nothing", ""],
  ])("is noticed when a checkpoint is %s", (_, note) => {
    expect(kinds(own, { ...record, checkpoints: [{ ...staged[0]!, note }] })).toEqual([
      "record-damaged",
    ]);
  });
});

describe("signing", () => {
  const issue = (list: readonly StoredEvent[], size: number, earlier: readonly string[]): string =>
    writeCheckpoint(nextCheckpoint({ log: logOf(inspection, list), size, origin, earlier }));

  it("goes on from what was signed before", () => {
    expect(issue(own, 13, checkpoints)).toContain("\n13\n");
  });

  it("never contradicts it", () => {
    const fault = expect.objectContaining({ code: "inconsistent" });
    expect(() => issue(own.slice(0, 5), 5, checkpoints)).toThrow(fault);
    expect(() => issue(restored(own.with(1, own[2]!).with(2, own[1]!)), 13, checkpoints)).toThrow(
      fault,
    );
    expect(() => issue(own, 14, [])).toThrow(fault);
    const elsewhere = [checkpoints[0]!.replaceAll("exampleton", "elsewhere")];
    expect(() => issue(own, 13, elsewhere)).toThrow(fault);
  });

  it("may repeat an earlier size once the log has grown", () => {
    expect(issue(own, 10, [checkpoints[2]!])).toContain("\n10\n");
  });

  it("finds the size at which an event was the last", () => {
    expect(sizeThrough(log, own[4]!.id)).toBe(5);
    expect(sizeThrough(log, "nobody")).toBeUndefined();
  });
});
