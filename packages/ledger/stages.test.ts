import { expect, it } from "vitest";

import { isStageOf, stageAfter } from "./stages.ts";

const event = (type: string, stream = "inspection-exampleton-2021") => ({ type, stream });

it("names the moment by its event, and a day of fieldwork by the stream", () => {
  expect(stageAfter(event("NonceRevealed"))).toBe("sample-drawn");
  expect(stageAfter(event("RequestOpened"))).toBeUndefined();
  expect(isStageOf("published", event("ReportPublished"))).toBe(true);
  expect(isStageOf("published", event("ReportSignedOff"))).toBe(false);
  const judged = event("JudgementRecorded", "assessment-exampleton-2021.c0001");
  expect(isStageOf("fieldwork-day", judged)).toBe(true);
  expect(isStageOf("fieldwork-day", event("ReportSignedOff"))).toBe(false);
});
