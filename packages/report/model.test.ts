import { describe, expect, it } from "vitest";

import { exampleOf } from "./golden/notebook.ts";
import { storyOf } from "./golden/story.ts";
import { renderMarkdown } from "./markdown.ts";
import { reportModelOf } from "./model.ts";
import { OpenData, openDataOf } from "./open-data.ts";
import type { Recorded } from "./recorded.ts";

const story = storyOf("peterborough-2020");
const moved = storyOf("milton-keynes-2021");

/** Every free text of the history, gone. */
const erased = (recorded: readonly Recorded[]): readonly Recorded[] =>
  JSON.parse(
    JSON.stringify(recorded, (name, value: unknown) =>
      name === "text" ? { erased: true } : value,
    ),
  ) as readonly Recorded[];

describe("a report's model", () => {
  it.each(["peterborough-2020", "milton-keynes-2021"] as const)(
    "has the counts that %s published",
    (id) => {
      const { standards } = exampleOf(id);
      const model = reportModelOf(storyOf(id), 1);
      for (const { standard, rating, keyQuestions } of model.standards) {
        const published = standards[standard];
        if (!published) continue;
        expect(rating).toBe(published.rating);
        for (const { name, relevant, yes, prompts } of keyQuestions) {
          const { prompts: printed, ...counts } = published.keyQuestions[name]!;
          expect({ relevant, yes }).toEqual(counts);
          expect(prompts.map((prompt) => prompt.yes).slice(0, printed.length)).toEqual(
            printed.map((prompt) => prompt.yes),
          );
        }
      }
    },
  );

  it("gives a version as it was, whatever was recorded after it", () => {
    const before = story.slice(
      0,
      story.findIndex(({ event }) => event.type === "ReportPublished") + 1,
    );
    expect(reportModelOf(story, 1)).toEqual(reportModelOf(before, 1));
    expect(reportModelOf(story, 2)).not.toEqual(reportModelOf(story, 1));
  });

  it("does not depend on the order in which streams were read", () => {
    const streams = story.toSorted((a, b) => (a.stream < b.stream ? 1 : -1));
    expect(reportModelOf(streams, 2)).toEqual(reportModelOf(story, 2));
  });

  it("tells discretion with its direction and reason, and a difference without any", () => {
    const discretion = reportModelOf(moved, 1).standards.find((each) => each.discretion);
    expect(discretion).toMatchObject({
      standard: "3.3",
      discretion: { direction: "up", reason: "One further case showed sound work" },
    });
    const adopted = reportModelOf(story, 1).standards.filter(
      ({ decidedBy }) => decidedBy === "adopted",
    );
    expect(adopted).toMatchObject([
      { standard: "3.1", rating: "Good", rule: "Requires improvement" },
    ]);
  });

  it("prints percentages from so many cases on", () => {
    expect(reportModelOf(story, 1).printed).toEqual({ numbers: true, percentages: false });
    const large = reportModelOf(storyOf("peterborough-2020", { times: 3 }), 1);
    expect(large.printed).toEqual({ numbers: false, percentages: true });
    expect(renderMarkdown(large)).toContain("Percentage yes");
  });

  it("says where words were erased, and keeps every number", () => {
    const model = reportModelOf(erased(moved), 2);
    expect(model.sections[0]).toEqual({ section: "foreword", markdown: "[erased]" });
    expect(model.standards).toMatchObject(
      reportModelOf(moved, 2).standards.map(({ standard, rating }) => ({ standard, rating })),
    );
  });

  it("refuses a version that was never published, and a report without ratings", () => {
    expect(() => reportModelOf(story, 3)).toThrow(/version 3/);
    const unrated = story.filter(({ stream }) => !stream.startsWith("panel-"));
    expect(() => reportModelOf(unrated, "draft")).toThrow(/not concluded/);
  });
});

it("names no case in any form", () => {
  const model = reportModelOf(story, 2);
  for (const form of [renderMarkdown(model), JSON.stringify(openDataOf(model))]) {
    expect(form).not.toMatch(/\bc\d{4,6}\b|YO-\d+|child \d/);
  }
});

it("publishes data that its own schema accepts", () => {
  const data = openDataOf(reportModelOf(story, 2));
  expect(OpenData.parse(JSON.parse(JSON.stringify(data)))).toEqual(data);
});
