import { describe, expect, it } from "vitest";
import { z } from "zod";

import { assay, forbids, grant } from "./actor.ts";
import { eventIdOf, uuidFrom } from "./envelope.ts";
import { fact, guardOf, request, text, Words, words } from "./fact.ts";
import { CaseId, caseIdOf, CommandId, InspectionId, ItemId } from "./ids.ts";
import { assessmentStream, inspectionOf, inspectionStream } from "./stream.ts";

const Said = fact("Said", { text: text({ words: Words }) });
const at = "2021-05-24T09:00:00.000Z";

describe("text", () => {
  it("is read in words, or as erased", () => {
    const kept = Said.parse({ type: "Said", at, by: assay, text: { words: " Well. " } });
    expect(words(kept.text)).toEqual({ words: "Well." });
    const erased = Said.parse({ type: "Said", at, by: assay, text: { erased: true } });
    expect(words(erased.text)).toBeUndefined();
  });

  it.each([{ words: "  " }, { words: "x".repeat(20_001) }, { erased: false }, {}])(
    "is never %j",
    (held) => {
      expect(Said.safeParse({ type: "Said", at, by: assay, text: held }).success).toBe(false);
    },
  );

  it("keeps half of a surrogate pair out, because nothing could hash it", () => {
    const broken = { type: "Said", at, by: assay, text: { words: "\uD800" } };
    expect(Said.safeParse(broken).success).toBe(false);
  });
});

describe("a request", () => {
  const Say = request("Say", { lines: z.array(z.object({ line: z.string() })) });
  const say = (...lines: string[]) =>
    Say.safeParse({
      type: "Say",
      at,
      by: assay,
      inspection: "sandford-2021",
      lines: lines.map((line) => ({ line })),
    });

  it("holds Unicode text alone, and says where it does not", () => {
    expect(say("😀", "").success).toBe(true);
    expect(say("😀", "\uDE00").error?.issues).toMatchObject([{ path: ["lines", 1, "line"] }]);
  });
});

describe("a guard", () => {
  it("tells the facts of one union by their names", () => {
    const isSaid = guardOf<z.infer<typeof Said>>(z.discriminatedUnion("type", [Said]));
    expect([isSaid({ type: "Said" }), isSaid({ type: "Done" })]).toEqual([true, false]);
  });
});

describe("an id", () => {
  it("made from a name is a UUID of version 8, and always the same", () => {
    expect(uuidFrom("a")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
    expect(uuidFrom("a")).toBe(uuidFrom("a"));
    const command = CommandId.parse(uuidFrom("command"));
    expect(eventIdOf(command, 0)).not.toBe(eventIdOf(command, 1));
  });

  it("of a case is its row in the list", () => {
    expect([caseIdOf(1), caseIdOf(12_345)]).toEqual(["c0001", "c12345"]);
    expect(CaseId.safeParse("c1").success).toBe(false);
  });

  it.each(["", "Peterborough", "a b", "-a", "a--b", "a.b", "a/b"])(
    "of an inspection is not %j",
    (id) => expect(InspectionId.safeParse(id).success).toBe(false),
  );

  it("chosen by an author is short and plain", () => {
    expect(ItemId.safeParse("a".repeat(65)).success).toBe(false);
    expect(ItemId.safeParse("board-minutes-2020").success).toBe(true);
  });
});

describe("a stream", () => {
  it("says which inspection it belongs to", () => {
    const id = InspectionId.parse("sandford-2021");
    expect(inspectionOf(inspectionStream(id))).toBe(id);
    expect(inspectionOf(assessmentStream(id, caseIdOf(3)))).toBe(id);
    expect(inspectionOf("programme-cycle")).toBeUndefined();
  });
});

describe("a grant", () => {
  const table = { Go: grant(["inspector", "scheduler"], { only: ["team"], never: ["panel"] }) };
  const by = (role: "inspector" | "auditor") => ({ ...assay, role });

  it("asks for the role, for every relation named and for none of those excluded", () => {
    const asked = (role: "inspector" | "auditor", ...held: ("team" | "panel")[]) =>
      forbids(table, { type: "Go", by: by(role) }, held) === undefined;
    expect(asked("inspector", "team")).toBe(true);
    expect(asked("inspector")).toBe(false);
    expect(asked("inspector", "team", "panel")).toBe(false);
    expect(asked("auditor", "team")).toBe(false);
  });

  it("names who may, when it refuses", () => {
    expect(forbids(table, { type: "Go", by: by("auditor") }, ["panel"])).toEqual({
      reason: "NotPermitted",
      command: "Go",
      role: "auditor",
      relations: ["panel"],
      permitted: table.Go,
    });
  });
});
