/** What calendars and reminders tell, and whom, over the command line and over HTTP alike. */
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
    /assay +system +Reminder called +to provider-user north-vale: \S.+, due 2021-.+, and 1 more/,
  );
  const asked = (who: string): Promise<Response> =>
    fetch(`${address()}/api/v1/inspections/${id}/reminders`, {
      headers: { authorization: `Bearer ${who}` },
    });
  const answer = (await (await asked("lena/lead-inspector/")).json()) as { reminders: unknown };
  expect(answer.reminders).toEqual(told);
  expect((await asked("service-manager/provider-user/north-vale")).status).toBe(404);
};

export const inCalendars = async (): Promise<void> => {
  const base = address();
  const found = await fetch(`${base}/api/v1/calendars`, {
    headers: { authorization: "Bearer lena/lead-inspector/" },
  });
  const { person: mine } = (await found.json()) as { person: string };
  const feed = await fetch(`${base}${mine}`);
  expect(feed.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
  const text = await feed.text();
  expect(text).toContain("SUMMARY:Fieldwork: North Vale");
  expect((await fetch(`${base}${mine.replace("lena", "iris")}`)).status).toBe(404);
  expect((await assay("calendar", "person", "lena")).out).toContain("Fieldwork: North Vale");
};
