import { generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createMemoryBus } from "@assay/bus/memory.ts";
import { type Actor, assay } from "@assay/domain/kernel/actor.ts";
import { CommandEnvelope } from "@assay/domain/kernel/envelope.ts";
import { PersonId } from "@assay/domain/kernel/ids.ts";
import { partedOf, sealMessage } from "@assay/domain/verification/seal-message.ts";
import { openKeyring, signerFrom } from "@assay/ledger/keys.ts";
import { verifierKeyOf, verifyEd25519, writeVerifierKey } from "@assay/ledger/note.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import {
  type Edge,
  keptSeal,
  sealed,
  sealing,
  trustedEdgesIn,
  trustWithin,
  unauthenticated,
} from "./seal.ts";
import { Stage, tuesday } from "./contract/vigil-stage.ts";

const now = Date.parse("2026-11-23T09:00:00.000Z");
const ada: Actor = { id: PersonId.parse("ada"), role: "inspector" };

const edge = (name: string) => {
  const { privateKey } = generateKeyPairSync("ed25519");
  const signer = signerFrom(name, privateKey.export({ format: "pem", type: "pkcs8" }) as string);
  return { own: signer satisfies Edge, key: writeVerifierKey(verifierKeyOf(signer)) };
};
const desk = edge("console");
const panel = edge("panel");
const stranger = edge("console");
const trusted = trustedEdgesIn(`# who\npeople ${desk.key}\n\nduties ${panel.key}\n`);

const asked = (by: Actor, more: object = {}): CommandEnvelope => {
  const id = randomUUID();
  const command = { type: "JoinVigil", at: "2026-11-23T09:00:00.000Z", by, ...more };
  return CommandEnvelope.parse({ id, correlationId: id, causationId: id, command });
};
const why = (envelope: CommandEnvelope, at = now) => unauthenticated(envelope, trusted, at)?.why;
const crossed = (envelope: CommandEnvelope): CommandEnvelope =>
  CommandEnvelope.parse(JSON.parse(JSON.stringify(envelope)));

