import { describe, expect, it } from "vitest";

import { toBase64 } from "./base64.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import { verifyCosignatures, witnessKeyOf } from "./cosignature.ts";
import { authority, inspection, keyring, storyCheckpoints, storyEvents } from "./golden/story.ts";
import { seedOf } from "./golden/story.ts";
import { signerFrom } from "./keys.ts";
import { logOf } from "./log.ts";
import { parseNote, parseVerifierKey } from "./note.ts";
import { consistencyProof } from "./tree.ts";
import { addCheckpoint, type WitnessOptions } from "./witness.ts";

const signer = signerFrom("witness.example", seedOf("one more witness"));
const log = logOf(inspection, storyEvents());
const notes = storyCheckpoints(log).map(({ note }) => note);
const sizeOf = (note: string): number => parseCheckpoint(parseNote(note).text).size;

const witness = (): WitnessOptions & { readonly kept: string[] } => {
  const kept: string[] = [];
  const memory = {
    last: () => kept.at(-1),
    keep: (_: string, note: string) => void kept.push(note),
  };
  return { signer, authorities: keyring.keys.map(parseVerifierKey), memory, kept };
};

const asked = (note: string, from: number, of = log): string => {
  const proof = consistencyProof({ from, to: sizeOf(note) }, of.read).map(toBase64);
  return [`old ${from}`, ...proof, "", note].join("\n");
};

describe("a witness", () => {
  it("cosigns each tree that extends the one before, and keeps what it cosigned", () => {
    const options = witness();
    let from = 0;
    for (const note of notes) {
      const { status, body } = addCheckpoint(asked(note, from), 1_700_000_000, options);
      expect(status).toBe(200);
      const cosigned = parseNote(`${parseNote(note).text}\n${body}`);
      expect(verifyCosignatures(cosigned, [witnessKeyOf(signer)])).toEqual([
        { witness: "witness.example", time: 1_700_000_000 },
      ]);
      from = sizeOf(note);
    }
    expect(options.kept.map(sizeOf)).toEqual(notes.map(sizeOf));
    expect(addCheckpoint(asked(notes.at(-1)!, from), 1_700_000_001, options).status).toBe(200);
  });

  it("says what it knows to whoever begins elsewhere", () => {
    const options = witness();
    addCheckpoint(asked(notes[0]!, 0), 1, options);
    const size = sizeOf(notes[0]!);
    expect(addCheckpoint(asked(notes[1]!, 0), 2, options)).toEqual({
      status: 409,
      body: `${size}\n`,
    });
  });

  it("signs no other history of the same log, of whatever size", () => {
    const options = witness();
    addCheckpoint(asked(notes[0]!, 0), 1, options);
    const from = sizeOf(notes[0]!);
    const told = storyEvents().map((event) =>
      event.type === "JudgementRecorded"
        ? { ...event, data: { ...event.data, answer: "yes" } }
        : event,
    );
    const other = logOf(inspection, told);
    const [same, later] = storyCheckpoints(other).map(({ note }) => note);
    expect(addCheckpoint(asked(same!, from, other), 2, options).status).toBe(409);
    expect(addCheckpoint(asked(later!, from, other), 2, options).status).toBe(422);
    expect(options.kept).toHaveLength(1);
  });

  it.each([
    ["no protocol", "hello", 400],
    ["a size that is none", asked(notes[0]!, 0).replace("old 0", "old -1"), 400],
    ["another authority's log", asked(notes[0]!, 0).replaceAll(authority, "elsewhere"), 404],
    ["a signature that is wrong", asked(notes[0]!, 0).replace(/.(.{20})\n$/, "+$1\n"), 403],
    [
      "a note that nobody signed for this log",
      asked(notes[0]!, 0).replace("-2021\n", "-2022\n"),
      403,
    ],
  ])("refuses %s", (_, body, status) => {
    expect(addCheckpoint(body, 1, witness()).status).toBe(status);
  });
});
