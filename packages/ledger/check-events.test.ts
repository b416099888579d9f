import type { StoredEvent } from "@assay/store/port.ts";
import { describe, expect, it } from "vitest";

import { failed, options } from "./golden/forge.ts";
import { authority, storyBundle, storyEvents } from "./golden/story.ts";
import { verifyBundle } from "./verify-bundle.ts";

describe("a bundle that was logged, signed and sealed in full, of events that are not right", () => {
  const events = storyEvents();
  const at = (type: string): number => events.findIndex((event) => event.type === type);
  const altered = (type: string, change: Partial<StoredEvent>): readonly StoredEvent[] =>
    events.with(at(type), { ...events[at(type)]!, ...change });
  const announced = events[at("InspectionAnnounced")]!.data;

  it.each([
    {
      what: "with one left out",
      told: events.toSpliced(at("PanelConvened"), 1),
      fails: "order",
    },
    {
      what: "with an id used twice",
      told: altered("FieldworkOpened", { id: events[0]!.id }),
      fails: "order",
    },
    {
      what: "with another ruleset pinned",
      told: altered("InspectionAnnounced", {
        data: { ...announced, framework: { id: "2018-07", digest: "0".repeat(64) } },
      }),
      fails: "framework",
    },
    {
      what: "with no ruleset pinned",
      told: altered("InspectionAnnounced", { type: "InspectionPostponed" }),
      fails: "framework",
    },
    {
      what: "with one under another framework version",
      told: altered("PanelConvened", {
        metadata: { ...events[at("PanelConvened")]!.metadata, framework: "2021-07" },
      }),
      fails: "framework",
    },
  ])("$what fails in $fails", ({ told, fails }) => {
    expect(failed(verifyBundle(storyBundle(told), options))).toContain(fails);
    expect(failed(verifyBundle(storyBundle(told), options))).not.toContain("events");
  });

  it("with checkpoints of another log fails in checkpoints", () => {
    const other = storyBundle(events, `${authority}/elsewhere-2021`);
    const { checks } = verifyBundle(other, options);
    const found = checks.find(({ name }) => name === "checkpoints");
    expect(found?.detail).toContain("is of another log");
  });
});