describe("a seal", () => {
  it("holds after a journey as JSON, whatever the order of its members", () => {
    const envelope = sealed(asked(ada, { name: "Ångström", left: undefined }), desk.own, now);
    expect(why(crossed(envelope))).toBeUndefined();
    const { command, ...rest } = crossed(envelope);
    const turned = Object.fromEntries(Object.entries(command).toReversed());
    expect(why({ command: turned, ...rest } as CommandEnvelope)).toBeUndefined();
  });

  it("is kept without the words, and checked by whoever has the facts", () => {
    const by = { id: "mo", role: "panel-chair" };
    const at = "2026-11-23T09:00:00.000Z";
    const said = { type: "CastVote", at, by, inspection: "p1", standard: "2.1", rating: "Good" };
    const dissent = { type: "RecordDissent", at, by, inspection: "p1", standard: "2.1" };
    const id = randomUUID();
    for (const command of [said, { ...dissent, reason: "Three cases were weaker." }]) {
      const asked = CommandEnvelope.parse({ id, correlationId: id, causationId: id, command });
      const envelope = crossed(sealed(asked, desk.own, now));
      const kept = keptSeal(envelope)!;
      expect(JSON.stringify(kept)).not.toContain(envelope.seal!.salt!);
      const isOf = (told: typeof command & Readonly<Record<string, unknown>>): boolean =>
        verifyEd25519({
          signature: Buffer.from(kept.signature, "base64"),
          message: sealMessage(asked, partedOf(told).said, kept),
          publicKey: desk.own.publicKey,
        });
      expect(isOf({ ...command, ...("reason" in command && { reason: "(not shown)" }) })).toBe(
        true,
      );
      expect(isOf({ ...command, standard: "2.2" })).toBe(false);
      expect(isOf({ ...command, by: { ...by, id: "eve" } })).toBe(false);
    }
    expect(keptSeal(sealed(asked(ada), trustWithin("here").own, now))).toBeUndefined();
  });

  it("breaks with any change of what it seals", () => {
    const envelope = sealed(asked(ada), desk.own, now);
    const changes: readonly ((envelope: any) => void)[] = [
      (it) => (it.id = randomUUID()),
      (it) => (it.correlationId = randomUUID()),
      (it) => (it.causationId = randomUUID()),
      (it) => (it.command.by.id = "eve"),
      (it) => (it.command.by.role = "chief-inspector"),
      (it) => (it.command.at = "2026-11-23T09:00:01.000Z"),
      (it) => (it.command.more = 1),
      (it) => (it.seal.at = "2026-11-23T09:00:01.000Z"),
      (it) =>
        (it.seal.signature = it.seal.signature.replace(/^./, (sign: string) =>
          sign === "A" ? "B" : "A",
        )),
    ];
    for (const change of changes) {
      const copy = structuredClone(envelope);
      change(copy);
      expect(why(copy)).toBe("broken");
    }
  });

  it("counts from a trusted edge only, and for whom it may vouch", () => {
    expect(why(asked(ada))).toBe("no-seal");
    expect(why(sealed(asked(ada), stranger.own, now))).toBe("broken");
    expect(why(sealed(asked(ada), edge("elsewhere").own, now))).toBe("unknown-edge");
    expect(why(sealed(asked(assay), panel.own, now))).toBeUndefined();
    expect(why(sealed(asked(ada), panel.own, now))).toBe("not-its-to-say");
    expect(why(sealed(asked(assay), desk.own, now))).toBe("not-its-to-say");
    const nobody = { ...ada, role: "king" } as unknown as Actor;
    expect(why(sealed(asked(nobody), desk.own, now))).toBe("not-its-to-say");
  });

  it("counts for five minutes, so that what was refused once cannot be sent on later", () => {
    const envelope = sealed(asked(ada), desk.own, now);
    const minute = 60_000;
    expect(why(envelope, now + 4 * minute)).toBeUndefined();
    expect(why(envelope, now - 4 * minute)).toBeUndefined();
    expect(why(envelope, now + 6 * minute)).toBe("too-old");
    expect(why(envelope, now - 6 * minute)).toBe("too-old");
  });

  it("is trusted by lines that say for whom, and by no other lines", () => {
    for (const line of [desk.key, `everybody ${desk.key}`, "people", "people nonsense"])
      expect(() => trustedEdgesIn(line)).toThrow();
    expect(trustedEdgesIn("")).toEqual([]);
  });
});

describe("a service", () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => stage.close());

  const open = (): CommandEnvelope =>
    asked(assay, { type: "OpenVigil", inspection: "p1", until: tuesday });

  it("carries out what its edges sealed and records nothing for anybody else", async () => {
    await stage.start();
    const refusals = [
      await stage.bus.send("panel", open()),
      await sealing(stage.bus, stranger.own).send("panel", open()),
    ];
    expect(refusals).toEqual([
      { accepted: false, refusal: { reason: "Unauthenticated", why: "no-seal" } },
      { accepted: false, refusal: { reason: "Unauthenticated", why: "unknown-edge" } },
    ]);
    expect(await stage.told()).toEqual([]);
    const accepted = await sealing(stage.bus, stage.trust.own).send("panel", open());
    expect(accepted.accepted).toBe(true);
  });

  it("seals a command anew when it is sent again, and answers it as the first time", async () => {
    const bus = createMemoryBus();
    const seals: (string | undefined)[] = [];
    await bus.offer({
      step: "panel",
      commands: ["JoinVigil"],
      handle: async ({ seal }) => {
        seals.push(seal?.at);
        return { accepted: false, refusal: { reason: "Late" } };
      },
    });
    let at = now;
    const edged = sealing(bus, desk.own, () => (at += 1000));
    const envelope = asked(ada);
    await edged.send("panel", envelope);
    await edged.send("panel", envelope);
    expect(new Set(seals).size).toBe(2);
    await bus.close();
  });
});

it("uses the keys that a folder keeps", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-edge-"));
  const { signer, keys } = await openKeyring(folder, "teller");
  rmSync(folder, { recursive: true });
  const edges = trustedEdgesIn(`people ${keys[0]!}`);
  expect(unauthenticated(sealed(asked(ada), signer, now), edges, now)).toBeUndefined();
});
