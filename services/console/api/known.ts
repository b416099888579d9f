/** The API on what can be chosen: people, and the frameworks that are known. */
import { Actor } from "@assay/domain/kernel/actor.ts";
import { Day } from "@assay/domain/kernel/instants.ts";
import { type Known, knownById } from "@assay/domain/framework/versions.ts";
import { z } from "zod";

import { frameworksKnown, frameworksOffered } from "../reading/frameworks.ts";
import { arrayOf, text } from "./answers.ts";
import { type Endpoint, lists, reads } from "./endpoint.ts";
import { problem, Refused } from "./problem.ts";

const Person = Actor.extend({ name: text, note: text.describe("From where they are known.") });
const framework = { id: text, label: text, from: Day };
const Framework = z.strictObject(framework);
const Whole = z.strictObject({
  ...framework,
  digest: text.describe("SHA-256 of the document's canonical JSON."),
  offered: z.boolean().describe("Whether an inspection can be scheduled under it."),
  document: z.record(z.string(), z.unknown()).describe("See /api/framework.schema.json."),
});

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
      summary: "The frameworks that an inspection can be scheduled under",
      answer: z.strictObject({ frameworks: arrayOf(Framework) }),
    },
    async ({ library }) => ({
      frameworks: frameworksOffered(await library.frameworks()).map(outlineOf),
    }),
  ),
  reads(
    "/frameworks/:framework",
    { summary: "A framework with its whole document", answer: Whole },
    async ({ library, parts }) => {
      const kept = await library.frameworks();
      const id = parts["framework"] ?? "";
      const known = knownById(id, frameworksKnown(kept));
      if (!known) throw new Refused(problem(404));
      const isOffered = knownById(id, frameworksOffered(kept)) !== undefined;
      const { digest, document } = known;
      return { ...outlineOf(known), digest, offered: isOffered, document };
    },
  ),
];

const outlineOf = ({ framework: { id, label, from } }: Known) => ({ id, label, from });
