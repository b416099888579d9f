/** The API on what can be chosen: people, and the framework versions that an engine knows. */
import { Actor } from "@assay/domain/kernel/actor.ts";
import { Day } from "@assay/domain/kernel/instants.ts";
import { versions } from "@assay/domain/framework/versions.ts";
import { z } from "zod";

import { arrayOf, text } from "./answers.ts";
import { type Endpoint, lists, reads } from "./endpoint.ts";

const Person = Actor.extend({ name: text, note: text.describe("From where they are known.") });
const Framework = z.strictObject({ id: text, label: text, from: Day });

export const ofKnown: readonly Endpoint[] = [
  lists(
    "/people",
    { summary: "Everybody who can be put on a team or a panel", name: "people", item: Person },
    async ({ people }) =>
      (await people()).map(({ actor, name, note }) => ({ ...actor, name, note })),
  ),
  reads(
    "/frameworks",
    {
      summary: "The framework versions that an inspection can be announced under",
      answer: z.strictObject({ frameworks: arrayOf(Framework) }),
    },
    () => ({
      frameworks: versions.map(({ framework: { id, label, from } }) => ({ id, label, from })),
    }),
  ),
];
