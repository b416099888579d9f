import { openDatabase } from "@assay/host/database.ts";
import { expect, it } from "vitest";

import { openUnsent } from "./unsent.ts";

const place = { person: "lena", page: "/inspections/x/report", form: "DraftSection-foreword" };
const opened = () => {
  const database = openDatabase(":memory:");
  let time = 0;
  const words = openUnsent(database, () => time);
  const wait = (days: number) => void (time += days * 24 * 3_600_000);
  return { ...words, database, wait };
};

it("keeps the words of a form for whoever typed them, and for nobody else", () => {
  const { keep, of } = opened();
  keep(place, { markdown: ["Nene Hollow"] }, 0);
  expect(of("lena", place.page).get(place.form)?.typed).toEqual({ markdown: ["Nene Hollow"] });
  expect(of("otto", place.page).size).toBe(0);
});

it("tells a second window of what the first one kept, and keeps both words", () => {
  const { keep, of } = opened();
  expect(keep(place, { markdown: ["one"] }, 0)).toMatchObject({ kept: true, now: { version: 1 } });
  expect(keep(place, { markdown: ["two"] }, 0)).toMatchObject({
    kept: false,
    now: { version: 1, typed: { markdown: ["one"] } },
  });
  expect(keep(place, { markdown: ["two"] }, 1)).toMatchObject({ kept: true });
  expect(of("lena", place.page).get(place.form)?.typed).toEqual({ markdown: ["two"] });
});

it("has no word on the disk that can be read", () => {
  const { keep, database } = opened();
  keep(place, { markdown: ["Nene Hollow"] }, 0);
  expect(JSON.stringify(database.sqlite.prepare("select * from unsent").all())).not.toContain(
    "Nene",
  );
});

it("says who else is writing there, while they are", () => {
  const { keep, others, wait } = opened();
  keep(place, { markdown: ["one"] }, 0);
  expect(others("otto", place.page)).toMatchObject([{ person: "lena", form: place.form }]);
  expect(others("lena", place.page)).toEqual([]);
  wait(1);
  expect(others("otto", place.page)).toEqual([]);
});

it("lets go of words that were not touched for two weeks, and of an erased page’s", () => {
  const { keep, of, wait, dropBelow } = opened();
  keep(place, { markdown: ["one"] }, 0);
  wait(15);
  keep({ ...place, page: "/inspections/x/cases/c0001/assess" }, { note: ["a"] }, 0);
  keep({ ...place, page: "/inspections/x/cases/c00011" }, { note: ["b"] }, 0);
  expect(of("lena", place.page).size).toBe(0);
  dropBelow("/inspections/x/cases/c0001");
  expect(of("lena", "/inspections/x/cases/c0001/assess").size).toBe(0);
  expect(of("lena", "/inspections/x/cases/c00011").size).toBe(1);
});
