/** The API on what was set aside: the list, and what is to become of one thing on it. */
import { askOfAside, readAsides } from "@assay/host/aside-book.ts";
import { issuesOf } from "@assay/host/schema.ts";
import { z } from "zod";

import { json } from "../http/answer.ts";
import { type Handle, NotFound, signedIn } from "../pages/page.ts";
import { asidesTold, mayDecideOnAsides } from "../reading/asides.ts";
import { count, moment, Place, text, yesOrNo } from "./answers.ts";
import { type Endpoint, lists, takes } from "./endpoint.ts";
import { problem } from "./problem.ts";

const Told = z.strictObject({
  item: z.uuid(),
  service: text,
  what: text.describe("What failed, such as `reaction publisher`."),
  inspection: text.nullable(),
  event: Place.nullable().describe("The event that could not be dealt with."),
  code: text,
  reason: text,
  since: moment,
  times: count.describe("How often it was set aside."),
  again: yesOrNo.describe("Whether it is tried again by itself."),
});

const Decision = z.discriminatedUnion("act", [
  z.strictObject({ act: z.literal("retry") }),
  z.strictObject({ act: z.literal("skip"), reason: z.string().trim().min(1).max(500) }),
]);

const decide: Handle = async (visit) => {
  const { actor: by } = signedIn(visit);
  if (!mayDecideOnAsides(by.role)) throw new NotFound();
  const given = Decision.safeParse(await visit.asked.json(), { reportInput: true });
  if (!given.success) return problem(422, { issues: issuesOf(given.error) });
  const { item = "" } = visit.parts;
  const known = (await readAsides(visit.store)).find((each) => each.item === item);
  if (!known) throw new NotFound();
  const asked = { service: known.service, item, at: visit.now, by, ...given.data };
  return json({ done: await askOfAside(visit.store, asked) });
};

export const ofAside: readonly Endpoint[] = [
  lists(
    "/aside",
    { summary: "What failed for good and was set aside", name: "aside", item: Told },
    ({ store }) => asidesTold(store),
  ),
  takes(
    "/aside/:item",
    {
      summary: "Have it tried again, or skipped for a reason",
      ...{ body: Decision, answer: z.strictObject({ done: yesOrNo }), keyed: false },
      problems: { 401: "Nobody is signed in.", 404: "It is not there, or not yours to decide." },
    },
    decide,
  ),
];
