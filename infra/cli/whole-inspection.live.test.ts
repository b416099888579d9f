import { randomUUID } from "node:crypto";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import {
  analyst,
  answerTo,
  ask,
  assay,
  assess,
  assessorOf,
  begin,
  end,
  facts,
  head,
  id,
  idle,
  json,
  judge,
  known,
  lena,
  manager,
  moveTo,
  person,
  prepare,
  questionsOf,
  quinn,
  reason,
  rows,
  sampleNow,
  scheduler,
  team,
  tell,
  write,
} from "./contract/north-vale.ts";
import { inCalendars, reminded } from "./contract/told.ts";

beforeAll(() => begin("2021-03-01T09:00:00.000Z"));
afterAll(end);

/**
 * 33 cases, six inspectors, two postponements, a replaced case, three returned assessments, one
 * alert and a share that is marked twice.
 */
describe("a whole inspection", () => {
  it("is scheduled, postponed before it is announced, resumed and announced", async () => {
    await tell(scheduler, {
      type: "ScheduleInspection",
      service: { id: "north-vale", name: "North Vale Youth Justice Service" },
      framework: "yos-2018",
      fieldwork: { start: "2021-05-10", end: "2021-05-14" },
      team,
    });
    await tell(head, { type: "PostponeInspection", reason: "The service moves house." });
    expect(await ask(scheduler, { type: "RescheduleInspection", reason })).toMatchObject({
      accepted: false,
    });
    const fieldwork = { start: "2021-05-17", end: "2021-05-21" };
    await tell(head, { type: "ResumeInspection", fieldwork });
    await moveTo("2021-04-12T09:00:00.000Z");
    const offices = ["service-manager", "board-chair"];
    const recipients = offices.map((office) => ({ office, text: { name: `The ${office}` } }));
    await tell(scheduler, { type: "AnnounceInspection", recipients });
    const letters = await json("letter", id);
    expect(letters.map((each: { matches: boolean }) => each.matches)).toEqual([true, true]);
    expect(letters[0].text).toContain("Monday 17 May 2021");
    expect(letters[1].text).not.toContain("the list of every eligible case");
  });

  it("asks for files, refuses what cannot be used, sends one back, and draws 33 cases", async () => {
    const file = { type: "ReceiveSubmission", request: "contextual-data", name: "figures.csv" };
    const digest = "d".repeat(64);
    const csv = { ...file, digest, bytes: 120, mediaType: "text/csv" };
    expect(await ask(manager, { ...csv, bytes: 0 })).toMatchObject({ accepted: false });
    await tell(manager, csv);
    const back = { type: "ReturnSubmission", request: "contextual-data", digest };
    await tell(analyst, { ...back, reason: "The staffing figures are missing." });
    await moveTo("2021-04-15T10:00:00.000Z");
    await tell(manager, { type: "SubmitCaseList", rows });
    await moveTo("2021-04-20T10:00:00.000Z");
    await tell(analyst, { type: "DrawSample" });
    await tell(analyst, { type: "NotifySample" });
    const { briefing } = (await known()).fieldwork;
    const counts = Map.groupBy(briefing.sample.values(), ({ population }) => population);
    expect([counts.get("court")?.length, counts.get("outOfCourt")?.length]).toEqual([20, 13]);
    const requests = await json("requests", id);
    expect(requests[2]).toMatchObject({
      request: "contextual-data",
      received: [{ digest, returned: { reason: "The staffing figures are missing." } }],
    });
  });

  it("shares the cases out evenly, keeps people from cases they know, and replaces one", async () => {
    const [first = "", second = ""] = await sampleNow();
    await tell(person("iris", "inspector"), {
      type: "DeclareConflict",
      person: "iris",
      case: first,
      reason: "The child is a neighbour’s.",
    });
    const refused = await ask(lena, { type: "AllocateCase", case: first, to: "iris" });
    expect(refused).toMatchObject({ refusal: { reason: "ConflictOfInterest" } });
    const told = await json("allocation", id, "--allocate", "--as", "lena/lead-inspector");
    expect(told.left).toEqual([]);
    const shares = told.loads.map((load: { forEachShare: number }) => load.forEachShare);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThan(140);
    await tell(lena, {
      type: "ReplaceCase",
      case: second,
      reason: "file-unavailable",
      note: "The file is with the court.",
    });
    await json("allocation", id, "--allocate", "--as", "lena/lead-inspector");
    const sample = await sampleNow();
    expect(sample).toHaveLength(33);
    expect(sample).not.toContain(second);
    const [own = ""] = sample;
    const to = (await assessorOf(own)).id === "asta" ? "lars" : "asta";
    const passed = { type: "AllocateCase", case: own, to };
    expect(await ask(lena, passed)).toMatchObject({ refusal: { reason: "ReasonRequired" } });
    await tell(lena, { ...passed, reason: "Leave." });
  });

  it("rests while it is postponed a second time, then opens by itself", async () => {
    await moveTo("2021-05-14T09:00:00.000Z");
    await tell(head, { type: "PostponeInspection", reason: "A flood at the office." });
    await moveTo("2021-05-17T09:30:00.000Z");
    expect((await known()).fieldwork.phase.value).toBe("prepared");
    await tell(head, { type: "ResumeInspection" });
    await idle();
    expect((await known()).fieldwork.phase.value).toBe("opened");
  });

  it("takes a sheet, and what was recorded without a connection, once and in conflict never", async () => {
    const sample = await sampleNow();
    const [sheetCase, fieldCase] = [sample.at(-1)!, sample.at(-2)!];
    const by = await assessorOf(sheetCase);
    await prepare(sheetCase, by);
    const questions = await questionsOf(sheetCase);
    const lines = questions.map(
      (question) => `${sheetCase},${question},${answerTo(sheetCase, question)},Because.`,
    );
    const header = "Case,Question,Answer,Rationale";
    write("wrong.csv", `${header}\n${sheetCase},9.9.9,maybe,\n`);
    const wrong = await assay("judgements", "check", id, "wrong.csv");
    expect(wrong.status).toBe(1);
    expect(wrong.err).toContain('line 2, column 2 (Question): "9.9.9"');
    write("sheet.csv", [header, ...lines].join("\n").replace("Because", "Ring 07700 900123"));
    const warnings = [{ kind: "phone number", words: "07700 900123" }];
    const checked = await json("judgements", "check", id, "sheet.csv");
    expect(checked.warnings).toMatchObject(warnings);
    const as = ["--as", `${by.id}/${by.role}`];
    const first = await json("judgements", "import", id, "sheet.csv", ...as);
    expect(first.results).toHaveLength(questions.length);
    expect([first.results[0].warnings, first.results[1].warnings]).toEqual([warnings, undefined]);
    const before = (await facts()).length;
    await json("judgements", "import", id, "sheet.csv", ...as);
    expect((await facts()).length).toBe(before);
    const there = await assessorOf(fieldCase);
    await prepare(fieldCase, there);
    await judge(fieldCase, there, "3.1.1");
    const recorded = (question: string, at: string, more: object = {}) => ({
      id: randomUUID(),
      at,
      type: "RecordJudgement",
      inspection: id,
      case: fieldCase,
      question,
      answer: "yes",
      ...more,
    });
    const other = answerTo(fieldCase, "3.1.1") === "yes" ? "no" : "yes";
    const overtaken = { answer: other, rationale: "As I saw it.", reason: "On site." };
    const batch = [
      recorded("3.1.1a", "2021-05-17T08:40:00.000Z"),
      recorded("3.1.1", "2021-05-17T08:50:00.000Z", overtaken),
      recorded("3.1.1b", "2021-05-17T08:55:00.000Z", { rationale: "Ring 07700 900123." }),
    ];
    write("batch.json", JSON.stringify(batch));
    const send = ["judgements", "batch", "batch.json", "--as", `${there.id}/${there.role}`];
    const sent = await assay(...send, "--json");
    const outcomes = (text: string): readonly string[] =>
      JSON.parse(text).results.map((each: { outcome: string }) => each.outcome);
    expect([sent.status, outcomes(sent.out)]).toEqual([1, ["accepted", "conflict", "accepted"]]);
    const { out } = await assay(...send);
    expect(out).toContain("Look at it and answer again, with a reason");
    expect(out).toContain("“07700 900123” could tell who somebody is (phone number)");
    const after = (await facts()).length;
    expect(outcomes((await assay(...send, "--json")).out)).toEqual(outcomes(sent.out));
    expect((await facts()).length).toBe(after);
    const late = [recorded("3.1.1c", "2021-06-01T08:40:00.000Z"), batch[0]];
    write("batch.json", JSON.stringify(late));
    const refused = await assay(...send);
    expect(refused.err).toContain("commands.0.at: lies in the future");
  });

  it("is assessed case by case, returned three times, and looked at by a seed", async () => {
    await moveTo("2021-05-18T09:00:00.000Z");
    const draw = ["--draw", "--markers", "quality-lead,dora", "--seed", "5e".repeat(32)];
    const quality = ["--as", "quality-lead"];
    const drawn = await json("quality", id, ...draw, ...quality);
    expect(drawn.secondMarkings.length).toBeGreaterThan(0);
    const sample = await sampleNow();
    await Promise.all(sample.map(assess));
    for (const one of sample.slice(0, 3)) {
      await tell(lena, { type: "ReturnAssessment", case: one, reason: "Say why on 2.1.1." });
      const by = await assessorOf(one);
      const given = answerTo(one, "2.1.1");
      const rationale = "Pages 3 to 7 of the assessment.";
      const again = { case: one, question: "2.1.1", answer: given, rationale, reason };
      await tell(by, { type: "RecordJudgement", ...again });
      await tell(by, { type: "CompleteAssessment", case: one });
    }
    for (const one of sample) await tell(lena, { type: "ConfirmAssessment", case: one });
    const assigned = await assay("quality", id, "--assign", ...quality);
    expect([assigned.status, assigned.err]).toEqual([0, expect.stringContaining("accepted")]);
    const { dipSample, secondMarkings } = await json("quality", id);
    for (const { case: one } of dipSample)
      await tell(quinn, { type: "ReviewAssessment", case: one, note: "Well argued." });
    for (const { case: one, assignedTo } of secondMarkings) {
      const by = assignedTo === quinn.id ? quinn : person(assignedTo, "deputy-lead-inspector");
      for (const [place, question] of (await questionsOf(one)).entries()) {
        const answer = place % 9 === 0 ? "no" : answerTo(one, question);
        const judgement = { case: one, question, answer, rationale: "Read again." };
        await tell(by, { type: "RecordSecondJudgement", ...judgement });
      }
      await tell(by, { type: "CompleteSecondMarking", case: one });
    }
    const agreement = await json("agreement", id);
    expect(agreement.frameworks[0].all.count).toBeGreaterThan(20);
    expect(agreement.frameworks[0].all.share.value).toBeLessThan(1);
  }, 120_000);

  it("shows an overdue alert wherever inspections are shown", async () => {
    const [one] = await sampleNow();
    const alert = { alert: "alert-one" };
    const risk = "The child was seen with a knife.";
    const raise = { type: "RaiseAlert", ...alert, case: one, risk, action: "See the child today." };
    await tell(lena, raise);
    expect((await assay("inspections")).out).toContain("alert open (1)");
    await moveTo("2021-05-19T08:00:00.000Z");
    expect((await assay("inspections")).out).toContain("ALERT OVERDUE (1 of 1 open)");
    const late = await json("duties", "--late", "--role", "lead-inspector");
    expect(late[0].what).toBe(`Tell the service of the alert about case ${one}`);
    await tell(lena, { type: "NotifyAlert", ...alert, to: manager.id });
    await tell(manager, { type: "AnswerAlert", ...alert, response: "Seen at noon." });
    await tell(lena, { type: "CloseAlert", ...alert, outcome: "The child is safe." });
    expect((await assay("inspections")).out).not.toContain("ALERT");
  });

  it("shows the gaps in domain one, and closes when nothing is left", async () => {
    const early = await ask(lena, { type: "CloseFieldwork" });
    expect(early).toMatchObject({
      refusal: { reason: "StillOpen", proposals: ["1.1", "1.2", "1.3", "1.4"] },
    });
    for (const standard of ["1.1", "1.2", "1.3", "1.4"]) {
      const item = `seen-${standard.replace(".", "-")}`;
      const evidence = { kind: "document", keyQuestions: [`${standard}.1`], title: "Minutes" };
      await tell(lena, { type: "LogEvidence", item, ...evidence });
      const proposal = { standard, rating: "Good", evidence: [item], rationale: "The minutes." };
      await tell(lena, { type: "ProposeDomainOne", ...proposal });
    }
    const [governance] = await json("domain-one", id);
    expect(governance).toMatchObject({ gaps: ["1.1.2", "1.1.3"], proposal: { rating: "Good" } });
    await tell(lena, { type: "GiveInitialFeedback", day: "2021-05-19", summary: "What we found." });
    await tell(lena, { type: "CloseFieldwork" });
    expect((await json("workload")).every((load: { open: number }) => load.open === 0)).toBe(true);
  });

  it("stands in the calendars of those who work on it, for whoever has the address", inCalendars);

  it("reminded whoever owed something, and says whether that reached them", reminded);

  it("has a history that reads well and leaves nothing out", async () => {
    const all = await facts();
    const count = (type: string): number => all.filter((fact) => fact.type === type).length;
    expect(count("JudgementRecorded")).toBeGreaterThan(1900);
    expect({
      postponed: count("InspectionPostponed"),
      replaced: count("CaseReplaced"),
      returned: count("AssessmentReturned"),
      alerts: count("AlertRaised"),
      completed: count("AssessmentCompleted"),
    }).toEqual({ postponed: 2, replaced: 1, returned: 3, alerts: 1, completed: 36 });
    const { out } = await assay("events", id, "--words");
    expect(out.split("\n").length).toBeGreaterThan(all.length);
    expect(out).not.toMatch(/\[object|undefined|\{["…]/);
    for (const line of [
      /head-of-programme +Inspection postponed\n.*A flood at the office/,
      /lead-inspector +Case replaced +c\d+ by c\d+, file unavailable/,
      /lead-inspector +Assessment returned +c\d+\n.*Say why on 2\.1\.1/,
      /Judgement recorded +c\d+ 2\.1\.1 \w+ \(replaces \w+ by \w+/,
    ])
      expect(out).toMatch(line);
  });
});
