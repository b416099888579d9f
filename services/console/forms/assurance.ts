/** What keeps assessments sound: conflicts of interest, and a quality sample by chance. */

import type { Held } from "../reading/held.ts";
import type { Viewer } from "../reading/viewer.ts";
import { checkboxes, form, type Form, type Option, reason, select, unasked } from "./form.ts";
import { personName } from "../wording/names.ts";

/** Who declares for others as well as for themselves. */
const forOthers = ["lead-inspector", "deputy-lead-inspector", "scheduler", "quality-lead"];

export const assuranceForms = (viewer: Viewer, held: Held): readonly (Form | undefined)[] => [
  drawing(viewer, held),
  declaring(viewer, held),
];

const teamOf = ({ fieldwork }: Held): readonly Option[] =>
  fieldwork.briefing.team.map(({ person }) => ({ value: person, text: personName(person) }));

const drawing = (viewer: Viewer, held: Held): Form => {
  const { dipSamplePercent, secondMarkingPercent } =
    held.fieldwork.briefing.framework?.ruleset.assurance ?? {};
  return form({
    type: "DrawQualitySample",
    title: "Draw the quality sample",
    about:
      `Chance chooses ${dipSamplePercent} % of the cases to be looked at and ` +
      `${secondMarkingPercent} % to be marked a second time. It is drawn once and stays.`,
    button: "Draw the quality sample",
    says: {
      seed: unasked,
      markers: checkboxes(
        "Who marks a second time",
        [...(viewer.kind === "person" ? [ownOption(viewer)] : []), ...teamOf(held)],
        { missing: "Select who marks a second time" },
      ),
    },
  });
};

const ownOption = ({ actor }: Extract<Viewer, { kind: "person" }>): Option => ({
  value: actor.id,
  text: "Me",
  checked: true,
});

const declaring = (viewer: Viewer, held: Held): Form | undefined => {
  if (viewer.kind !== "person") return undefined;
  const own = held.fieldwork.briefing.team
    .filter(({ person }) => person === viewer.actor.id)
    .map(() => ({ value: viewer.actor.id as string, text: "I have" }));
  const others = forOthers.includes(viewer.actor.role)
    ? teamOf(held).filter(({ value }) => value !== viewer.actor.id)
    : [];
  return form({
    type: "DeclareConflict",
    title: "Declare a conflict of interest",
    about: "Whoever has one is given no such case, and judges none.",
    button: "Declare the conflict",
    says: {
      person: select("Who has it", [...own, ...others]),
      case: select("With which case", [
        { value: "", text: "With the whole inspection" },
        ...[...held.fieldwork.briefing.sample.keys()].map((id) => ({ value: id, text: id })),
      ]),
      reason: reason("What it is", { missing: "Say what the conflict of interest is" }),
    },
  });
};
