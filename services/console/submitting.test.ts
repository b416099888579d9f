import { Instant } from "@assay/domain/kernel/instants.ts";
import { tellBegun } from "@assay/embedded/carry-begun.ts";
import { inStory } from "@assay/embedded/carry-examples.ts";
import { createLog } from "@assay/host/log.ts";
import { expect, it } from "vitest";

import { openDesk } from "./contract/desk.ts";

const log = createLog({ service: "test", level: "silent" });
const wednesday = Instant.parse("2026-11-25T07:30:00.000Z");
const eastvale = "/inspections/made-up-eastvale";

it("takes what is rarely said: a conflict, a case looked at, a reminder to the service", async () => {
  await inStory({ dataDir: undefined, log }, async ({ engine, clock }) => {
    await tellBegun({ engine, clock }, { examples: [], now: wednesday });
    const desk = await openDesk(engine, clock);
    try {
      await desk.signIn("quality-lead/quality-lead/");
      const looked = await desk.send(`${eastvale}/cases/c0002`, "ReviewAssessment", {
        note: "Sound throughout.",
      });
      expect(looked).toMatchObject({
        status: 200,
        at: `${eastvale}/cases/c0002?done=ReviewAssessment`,
      });
      expect(looked.text).toContain("Sound throughout.");

      await desk.signIn("lead-inspector/lead-inspector/");
      const fieldwork = `${eastvale}/fieldwork`;
      const conflict = { person: "inspector-2", case: "c0003" };
      const blank = await desk.send(fieldwork, "DeclareConflict", { ...conflict, reason: "" });
      expect(blank.status).toBe(422);
      const declared = await desk.send(fieldwork, "DeclareConflict", {
        ...{ ...conflict, reason: "A neighbour of the family." },
      });
      expect(declared.at).toBe(`${fieldwork}?done=DeclareConflict`);

      await desk.signIn("scheduler/scheduler/");
      const asked = "/inspections/made-up-brackley/fieldwork";
      const chased = await desk.send(asked, "ChaseRequest-case-list", {});
      expect(chased.at).toBe(`${asked}?done=ChaseRequest`);
      await expect(desk.send(asked, "ChaseRequest-case-list", {})).rejects.toThrow("no form");
    } finally {
      desk.close();
    }
  });
}, 120_000);
