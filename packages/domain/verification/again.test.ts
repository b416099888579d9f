import { eventsOf } from "@assay/spec/logged.ts";
import { beginning, commandOf, histories } from "@assay/spec/histories.ts";
import { people } from "@assay/spec/people.ts";
import { courtOnlyStory, plainStory, resettlementStory, type Story } from "@assay/spec/story.ts";
import { worldAt } from "@assay/spec/stages.ts";
import type { World } from "@assay/spec/world.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { knownById } from "../framework/versions.ts";
import { mapTexts } from "../kernel/text-places.ts";
import { decideAgain } from "./again.ts";
import type { Entry } from "./log.ts";

const logOf = (world: World): readonly Entry[] =>
  eventsOf(world).map(({ id, stream, revision, type, data, metadata }, index) => {
    const { salt: _, ...open } = metadata;
    const erased = mapTexts(data, () => ({ erased: true }));
    return { index, stream, revision, id, type, shown: { data: erased, metadata: open } };
  });

const judged = (world: World, story: Story = plainStory, log = logOf(world)) =>
  decideAgain(log, knownById(story.framework)!.document);

const hideList = (log: readonly Entry[]): readonly Entry[] =>
  log.map(({ shown, ...place }) =>
    place.type === "CaseListSubmitted" ? place : { ...place, shown: shown! },
  );

describe("what was recorded by the rules", () => {
  it.each([
    ["as a rule", plainStory],
    ["without a case out of court", courtOnlyStory],
    ["with a standard for some services only", resettlementStory],
  ])("follows from them again, list or no list: %s", (_, story) => {
    const world = worldAt(story === courtOnlyStory ? "drafted" : "closed", story);
    const log = logOf(world);
    const shown = judged(world, story, log);
    expect(shown.problems).toEqual([]);
    expect(shown.recomputed + shown.compared.length).toBe(log.length);
    expect(judged(world, story, hideList(log)).problems).toEqual([]);
  });

  it("leaves the digests of what was rendered to whoever has it", () => {
    const forms = [{ path: "report.html", digest: "0".repeat(64) }];
    const log = logOf(worldAt("published")).map((entry) =>
      entry.type === "ReportPublished" && entry.shown
        ? { ...entry, shown: { ...entry.shown, data: { ...entry.shown.data, forms } } }
        : entry,
    );
    const { problems, compared } = judged(worldAt("published"), plainStory, log);
    expect(problems).toEqual([]);
    expect(compared.at(-1)?.what).toContain("the report's forms are not in the file");
  });

  it("follows again where a case was erased before anything was drawn, list or no list", () => {
    const world = worldAt("listed");
    const reason = "A court ordered it.";
    world.tell(people.head, { type: "EraseCase", of: "c0001", ground: "legal-obligation", reason });
    expect(judged(world).problems).toEqual([]);
    expect(judged(world, plainStory, hideList(logOf(world))).problems).toEqual([]);
  });

  it("follows again whatever happened", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const world = beginning(history);
        for (const move of history.moves) {
          if (move.kind === "wait") continue;
          const next = commandOf(world, move);
          if (next) world.ask(next.by, next.asked);
        }
        const framework = history.story === 3 ? "yos-2021" : "yos-2018";
        expect(decideAgain(logOf(world), knownById(framework)!.document).problems).toEqual([]);
        expect(
          decideAgain(hideList(logOf(world)), knownById(framework)!.document).problems,
        ).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });
});
