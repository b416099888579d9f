/** What keeps assessments sound: conflicts of interest, and a quality sample by chance. */
import { randomBytes } from "node:crypto";

import type { Held } from "../reading/held.ts";
import type { Viewer } from "../reading/viewer.ts";
import { personName } from "../wording/names.ts";
import { type Action, type Option, reason } from "./actions.ts";

/** Who declares for others as well as for themselves. */
const forOthers = ["lead-inspector", "deputy-lead-inspector", "scheduler", "quality-lead"];

export const assuranceActions = (
  viewer: Viewer,
  held: Held,
): readonly (Action | false | undefined)[] => {
  return [drawing(viewer, held), declaring(viewer, held)];
};

const teamOf = ({ fieldwork }: Held): readonly Option[] =>
  fieldwork.briefing.team.map(({ person }) => ({ value: person, text: personName(person) }));

const drawing = (viewer: Viewer, held: Held): Action => {
  const { dipSamplePercent, secondMarkingPercent } =
    held.fieldwork.briefing.framework?.ruleset.assurance ?? {};
  return {
    type: "DrawQualitySample",
    title: "Draw the quality sample",
    about:
      `Chance chooses ${dipSamplePercent} % of the cases to be looked at and ` +
      `${secondMarkingPercent} % to be marked a second time. It is drawn once and stays.`,
    button: "Draw the quality sample",
    fields: [
      {
        kind: "boxes",
        name: "markers",
        label: "Who marks a second time",
        options: [...(viewer.kind === "person" ? [ownOption(viewer)] : []), ...teamOf(held)],
      },
    ],
  };
};

const ownOption = ({ actor }: Extract<Viewer, { kind: "person" }>): Option => ({
  value: actor.id,
  text: "Me",
  checked: true,
});

const declaring = (viewer: Viewer, held: Held): Action | undefined => {
  if (viewer.kind !== "person") return undefined;
  const own = held.fieldwork.briefing.team
    .filter(({ person }) => person === viewer.actor.id)
    .map(() => ({ value: viewer.actor.id, text: "I have" }));
  const others = forOthers.includes(viewer.actor.role)
    ? teamOf(held).filter(({ value }) => value !== viewer.actor.id)
    : [];
  return {
    type: "DeclareConflict",
    title: "Declare a conflict of interest",
    about: "Whoever has one is given no such case, and judges none.",
    button: "Declare the conflict",
    fields: [
      { kind: "select", name: "person", label: "Who has it", options: [...own, ...others] },
      {
        kind: "select",
        name: "case",
        label: "With which case",
        options: [
          { value: "", text: "With the whole inspection" },
          ...[...held.fieldwork.briefing.sample.keys()].map((id) => ({ value: id, text: id })),
        ],
      },
      reason("What it is"),
    ],
  };
};

/** The quality sample's seed is chance's, had here and told to nobody before it is recorded. */
export const seeding = (type: string) =>
  type === "DrawQualitySample" ? { seed: randomBytes(32).toString("hex") } : {};
