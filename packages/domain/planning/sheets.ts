/** The two sheets of a programme: what each column is called, and how its cells are read. */
import { SettingId } from "../framework/setting-id.ts";
import { FrameworkId, PersonId, ServiceId } from "../kernel/ids.ts";
import { type Read, readDay, readFlag, readText } from "../sampling/import-values.ts";
import type { Sheet } from "./import.ts";
import type { Inspector, Period, ServiceToInspect } from "./problem.ts";

const accepted = <Value>(value: Value): Read<Value> => ({ ok: true, value });
const wrong = (code: "required" | "not-recognised", expected: string): Read<never> => ({
  ok: false,
  code,
  expected,
});

const readSlug =
  <Id>(
    schema: { safeParse(text: string): { success: boolean; data?: Id } },
    example = "north-vale",
  ) =>
  (text: string): Read<Id> => {
    const expected = `an id in lower-case letters, digits, - and ., such as ${example}`;
    if (text.trim() === "") return wrong("required", expected);
    const parsed = schema.safeParse(text.trim());
    return parsed.success ? accepted(parsed.data as Id) : wrong("not-recognised", expected);
  };

const readNumber =
  ({ most, whole }: { readonly most: number; readonly whole: boolean }) =>
  (text: string): Read<number> => {
    const expected = `${whole ? "a whole number" : "a number"} from 0 to ${most}`;
    const bare = text.trim().replaceAll(/(?<=\d),(?=\d{3}\b)/g, "");
    if (bare === "") return wrong("required", expected);
    const fits = /^\d+(\.\d+)?$/.test(bare) && Number(bare) <= most;
    const number = Number(bare);
    return fits && (!whole || Number.isInteger(number))
      ? accepted(number)
      : wrong("not-recognised", expected);
  };

const orNothing =
  <Value>(read: (text: string) => Read<Value>) =>
  (text: string): Read<Value | undefined> =>
    text.trim() === "" ? accepted(undefined) : read(text);

/** Several in one cell, with semicolons between; or a JSON array of texts. */
const readSeveral =
  <Value>(read: (text: string) => Read<Value>) =>
  (text: string): Read<readonly Value[]> => {
    const parts = text.replaceAll(/[[\]"]/g, "").split(/[;,\n]/);
    const values: Value[] = [];
    for (const part of parts.map((each) => each.trim()).filter((each) => each !== "")) {
      const found = read(part);
      if (!found.ok) return found;
      values.push(found.value);
    }
    return accepted(values);
  };

const readPeriod = (text: string): Read<Period> => {
  const [from = "", to = from, ...more] = text.split(/\.\.|–|\bto\b/).map((each) => each.trim());
  const [first, last] = [readDay(from), readDay(to)];
  if (more.length === 0 && first.ok && last.ok && first.value <= last.value)
    return accepted({ first: first.value, last: last.value });
  const expected = "days away as 2026-08-03..2026-08-14, several with ; between";
  return wrong("not-recognised", expected);
};

/** A service as its list has it: under which framework, and which of its kinds of inspection. */
export type ServiceRow = Omit<ServiceToInspect, "fieldworkWeeks"> & {
  readonly framework?: FrameworkId | undefined;
  readonly kind?: SettingId | undefined;
};

export const serviceSheet: Sheet<ServiceRow> = {
  what: "service",
  mostRows: 1000,
  columns: {
    id: { header: "Service ID", synonyms: "id service serviceid ref", read: readSlug(ServiceId) },
    name: { header: "Name", synonyms: "servicename title", read: readText(200) },
    region: { header: "Region", synonyms: "area", read: readText(200) },
    caseload: {
      header: "Caseload",
      synonyms: "cases children",
      read: readNumber({ most: 100_000, whole: true }),
    },
    performance: {
      header: "Performance",
      synonyms: "performancescore score",
      read: readNumber({ most: 100, whole: false }),
    },
    lastInspected: {
      header: "Last inspected",
      synonyms: "lastinspection lastinspectedon dateoflastinspection",
      optional: true,
      read: orNothing(readDay),
    },
    framework: {
      header: "Framework",
      synonyms: "frameworkid",
      optional: true,
      read: orNothing(readSlug(FrameworkId, "our-framework-1")),
    },
    kind: {
      header: "Kind",
      synonyms: "kindofinspection inspectionkind",
      optional: true,
      read: orNothing(readSlug(SettingId, "full")),
    },
  },
};

export const inspectorSheet: Sheet<Inspector> = {
  what: "inspector",
  mostRows: 1000,
  columns: {
    id: {
      header: "Inspector ID",
      synonyms: "id inspector person personid",
      read: readSlug(PersonId),
    },
    canLead: { header: "Can lead", synonyms: "lead leads", read: readFlag },
    homeArea: {
      header: "Home area",
      synonyms: "home homeregion region",
      optional: true,
      read: orNothing(readText(200)),
    },
    employers: {
      header: "Former employers",
      synonyms: "employers formeremployer previousemployers previousemployment",
      optional: true,
      read: readSeveral(readSlug(ServiceId)),
    },
    away: {
      header: "Away",
      synonyms: "leave unavailable daysaway",
      optional: true,
      read: readSeveral(readPeriod),
    },
  },
};
