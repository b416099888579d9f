import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { fromBase64, toBase64 } from "./base64.ts";
import { LedgerFault } from "./fault.ts";
import { signerFrom } from "./keys.ts";
import {
  keyIdOf,
  parseNote,
  parseVerifierKey,
  signNote,
  verifierKeyOf,
  verifyNote,
  verifyWholeNote,
  writeNote,
  writeVerifierKey,
} from "./note.ts";

const signer = signerFrom("log.example/a", toBase64(new Uint8Array(32).fill(1)));
const other = signerFrom("log.example/b", toBase64(new Uint8Array(32).fill(2)));
const keyOf = verifierKeyOf(signer);

describe("the example that the Go implementation of signed notes publishes", () => {
  const key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  const text =
    "If you think cryptography is the answer to your problem,\n" +
    "then you don't know what your problem is.\n";
  const line =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

  it("verifies", () => {
    const signers = verifyNote(parseNote(`${text}\n${line}`), [parseVerifierKey(key)]);
    expect(signers.map(({ name }) => name)).toEqual(["PeterNeumann"]);
  });

  it("is what the same key signs, byte for byte", () => {
    const bytes = fromBase64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
    const peter = signerFrom("PeterNeumann", toBase64(bytes.slice(1)));
    expect(writeVerifierKey(verifierKeyOf(peter))).toBe(key);
    expect(signNote(text, [peter])).toBe(`${text}\n${line}`);
  });
});

describe("a verifier key", () => {
  it("reads back as it was written", () => {
    expect(parseVerifierKey(writeVerifierKey(keyOf))).toEqual(keyOf);
  });

  it.each([
    ["TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6", 1],
    ["remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2", 4],
  ])("of other software is read: %s", (line, type) => {
    expect(parseVerifierKey(line).type).toBe(type);
    expect(writeVerifierKey(parseVerifierKey(line))).toBe(line);
  });

  it.each([
    "TEST+7997405d+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6",
    "TEST+7997405C+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6",
    "T EST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6",
    "TEST+7997405c",
    "TEST+7997405c+AQID",
    "TEST+7997405c+not base64",
    "+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6",
    "",
  ])("that is malformed is refused: %s", (line) => {
    expect(() => parseVerifierKey(line)).toThrow(LedgerFault);
  });
});

describe("a signed note", () => {
  const lines = fc.array(
    fc.string({ unit: "grapheme" }).map((line) => line.replaceAll(/\p{Cc}/gu, "")),
  );

  it("reads back as it was written, empty lines and all", () => {
    fc.assert(
      fc.property(lines, (written) => {
        const text = `${written.join("\n")}\n`;
        const note = parseNote(signNote(text, [signer, other]));
        expect(note.text).toBe(text);
        expect(verifyNote(note, [keyOf]).length).toBe(1);
        expect(parseNote(writeNote(note))).toEqual(note);
      }),
      { numRuns: 30 },
    );
  });

  it("passes over signatures of unknown keys, even under a known name", () => {
    const namesake = signerFrom(signer.name, toBase64(new Uint8Array(32).fill(3)));
    const note = parseNote(signNote("text\n", [namesake, other, signer]));
    expect(verifyNote(note, [keyOf])).toEqual([keyOf]);
  });

  it("that nobody else may sign has no line by an unknown key", () => {
    const alone = parseNote(signNote("text\n", [signer]));
    expect(verifyWholeNote(alone, [keyOf])).toEqual([keyOf]);
    const namesake = signerFrom(signer.name, toBase64(new Uint8Array(32).fill(3)));
    for (const stranger of [other, namesake])
      expect(() =>
        verifyWholeNote(parseNote(signNote("text\n", [signer, stranger])), [keyOf]),
      ).toThrow(expect.objectContaining({ code: "unknown-signer" }));
  });

  it("is refused when no known key signed it", () => {
    const note = parseNote(signNote("text\n", [other]));
    expect(() => verifyNote(note, [keyOf])).toThrow(
      expect.objectContaining({ code: "unknown-signer" }),
    );
  });

  it("is refused when a known key's signature is wrong, whoever else signed", () => {
    const note = parseNote(signNote("text\n", [signer, other]));
    note.signatures[0]!.bytes[5]! ^= 1;
    const keys = [keyOf, verifierKeyOf(other)];
    expect(() => verifyNote(note, keys)).toThrow(
      expect.objectContaining({ code: "bad-signature" }),
    );
  });

  const good = signNote("text\n", [signer]);
  it.each([
    ["without a blank line", "text\n— a AAAAAAA=\n"],
    ["without a signature", "text\n\n"],
    ["without its last newline", good.slice(0, -1)],
    ["with a hyphen for the dash", good.replace("—", "-")],
    ["with a space at a line's end", good.replace(/\n$/, " \n")],
    ["with a return character", good.replaceAll("\n", "\r\n")],
    ["with a tab in its text", good.replace("text", "te\txt")],
    ["with base64 in another spelling", good.replace(/=*\n$/, "\n")],
    ["with a signature that is only an id", "text\n\n— a AAAAAA==\n"],
    ["with a plus in a name", good.replace("log.example", "log+example")],
    ["with too many signatures", good + good.split("\n")[2]!.concat("\n").repeat(64)],
  ])("%s is refused", (_, text) => {
    expect(() => parseNote(text)).toThrow(expect.objectContaining({ code: "malformed" }));
  });

  it.each(["", "no newline", "half \ud800\n", "bell \u0007\n"])("cannot be over %j", (text) => {
    expect(() => signNote(text, [signer])).toThrow(LedgerFault);
  });
});

it("gives a key another id for another name or another kind of signature", () => {
  const ids = [keyOf, { ...keyOf, name: "x" }, { ...keyOf, type: 4 as const }].map(keyIdOf);
  expect(new Set(ids).size).toBe(3);
});
