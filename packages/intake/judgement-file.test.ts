import { describe, expect, it } from "vitest";

import { AssessmentCommand } from "@assay/domain/fieldwork/assessment/commands.ts";
import type { JudgementContext } from "@assay/domain/fieldwork/import.ts";
import { versionById } from "@assay/domain/framework/versions.ts";
import { caseIdOf } from "@assay/domain/kernel/ids.ts";

import { judgementTemplate, readJudgements } from "./judgement-file.ts";

const context: JudgementContext = {
  framework: versionById("yos-2018")!,
  sample: new Map([
    [caseIdOf(1), { population: "court" }],
    [caseIdOf(2), { population: "outOfCourt" }],
  ]),
  references: new Map([["A-17", caseIdOf(1)]]),
  relevant: new Map([[caseIdOf(2), new Set(["3.1.1", "3.1.2"])]]),
};
const sheet = (...lines: readonly string[]): string =>
  [judgementTemplate.trim(), ...lines].join("\n");
const read = (content: string | Uint8Array) => readJudgements(content, context);
const judgementsIn = (content: string | Uint8Array) => {
  const imported = read(content);
  return imported.accepted ? imported.judgements : expect.fail(JSON.stringify(imported.problems));
};
const problemsIn = (content: string) => {
  const imported = read(content);
  return imported.accepted ? expect.fail("it was accepted") : imported.problems;
};

describe("a sheet of judgements", () => {
  const lines = [
    "A-17,2.1.1,No,The plan is silent on motive.,p. 4; p. 9,",
    "c0001,Q2.1.1(a),Y,,,",
    "C0001,2.1.1 d,n/a,,,",
    'c0002,="3.1.1",Insufficient,"First line\nSecond, line",,Corrected after the interview',
  ];

  it("becomes answers that the assessment's schema takes", () => {
    const judgements = judgementsIn(sheet(...lines));
    expect(judgements).toEqual([
      {
        case: "c0001",
        question: "2.1.1",
        answer: "no",
        rationale: "The plan is silent on motive.",
        evidence: ["p. 4", "p. 9"],
      },
      { case: "c0001", question: "2.1.1a", answer: "yes" },
      { case: "c0001", question: "2.1.1d", answer: "not-applicable" },
      {
        case: "c0002",
        question: "3.1.1",
        answer: "no",
        rationale: "First line\nSecond, line",
        reason: "Corrected after the interview",
      },
    ]);
    for (const judgement of judgements) {
      AssessmentCommand.parse({
        type: "RecordJudgement",
        at: "2026-05-01T09:00:00.000Z",
        by: { id: "iris", role: "inspector" },
        inspection: "sandford-2026",
        ...judgement,
      });
    }
  });

  it.each([
    [
      "Windows line ends",
      sheet(...lines)
        .replaceAll("\r", "")
        .replaceAll("\n", "\r\n"),
    ],
    ["UTF-16", Buffer.from(`\uFEFF${sheet(...lines)}`, "utf16le")],
    ["a column of its own", sheet(...lines).replace("Case,", "Case ref,")],
  ])("reads the same from %s", (_, content) => {
    expect(judgementsIn(content)).toEqual(judgementsIn(sheet(...lines)));
  });

  it("reads JSON, and needs no columns for evidence and reasons", () => {
    const judgements = [
      { case: "c0001", question: "2.1.2", answer: "yes", rationale: "", mood: 1 },
    ];
    const imported = read(JSON.stringify({ judgements }));
    expect(imported).toEqual({
      accepted: true,
      judgements: [{ case: "c0001", question: "2.1.2", answer: "yes" }],
      ignored: ["mood"],
    });
  });
});

describe("a sheet with faults", () => {
  it("is reported whole, each with its line, column, value and what is expected", () => {
    const problems = problemsIn(
      sheet(
        "c0009,2.1.1,yes,,,",
        ",2.1.1,yes,,,",
        "c0001,02/01/2001,yes,,,",
        "c0001,2.1.9,maybe,,,",
        "c0001,2.1.1z,,,,",
        "c0001,3.1.1,yes,,,",
        "c0002,3.1.3,yes,,,",
        "c0001,2.1.1,n/a,,,",
        "c0001,2.1.2,no,,,",
        "c0001,2.1.3,yes,,,",
        "c0001,2.1.3,no,Because,,",
        `c0001,2.2.1,yes,${"x".repeat(20_001)},${"y".repeat(501)},`,
      ),
    );
    expect(problems.map(({ line, column, header, code }) => [line, column, header, code])).toEqual([
      [2, 1, "Case", "not-in-the-sample"],
      [3, 1, "Case", "required"],
      [4, 2, "Question", "not-recognised"],
      [5, 2, "Question", "unknown-question"],
      [5, 3, "Answer", "not-recognised"],
      [6, 2, "Question", "unknown-question"],
      [6, 3, "Answer", "required"],
      [7, 2, "Question", "not-in-the-population"],
      [8, 2, "Question", "not-relevant"],
      [9, 3, "Answer", "not-applicable-not-allowed"],
      [10, 4, "Rationale", "rationale-required"],
      [12, 2, "Question", "answered-twice"],
      [13, 4, "Rationale", "too-long"],
      [13, 5, "Evidence", "too-long"],
    ]);
    expect(problems.map(({ value }) => value).slice(0, 3)).toEqual(["c0009", "", "02/01/2001"]);
    expect(problems[11]!.expected).toContain("line 11");
  });

  it("names each missing and each repeated column", () => {
    expect(problemsIn("Case,Case ref,Answer\nc0001,c0001,yes")).toMatchObject([
      { code: "repeated-column", column: 2 },
      { code: "missing-column", header: "Question" },
      { code: "missing-column", header: "Rationale" },
    ]);
  });

  it("is empty, too long, or breaks off", () => {
    expect(problemsIn("")).toMatchObject([{ code: "empty-list" }]);
    expect(problemsIn(judgementTemplate)).toMatchObject([{ code: "empty-list" }]);
    const many = Array.from({ length: 100_001 }, () => "c0001,2.1.1,yes,,,");
    expect(problemsIn(sheet(...many))).toMatchObject([{ code: "too-many-rows", line: 100_002 }]);
    expect(problemsIn(sheet("c0009,2.1.1,yes,,,", '"c0001,2.1.1'))).toMatchObject([
      { code: "not-in-the-sample", line: 2 },
      { code: "malformed", line: 3 },
    ]);
  });
});
