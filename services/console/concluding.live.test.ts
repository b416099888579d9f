import { Instant } from "@assay/domain/kernel/instants.ts";
import type { Line, Plot } from "@assay/domain/reconstruction/story.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { expect, it } from "vitest";

import { type Desk, openDesk } from "./contract/desk.ts";
import { begunIn, tellUntil } from "./contract/telling.ts";

let desk: Desk;

type Telling = (upTo: (type: string) => Promise<void>) => Promise<void>;

const inStory = async (plot: Plot, tell: Telling): Promise<void> => {
  const log = createLog({ service: "console", level: "silent" });
  const clock = createSteppedClock(Instant.parse("2020-01-01T09:00:00.000Z"));
  const engine = await startEngine({ dataDir: undefined, clock, log });
  const upTo = (type: string): Promise<void> =>
    tellUntil(engine, clock, plot, ({ command }: Line) => command.type === type);
  desk = await openDesk(engine, clock);
  try {
    await tell(upTo);
  } finally {
    desk.close();
    await engine.close();
  }
};

it("closes fieldwork, convenes its panel and concludes the ratings by forms", async () => {
  const panel = "/inspections/closing-2022/panel";
  await inStory(begunIn("closing"), async (upTo) => {
    await upTo("CloseFieldwork");
    await desk.signIn("lead-inspector/lead-inspector/");
    const fieldwork = "/inspections/closing-2022/fieldwork";
    const closed = await desk.send(fieldwork, "CloseFieldwork", {});
    expect(closed.at).toBe(`${fieldwork}?done=CloseFieldwork`);

    await desk.signIn("panel-chair/panel-chair/");
    const members = ["panel-chair", "panel-member-1", "panel-member-2"];
    const alone = await desk.send(panel, "ConvenePanel", { members: members.slice(0, 1) });
    expect([alone.status, alone.text.includes("the panel needs at least 3")]).toEqual([422, true]);
    const convened = await desk.send(panel, "ConvenePanel", { members });
    expect(convened.at).toBe(`${panel}?done=ConvenePanel`);

    await upTo("DeclineDiscretion");
    const decline = (reason: string) =>
      desk.send(`${panel}/2.1`, "DeclineDiscretion", { present: members, reason });
    const wrong = "In 2.1.2 it was 31%. The data gave Good for 2.1. manager-1 and C-001 show it.";
    const doubted = await decline(wrong);
    expect(doubted.status).toBe(422);
    for (const words of ["manager-1", "C-001"])
      expect(doubted.text).toContain(`“${words}” is a case or a person.`);
    expect(doubted.text).toContain("no key question stands at 31%");
    expect(doubted.text).toContain("the data gave good for 2.1; they gave Outstanding");
    const plain = await decline("Seven of eight cases say the same, 88% in 2.1.2.");
    expect(plain.at).toBe(`${panel}/2.1?done=DeclineDiscretion`);
    await upTo("ConcludePanel");
    const concluded = await desk.send(panel, "ConcludePanel", {});
    expect(concluded.at).toBe(`${panel}?done=ConcludePanel`);
    expect(concluded.text).toContain("The panel has concluded");
    const standard = await desk.read(`${panel}/2.1`);
    expect(standard.text).toMatch(/2\.1\.1a [A-Z][^<]+<\/th><td[^>]*>\d/);
  });
}, 120_000);

it("asks for the overall rating where a standard is not rated", async () => {
  const panel = "/inspections/withheld-2022/panel";
  const nobody = { relevant: 0, yes: 0, prompts: [] };
  const unrated = {
    keyQuestions: { desistance: nobody, childSafety: nobody, othersSafety: nobody },
  };
  await inStory(begunIn("withheld", { "2.4": unrated }), async (upTo) => {
    await upTo("ConcludePanel");
    await desk.signIn("panel-chair/panel-chair/");
    expect((await desk.send(panel, "ConcludePanel", {})).at).toBe(`${panel}?done=ConcludePanel`);
    await desk.signIn("head-of-programme/head-of-programme/");
    const decided = await desk.send(panel, "DecideOverall", {
      ...{ overall: "Good", reason: "All other standards are good or better." },
    });
    expect(decided.at).toBe(`${panel}?done=DecideOverall`);
    const { text } = await desk.read("/api/v1/inspections/withheld-2022/panel");
    expect(JSON.parse(text)).toMatchObject({ phase: "concluded", overall: "Good" });
  });
}, 120_000);
