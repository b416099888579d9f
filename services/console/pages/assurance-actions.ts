/** What keeps assessments sound: conflicts of interest, and a quality sample by chance. */
import { randomBytes } from "node:crypto";

import { redirect } from "../http/answer.ts";
import type { Held } from "../reading/held.ts";
import type { Viewer } from "../reading/viewer.ts";
import { personName } from "../wording/names.ts";
import { refusalInWords } from "../wording/refusals.ts";
import { type Action, type Option, reason } from "./actions.ts";
import { taking, withModel } from "./forms.ts";
import { type Handle, inspectionIn, signedIn } from "./page.ts";

/** Who declares for others as well as for themselves. */
const forOthers = ["lead-inspector", "deputy-lead-inspector", "scheduler", "quality-lead"];

export const assuranceActions = (
  viewer: Viewer,
  held: Held,
): readonly (Action | false | undefined)[] => {
  const { fieldwork } = held;
  const opened = fieldwork.phase.matches("opened");
  return [
    opened && !fieldwork.quality && drawing(viewer, held),
    !fieldwork.phase.matches("closed") && declaring(viewer, held),
  ];
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

/** The seed is chance's, had here and told to nobody before it is recorded. */
export const takingFieldwork =
  (page: Handle): Handle =>
  async (visit) => {
    const form = await visit.asked.form();
    const type = form.value("_type");
    if (type !== "DrawQualitySample") return taking(page)(visit);
    const { inspection } = await inspectionIn(visit);
    const sent = await visit.send({
      id: form.value("_command"),
      by: signedIn(visit).actor,
      correlationId: visit.asked.correlationId,
      command: {
        type,
        inspection,
        seed: randomBytes(32).toString("hex"),
        markers: form.values("markers"),
      },
    });
    if (sent.outcome === "answered" && sent.reply.accepted)
      return redirect(`${visit.asked.path}?done=${type}`);
    const text =
      sent.outcome === "malformed" || sent.reply.accepted
        ? "Choose who marks a second time"
        : refusalInWords(sent.reply.refusal);
    const problems = [{ text, href: `#form-${type}`, field: "markers" }];
    return page(withModel(visit, { problems, typed: () => "", status: 422, failed: type }));
  };
