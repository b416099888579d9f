import { ProgrammeCommand } from "@assay/domain/announcement/programme/commands.ts";
import { expect, it } from "vitest";
import type { z } from "zod";

import {
  type Asked,
  blackout,
  confirm,
  enrol,
  open,
  type ProgrammeStory,
  programmeStory,
  propose,
  reason,
  register,
} from "./programme-story.ts";
import { variantsOf } from "./variants.ts";

const placed = [open, enrol, register, propose] as const;
const moving = (story: ProgrammeStory): Asked => {
  const placement = { ...story.somewhere(), start: "2027-03-22", end: "2027-03-25" };
  return { type: "ChangePlacement", placement, reason };
};

/** What comes before each command, and the command. */
const told: Readonly<
  Record<ProgrammeCommand["type"], readonly [readonly Asked[], (story: ProgrammeStory) => Asked]>
> = {
  OpenProgramme: [[], () => open],
  ChangePlanningRules: [
    [open],
    ({ state }) => ({ type: "ChangePlanningRules", rules: { ...state().rules, restWeeks: 2 } }),
  ],
  EnrolServices: [[open], () => enrol],
  RemoveService: [
    [open, enrol],
    ({ state }) => ({ type: "RemoveService", service: [...state().services.keys()][0], reason }),
  ],
  RegisterInspectors: [[open], () => register],
  ReleaseInspector: [
    [open, register],
    ({ state }) => ({ type: "ReleaseInspector", inspector: [...state().inspectors.keys()][0] }),
  ],
  DeclareBlackout: [[open], () => ({ ...blackout, reason })],
  LiftBlackout: [
    [open, { ...blackout, reason }],
    () => ({ type: "LiftBlackout", period: blackout.period }),
  ],
  ProposeSchedule: [[open, enrol, register], () => propose],
  ChangePlacement: [placed, moving],
  ReleasePlacement: [
    placed,
    (story) => {
      story.tell(moving(story));
      return { type: "ReleasePlacement", service: story.somewhere().service };
    },
  ],
  ConfirmSchedule: [placed, () => confirm],
};

const stamped: readonly string[] = ["type", "at", "by", "programme"];

const otherwise = (asked: Asked): readonly Asked[] => {
  const found = ProgrammeCommand.options.find(({ shape }) => shape.type.value === asked.type);
  return Object.entries((found?.shape ?? {}) as Readonly<Record<string, z.ZodType>>).flatMap(
    ([name, schema]) =>
      stamped.includes(name)
        ? []
        : variantsOf(schema, asked[name]).map((each) => ({ ...asked, [name]: each })),
  );
};

/** Fewer of the same: all that it names stands recorded. */
const isPart = (other: Asked, asked: Asked): boolean =>
  Object.entries(other).every(([name, value]) => {
    const all = asked[name];
    return Array.isArray(value) && Array.isArray(all)
      ? value.every((each) => all.includes(each))
      : value === all;
  });

it.each(Object.entries(told))(
  "%s that is sent again with one field changed is recorded or refused",
  (_, [before, request]) => {
    const story = programmeStory();
    story.tell(...before);
    const asked = request(story);
    story.tell(asked);
    const known = story.facts.length;
    for (const other of otherwise(asked)) {
      if (isPart(other, asked)) continue;
      expect([other, story.ask(other)]).not.toEqual([other, []]);
      story.facts.splice(known);
    }
  },
);
