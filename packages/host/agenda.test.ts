import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { afterEach, beforeEach, expect, it } from "vitest";

import { type Agenda, openAgenda } from "./agenda.ts";
import { type Database, openDatabase } from "./database.ts";

const [monday, friday] = ["2026-11-23T09:00:00.000Z", "2026-11-27T09:00:00.000Z"] as Instant[];
const [one, two] = ["one", "two"] as InspectionId[];

let database: Database;
let agenda: Agenda;
beforeEach(() => {
  database = openDatabase(":memory:");
  agenda = openAgenda(database);
});
afterEach(() => database.close());

const noteAtOnce = (...inspections: InspectionId[]): void =>
  agenda.noteAtOnce(inspections, () => undefined);
/** As the next process finds it. */
const dueAfterACrash = () => openAgenda(database).due(monday!);

it("has nothing more to do with one that was struck, which a crash brings back", () => {
  noteAtOnce(one!, two!);
  expect(agenda.due(monday!)).toEqual([one, two]);
  agenda.strike(one!);
  expect([agenda.due(monday!), agenda.size]).toEqual([[two], 1]);
  expect(dueAfterACrash()).toEqual([one, two]);
  agenda.settle();
  expect([agenda.due(monday!), agenda.size, dueAfterACrash()]).toEqual([[two], 1, [two]]);
});

it("knows a later moment at once, which a crash brings forward", () => {
  noteAtOnce(one!);
  agenda.note(one!, friday!);
  for (const settle of [() => undefined, () => agenda.settle()]) {
    settle();
    expect([agenda.due(monday!), agenda.due(friday!)]).toEqual([[], [one]]);
    expect([agenda.next(monday!), agenda.next(friday!)]).toEqual([friday, undefined]);
    expect([agenda.late(monday!), agenda.late(friday!), agenda.size]).toEqual([[], [one], 1]);
  }
  expect(dueAfterACrash()).toEqual([]);
});

it("is to be looked at again whenever something new happens, struck or not", () => {
  noteAtOnce(one!);
  agenda.strike(one!);
  noteAtOnce(one!);
  agenda.settle();
  expect([agenda.due(monday!), dueAfterACrash()]).toEqual([[one], [one]]);
});

it("writes at once what nobody asked to look at, and keeps no more in memory than it must", () => {
  agenda.note(one!, monday!);
  expect(dueAfterACrash()).toEqual([one]);
  const many = Array.from({ length: 300 }, (_, index) => `many-${index}` as InspectionId);
  noteAtOnce(...many);
  for (const each of many) agenda.strike(each);
  noteAtOnce(two!);
  expect(dueAfterACrash()).toEqual([two, one]);
});

it("keeps neither where the work that belongs to it fails", () => {
  const fails = () => {
    throw new TypeError("it fails");
  };
  expect(() => agenda.noteAtOnce([one!], fails)).toThrow("it fails");
  expect([agenda.due(monday!), agenda.size]).toEqual([[], 0]);
  noteAtOnce(one!);
  expect(dueAfterACrash()).toEqual([one]);
});
