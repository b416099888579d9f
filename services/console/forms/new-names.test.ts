import { people } from "@assay/spec/people.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { expect, it } from "vitest";

import { eventsOfWorld } from "../contract/events-of-world.ts";
import { holding, nothingHeld } from "../reading/held.ts";
import { fieldworkForms } from "./fieldwork.ts";
import type { Form } from "./form.ts";
import { bodyForms } from "./report-body.ts";
import { commentForm } from "./service.ts";

const world = worldAt("opened");
const held = holding(nothingHeld(world.inspection), eventsOfWorld(world));
const viewer = { kind: "person", actor: people.lead, name: "The lead" } as const;

/** The name that each form gives to what it makes. */
const namesGiven = (): readonly (readonly [string, unknown])[] => {
  const written = { submissions: [], risks: new Map<string, string>() };
  const forms = [
    ...fieldworkForms(viewer, held, written),
    ...bodyForms(held, { points: [], imprint: undefined }),
    commentForm({ id: "background", label: "Background", required: true }),
  ];
  const made = { RaiseAlert: "alert", LogEvidence: "item", MakePoint: "point" } as const;
  return forms
    .filter((form): form is Form => form !== false)
    .flatMap(({ type, says }) => {
      const name = { ...made, SubmitComment: "comment" }[type as string];
      return name === undefined ? [] : [[type, (says as Record<string, any>)[name].value] as const];
    });
};

it("gives what people make a name that two with the same form open never both send", () => {
  const [first, second] = [namesGiven(), namesGiven()];
  expect(first.map(([type]) => type).toSorted()).toEqual([
    ...["LogEvidence", "MakePoint", "RaiseAlert", "SubmitComment"],
  ]);
  for (const [index, [type, name]] of first.entries())
    expect({ type, name }).not.toEqual({ type, name: second[index]![1] });
});
