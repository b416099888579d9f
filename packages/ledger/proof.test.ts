import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { proofFrom } from "./bundle.ts";
import { cosign, witnessKeyOf } from "./cosignature.ts";
import { LedgerFault } from "./fault.ts";
import { inspection, keyring, storyCheckpoints, storyEvents, witness } from "./golden/story.ts";
import { signerFrom } from "./keys.ts";
import { leafBytes, leafOf, redact } from "./leaf.ts";
import { logOf, proofFor } from "./log.ts";
import { parseVerifierKey } from "./note.ts";
import { openProof, parseProof, verifyProof, writeProof } from "./proof.ts";
import { readBundle } from "./read-bundle.ts";

const events = storyEvents();
const log = logOf(inspection, events);
const published = storyCheckpoints(log)[2]!.note;
const keys = keyring.keys.map(parseVerifierKey);
const judgement = log.entries.find(({ event }) => event.type === "JudgementRecorded")!;
const proof = proofFor(log, judgement.index, published);

describe("a proof file for one judgement", () => {
  it("is written as C2SP tlog-proof asks", () => {
    const [head, rest] = [proof.slice(0, proof.indexOf("\n\n")), proof.split("\n\n").slice(1)];
    const [first, extra, index] = head.split("\n");
    expect([first, index]).toEqual(["c2sp.org/tlog-proof@v1", "index 4"]);
    expect(extra).toMatch(/^extra [A-Za-z0-9+/]+={0,2}$/);
    expect(
      head
        .split("\n")
        .slice(3)
        .every((line) => /^[A-Za-z0-9+/]{43}=$/.test(line)),
    ).toBe(true);
    expect(rest.join("\n\n")).toBe(published);
  });

  it("convinces whoever holds the event and the key", () => {
    const original = events.find(({ id }) => id === judgement.event.id)!;
    const { checkpoint } = verifyProof(proof, leafOf(redact(original)), keys);
    expect(checkpoint.size).toBe(12);
  });

  it("says by itself what it proves, to whoever holds the key", () => {
    const opened = openProof(proof, keys);
    expect(opened).toMatchObject({ index: 4, event: judgement.event });
    expect(opened.checkpoint.size).toBe(12);
    const { extra: _extra, ...without } = parseProof(proof);
    const bare = writeProof(without);
    expect(() => openProof(bare, keys)).toThrow("does not carry its event");
    const told = leafBytes({ ...judgement.event, revision: 9 });
    expect(() => openProof(writeProof({ ...parseProof(proof), extra: told }), keys)).toThrow(
      "does not lead",
    );
    const spaced = new TextEncoder().encode(` ${new TextDecoder().decode(told)}`);
    expect(() => openProof(writeProof({ ...parseProof(proof), extra: spaced }), keys)).toThrow(
      "not a leaf",
    );
  });

  it("tells which signature lines nothing checked, and what a witness states", () => {
    const unknown = openProof(proof, keys);
    expect(unknown.unchecked).toEqual([
      expect.stringMatching(/^witness\.example\/w1 \([0-9a-f]{8}\)$/),
    ]);
    expect(unknown.cosignatures).toEqual([]);
    const all = [...keys, witnessKeyOf(witness)];
    const known = openProof(proof, all);
    expect(known.unchecked).toEqual([]);
    expect(known.cosignatures).toEqual([{ witness: "witness.example/w1", time: 1_621_933_200 }]);
    const other = signerFrom("other.example", Buffer.alloc(32, 5).toString("base64"));
    const checkpoint = cosign(published, other, 1_700_000_000);
    const more = openProof(writeProof({ ...parseProof(proof), checkpoint }), all);
    expect(more.unchecked).toEqual([expect.stringMatching(/^other\.example/)]);
  });

  it("is made from a bundle alone, for every event that is shown", () => {
    const bundle = readBundle(
      readFileSync(new URL("golden/bundle-1.json", import.meta.url), "utf8"),
    );
    const authority = bundle.keys.map(parseVerifierKey);
    for (const entry of bundle.events) {
      if ("withheld" in entry) {
        expect(() => proofFrom(bundle, entry.index)).toThrow("no event");
      } else {
        const opened = openProof(proofFrom(bundle, entry.index), authority);
        expect(opened.event).toEqual(entry.event);
      }
    }
  });

  it("does not convince of another event, index or tree", () => {
    const leaf = judgement.leaf;
    const other = log.entries[judgement.index + 1]!.leaf;
    expect(() => verifyProof(proof, other, keys)).toThrow("does not lead");
    expect(() => verifyProof(proof.replace("index 4", "index 5"), leaf, keys)).toThrow("not lead");
    expect(() => verifyProof(proof.replace("\n12\n", "\n11\n"), leaf, keys)).toThrow(LedgerFault);
    expect(() => verifyProof(proof, leaf, [])).toThrow("no known key");
  });

  it("reads back as it was written, with extra data or without", () => {
    const parsed = parseProof(proof);
    expect(writeProof(parsed)).toBe(proof);
    const extra = { ...parsed, extra: Uint8Array.of(1, 2, 3) };
    expect(parseProof(writeProof(extra))).toEqual(extra);
    expect(writeProof(extra).split("\n")[1]).toBe("extra AQID");
  });

  it.each([
    ["another first line", proof.replace("@v1", "@v2")],
    ["no index", proof.replace("index 4\n", "")],
    ["an index with a leading zero", proof.replace("index 4", "index 04")],
    ["a short hash", proof.replace(/\n[A-Za-z0-9+/]{43}=\n/, "\nAQID\n")],
    ["no checkpoint", proof.slice(0, proof.indexOf("\n\n"))],
  ])("with %s is refused", (_, text) => {
    expect(() => verifyProof(text, judgement.leaf, keys)).toThrow(
      expect.objectContaining({ code: "malformed" }),
    );
  });
});
