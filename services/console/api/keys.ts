/** The API on keys of words: that what is lost of an inspection's is not waited for. */
import { giveUpKeys } from "@assay/host/given-up.ts";
import { z } from "zod";

import { json } from "../http/answer.ts";
import { type Handle, inspectionIn, NotFound, signedIn } from "../pages/page.ts";
import { mayDecideOnAsides } from "../reading/asides.ts";
import { yesOrNo } from "./answers.ts";
import { type Endpoint, takes } from "./endpoint.ts";
import { problem } from "./problem.ts";

const giveUp: Handle = async (visit) => {
  const { actor: by } = signedIn(visit);
  if (!mayDecideOnAsides(by.role)) throw new NotFound();
  const { inspection } = await inspectionIn(visit);
  const done = await giveUpKeys(visit.store, { inspection, at: visit.now, by });
  return done ? json({ done }) : problem(409, { detail: "Every word of this inspection opens." });
};

export const ofKeys: readonly Endpoint[] = [
  takes(
    "/inspections/:inspection/keys/give-up",
    {
      summary: "Close new words with new keys, where those before are lost",
      body: z.strictObject({}),
      ...{ answer: z.strictObject({ done: yesOrNo }), keyed: false },
      problems: { 404: "It is not there, or not yours to decide.", 409: "Nothing is lost." },
    },
    giveUp,
  ),
];
