/** The API on every recorded fact of all inspections: found by words, or one by its place. */
import { z } from "zod";

import { eventIn, eventsFound } from "../pages/events.ts";
import { arrayOf, StoredFact, text } from "./answers.ts";
import { type Endpoint, reads } from "./endpoint.ts";

const Found = z.strictObject({
  events: arrayOf(StoredFact),
  next: text.optional().describe("Where the search goes on; absent when everything was looked at."),
});

export const ofEvents: readonly Endpoint[] = [
  reads(
    "/events",
    {
      summary: "Facts of every inspection that hold all these words, the newest first",
      answer: Found,
      query: {
        q: text.max(400).default("").describe("Words, or parts of them."),
        before: text
          .regex(/^\d{1,30}$/)
          .optional()
          .describe("A position: only what was recorded before it."),
      },
    },
    async (visit, { q, before }) => {
      const { events, older } = await eventsFound(visit, { q, before });
      const onwards = new URLSearchParams({ q, before: older ?? "" }).toString();
      return { events, ...(older !== undefined && { next: `${visit.asked.path}?${onwards}` }) };
    },
  ),
  reads(
    "/events/:stream/:revision",
    { summary: "One fact as it was recorded", answer: StoredFact },
    eventIn,
  ),
];
