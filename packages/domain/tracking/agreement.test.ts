import { expect, it } from "vitest";

import { emptyFile } from "../briefing/case-file.ts";
import { unbriefed } from "../briefing/inspection.ts";
import type { Framework } from "../framework/document.ts";
import { yos2018 } from "../framework/shipped.ts";
import { caseIdOf, InspectionId, PersonId } from "../kernel/ids.ts";
import { Instant } from "../kernel/instants.ts";
import { agreementTold } from "./fieldwork.ts";
import { outlineOf } from "./outline.ts";
import { nothingKnown } from "./standing.ts";

const other: Framework = { ...yos2018, id: "care-2030", label: "Homes for older people, 2030" };

const inspected = (id: string, framework: Framework, again: "yes" | "no") => {
  const at = Instant.parse("2026-02-03T10:00:00.000Z");
  const given = (by: string, answer: "yes" | "no") => ({ by: PersonId.parse(by), answer, at });
  const file = {
    ...emptyFile,
    answered: { question: "2.1.1", given: given("ann", "yes"), before: undefined },
    second: {
      by: PersonId.parse("bob"),
      completed: true,
      answered: { question: "2.1.1", given: given("bob", again), before: undefined },
    },
  };
  const briefing = { ...unbriefed, framework };
  const { announcement, fieldwork } = nothingKnown;
  return outlineOf(InspectionId.parse(id), {
    ...nothingKnown,
    announcement: { ...announcement, briefing },
    fieldwork: { ...fieldwork, briefing, files: new Map([[caseIdOf(1), file]]) },
  });
};

const here = inspected("sandford-2021", yos2018, "yes");
const there = inspected("sandford-2031", other, "no");

it("agreement on a standard is never counted over two frameworks that have its code", () => {
  const { frameworks } = agreementTold([here, there]);
  expect(
    frameworks.map(({ framework, all, standards }) => [framework.id, all.agreed, standards.length]),
  ).toEqual([
    [yos2018.id, 1, 1],
    [other.id, 0, 1],
  ]);
  expect(frameworks).toEqual([
    ...agreementTold([here]).frameworks,
    ...agreementTold([there]).frameworks,
  ]);
});
