import { describe, expect, it } from "vitest";

import type { Bundle } from "./bundle.ts";
import { sealText } from "./bundle.ts";
import { bundle, failed, forged, options } from "./golden/forge.ts";
import { authority, recompute, seedOf, signer, trusted } from "./golden/story.ts";
import { signerFrom } from "./keys.ts";
import { canonical } from "./leaf.ts";
import { signNote, verifierKeyOf, writeVerifierKey } from "./note.ts";
import { verifyBundle } from "./verify-bundle.ts";

describe("a bundle that somebody else made", () => {
  const stranger = { ...signer, sign: () => new Uint8Array(64) };

  it("is not taken for the authority's", () => {
    expect(
      failed(
        verifyBundle(
          forged(() => undefined, stranger),
          options,
        ),
      ),
    ).toEqual(["seal"]);
  });

  it("cannot have a seal that lists more than there is", () => {
    const { seal: _seal, ...members } = JSON.parse(bundle) as Bundle;
    const seal = signNote(`${sealText(members)}more ${"0".repeat(64)}\n`, [signer]);
    const report = verifyBundle(canonical({ ...members, seal }), options);
    expect(failed(report)).toEqual(["seal"]);
  });

  it("cannot bring along keys of another name", () => {
    const named = verifierKeyOf({ ...signer, name: "elsewhere.example" });
    const report = verifyBundle(
      forged((b) => b["keys"].unshift(writeVerifierKey(named))),
      options,
    );
    expect(failed(report)).toContain("authority");
    const unnamed = verifyBundle(
      forged((b) => b["keys"].unshift(writeVerifierKey(named))),
      { recompute },
    );
    expect(failed(unnamed)).toContain("authority");
  });

  it("is told by its keys, when the reader has the true ones", () => {
    const impostor = signerFrom(authority, seedOf("impostor"));
    const known = [writeVerifierKey(verifierKeyOf(impostor)), trusted[1]!];
    expect(failed(verifyBundle(bundle, { ...options, trusted: known }))).toEqual(["authority"]);
  });
});
