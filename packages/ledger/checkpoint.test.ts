import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { fromBase64, toBase64 } from "./base64.ts";
import { openCheckpoint, parseCheckpoint, signCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { cosign, cosignaturesTold, verifyCosignatures, witnessKeyOf } from "./cosignature.ts";
import { LedgerFault } from "./fault.ts";
import { signerFrom } from "./keys.ts";
import { keyIdOf, parseNote, parseVerifierKey, verifierKeyOf, verifyNote } from "./note.ts";

const signer = signerFrom("authority.example", toBase64(new Uint8Array(32).fill(1)));
const witness = signerFrom("witness.example/w1", toBase64(new Uint8Array(32).fill(2)));
const checkpoint = {
  origin: "authority.example/peterborough-2020",
  size: 2087,
  root: new Uint8Array(32).fill(7),
  extensions: [],
};

/** The example in the specification of cosignatures, with the log's and a witness's line. */
const example =
  "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n" +
  "— example.com/behind-the-sofa " +
  "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n" +
  "— witness.example.com/w1 " +
  "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

describe("the example of the C2SP specifications", () => {
  it("parses", () => {
    const note = parseNote(example);
    expect(parseCheckpoint(note.text)).toEqual({
      origin: "example.com/behind-the-sofa",
      size: 20_852_163,
      root: fromBase64("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="),
      extensions: [],
    });
    expect(note.signatures.map(({ bytes }) => bytes.length)).toEqual([64, 72]);
    const stamp = new DataView(note.signatures[1]!.bytes.buffer).getBigUint64(0);
    expect(stamp).toBe(1_679_315_147n);
  });
});

describe("a checkpoint", () => {
  it("is written line by line", () => {
    expect(writeCheckpoint({ ...checkpoint, extensions: ["more"] })).toBe(
      "authority.example/peterborough-2020\n2087\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\nmore\n",
    );
  });

  it("reads back as it was written", () => {
    const size = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    const root = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(size, root, fc.array(fc.constantFrom("x", "y z")), (n, hash, extensions) => {
        const written = { origin: "o", size: n, root: new Uint8Array(hash), extensions };
        expect(parseCheckpoint(writeCheckpoint(written))).toEqual(written);
      }),
    );
  });

  it.each([
    ["a leading zero", "o\n07\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n"],
    ["a sign", "o\n+7\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n"],
    [
      "a size beyond counting",
      "o\n9007199254740993\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n",
    ],
    ["a short root", "o\n7\nBwcH\n"],
    ["loose bits in the root", "o\n7\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwd=\n"],
    ["no origin", "\n7\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n"],
    ["an empty line", "o\n7\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n\n"],
    ["no root", "o\n7\n"],
    ["no last newline", "o\n7\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc="],
  ])("with %s is refused", (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow(LedgerFault);
  });

  it("is signed under its log's origin, and opened by the authority's key", () => {
    const note = signCheckpoint(checkpoint, signer);
    expect(parseNote(note).signatures[0]?.name).toBe(checkpoint.origin);
    expect(openCheckpoint(note, [verifierKeyOf(signer)]).checkpoint).toEqual(checkpoint);
    expect(() => openCheckpoint(note, [verifierKeyOf(witness)])).toThrow(LedgerFault);
  });
});

describe("a cosignature", () => {
  const note = signCheckpoint(checkpoint, signer);
  const cosigned = cosign(note, witness, 1_679_315_147);
  const known = [witnessKeyOf(witness)];

  it("states when the witness saw the checkpoint", () => {
    const stated = [{ witness: "witness.example/w1", time: 1_679_315_147 }];
    expect(verifyCosignatures(parseNote(cosigned), known)).toEqual(stated);
    expect(cosignaturesTold(parseNote(cosigned))).toEqual(stated);
  });

  it("leaves the log's own signature as it was", () => {
    expect(cosigned.startsWith(note)).toBe(true);
    expect(openCheckpoint(cosigned, [verifierKeyOf(signer)]).checkpoint).toEqual(checkpoint);
  });

  it("is over the message that the specification writes out", () => {
    const text = writeCheckpoint(checkpoint);
    const message = new TextEncoder().encode(`cosignature/v1\ntime 1679315147\n${text}`);
    const bytes = parseNote(cosigned).signatures[1]!.bytes;
    expect(bytes.slice(8)).toEqual(witness.sign(message));
  });

  it("is no signature of a note, nor the other way round", () => {
    expect(() => verifyNote(parseNote(cosigned), [verifierKeyOf(witness)])).toThrow(LedgerFault);
    expect(verifyCosignatures(parseNote(note), [witnessKeyOf(signer)])).toEqual([]);
  });

  it("of an unknown witness is passed over; a changed one of a known witness is refused", () => {
    expect(verifyCosignatures(parseNote(cosigned), [])).toEqual([]);
    for (const at of [0, 7, 8, 71]) {
      const changed = parseNote(cosigned);
      changed.signatures[1]!.bytes[at]! ^= 1;
      expect(() => verifyCosignatures(changed, known)).toThrow(LedgerFault);
    }
  });

  it("of a time that no clock shows is refused before its signature is looked at", () => {
    const changed = parseNote(cosigned);
    changed.signatures[1]!.bytes[0] = 0x7f;
    expect(() => verifyCosignatures(changed, known)).toThrow(
      expect.objectContaining({ code: "malformed" }),
    );
  });

  it("has the key id that other software computes", () => {
    const line = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";
    expect(keyIdOf(witnessKeyOf(parseVerifierKey(line)))).toBe("da77ade7");
  });
});
