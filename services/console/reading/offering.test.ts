import { keyOf } from "@assay/domain/announcement/programme/state.ts";
import { Actor } from "@assay/domain/kernel/actor.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { people } from "@assay/spec/people.ts";
import {
  confirm,
  enrol,
  open,
  programmeStory,
  propose,
  register,
} from "@assay/spec/programme-story.ts";
import { type Stage, worldAt } from "@assay/spec/stages.ts";
import type { World } from "@assay/spec/world.ts";
import { expect, it } from "vitest";

import { eventsOfWorld } from "../contract/events-of-world.ts";
import { holding, nothingHeld } from "./held.ts";
import { type Offerable, offered } from "./offering.ts";
import { possibleTo } from "./possible.ts";
import type { Viewer } from "./viewer.ts";

const { lead, chief, head } = people;
const wrong = {
  type: "DraftSection",
  section: "background",
  markdown: "Mrs Jones agreed.",
} as const;
const right = { ...wrong, markdown: "The service is small." } as const;

const reading = (world: World, actor: Actor) => {
  const events = eventsOfWorld(world);
  const held = holding(nothingHeld(world.inspection), events);
  const viewer: Viewer = { kind: "person", actor, name: actor.id };
  return {
    offer: (type: Offerable) => offered({ held, events, now: world.now }, viewer, type),
    possible: possibleTo(viewer, { held, events }, { at: world.now }),
  };
};

it.each([
  ["drafted", lead, "SendDraft"],
  ["commented", lead, "CloseFactualAccuracy"],
  ["settled", chief, "SignOffReport"],
  ["published", chief, "IssueCorrection"],
] satisfies readonly (readonly [Stage, Actor, Offerable])[])(
  "of a %s report with an error in it, offers nobody to let it on, and says why",
  (stage, by, type) => {
    const world = worldAt(stage);
    world.tell(lead, wrong);
    const early = reading(world, by);
    expect(early.offer(type)).toEqual({
      offered: false,
      because: expect.stringContaining("“Mrs Jones” names a person"),
    });
    expect(early.possible.now).not.toContain(type);
    expect(early.possible.refused).toContainEqual(
      expect.objectContaining({ command: type, reason: "ReportHasErrors" }),
    );
    world.tell(lead, right);
    const mended = reading(world, by);
    expect(mended.offer(type)).toEqual({ offered: true });
    expect(mended.possible.now).toContain(type);
  },
);

it("asks for a reason only where the checks found something that may stand", () => {
  const world = worldAt("drafted");
  world.tell(lead, right);
  expect(reading(world, lead).possible.now).not.toContain("ExcuseFinding");
  world.tell(lead, wrong);
  expect(reading(world, lead).possible.now).toContain("ExcuseFinding");
});

it("schedules a placement once: when the schedule is confirmed and the name is free", () => {
  const story = programmeStory();
  const offer = (inspections: readonly string[] = [], own = false) => {
    const state = story.state();
    const { service } = story.somewhere();
    const scheduled = own ? new Set([keyOf(state.opened!.programme, service)]) : state.scheduled;
    const about = {
      programme: { ...state, scheduled },
      inspections: new Map(inspections.map((id) => [id as InspectionId, {}])),
      now: Instant.parse("2026-01-05T09:00:00.000Z"),
    };
    const viewer: Viewer = { kind: "person", actor: head, name: "The head" };
    return offered(about, viewer, "ScheduleInspection", { service });
  };
  story.tell(open, enrol, register, propose);
  expect(offer()).toEqual({
    offered: false,
    because:
      "A schedule is proposed, and is to be confirmed. First, the schedule has to be confirmed.",
  });
  story.tell(confirm);
  expect(offer()).toEqual({ offered: true });
  expect(offer([], true)).toEqual({ offered: false });
  const { service, start } = story.somewhere();
  const taken = `${service}-${start.slice(0, 4)}`;
  expect(offer([taken])).toEqual({
    offered: false,
    because: `There is an inspection ${taken} already.`,
  });
});
