/** What is told of reminders, to whom, over the command line and the API alike. */
import { expect } from "vitest";

import { address, assay, id, json } from "./north-vale.ts";

export const reminded = async (): Promise<void> => {
  const told: readonly { readonly outcome: string }[] = await json("reminders", id);
  expect(told.length).toBeGreaterThan(5);
  expect(new Set(told.map(({ outcome }) => outcome))).toEqual(new Set(["log"]));
  expect((await assay("reminders", id)).out).toMatch(
    /provider-user: north-vale +.*\((was )?due \d.*said in the log/,
  );
  expect((await assay("events", id, "--stream", "reminders")).out).toMatch(
    /assay +system +Reminder called/,
  );
  const asked = (who: string): Promise<Response> =>
    fetch(`${address()}/api/v1/inspections/${id}/reminders`, {
      headers: { authorization: `Bearer ${who}` },
    });
  const answer = (await (await asked("lena/lead-inspector/")).json()) as { reminders: unknown };
  expect(answer.reminders).toEqual(told);
  expect((await asked("service-manager/provider-user/north-vale")).status).toBe(404);
};
