import { describe, expect, it } from "vitest";

import { checkReport } from "./checks.ts";
import { storyOf } from "./golden/story.ts";
import { reportModelOf } from "./model.ts";
import { hiddenWordsIn } from "./names.ts";
import { suggestionsFor } from "./suggest.ts";

const findingsWith = (sections: Readonly<Record<string, string>>) => {
  const story = storyOf("milton-keynes-2021", { sections });
  return checkReport(reportModelOf(story, 1), hiddenWordsIn(story));
};

const problems = (words: string): readonly string[] =>
  findingsWith({ background: words })
    .filter(({ place }) => place === "Background")
    .map(({ severity, problem }) => `${severity}: ${problem}`);

describe("checks before a report moves on", () => {
  it("find nothing to hold back a sound draft", () => {
    expect(findingsWith({}).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it.each([
    ["We rate 1.4 as Good.", "The text says good for 1.4; the rating is Requires improvement."],
    ["Staff is Outstanding here.", "The text says outstanding for 1.2; the rating is Good."],
    [
      "The overall rating is Outstanding.",
      "The text says outstanding for overall; the rating is Good.",
    ],
    ["The score is 24 out of 36.", "The text says 24 out of 36; the score is 23."],
    ["In case c0003 the plan was late.", "“c0003” is a case or a person."],
    ["In YO-1002 the plan was late.", "“YO-1002” is a case or a person."],
    ["The manager, Alex Manager, agreed.", "“Alex Manager” is a case or a person."],
    ["We thank Mrs Jones for her help.", "“Mrs Jones” names a person."],
  ])("keep back: %s", (words, problem) => {
    expect(problems(words)).toContain(`error: ${problem}`);
  });

  it.each([
    ["We met Jamie Smith at home.", "error: “Jamie Smith” could be a name."],
    ["> My worker Sam helped me.", "error: “Sam” could name somebody in a quotation."],
    ["> I feel safe here. — Sam", "error: “Sam” could name somebody in a quotation."],
    ["Jamie Smith leads it.", "error: “Jamie Smith” could be a name."],
    ["It is led by Police Constable Smith.", "error: “Police Constable Smith” could be a name."],
    [
      "Some 57.3% of children did well.",
      "error: 57.3 is no figure of this report: record its source.",
    ],
    ["Staff utilise a tool.", "hint: “utilise”: say use."],
    [
      `It is ${"very ".repeat(30)}long.`,
      "hint: “It is very very very very …” has 33 words: make it two sentences.",
    ],
  ])("ask a person to look at: %s", (words, problem) => {
    expect(problems(words)).toContain(problem);
  });

  it.each([
    "### We met Jamie Smith",
    "- We met Jamie Smith.",
    "- Some did well.\n  - We met Jamie Smith.",
    "> We met Jamie Smith.",
    "| Whom | Where |\n| --- | --- |\n| We met Jamie Smith | home |",
    "It went well.[^1]\n\n[^1]: We met Jamie Smith.",
  ])("look at words wherever they stand: %s", (words) => {
    expect(problems(words).join()).toContain("“Jamie Smith” could");
  });

  it.each([
    "Young people from the Peterborough City Council area were seen.",
    "In Peterborough the need is great. The Youth Justice Board agrees.",
    "> I came in May, and the Police were kind. I feel that Milton Keynes is home.",
    "It works with the Crown Prosecution Service and with Cambridgeshire Police.",
  ])("know the name of a body: %s", (words) => {
    expect(problems(words)).toEqual([]);
  });

  it("excuse words in one place, with the reason given last, and find them in every other", () => {
    const story = storyOf("milton-keynes-2021", {
      sections: { background: "We saw Nene Hollow.", foreword: "We saw Nene Hollow." },
    });
    const model = reportModelOf(story, 1);
    const excuse = { check: "name", place: "Background", words: "Nene Hollow" } as const;
    const excuses = ["A park.", "A school."].map((reason) => ({ ...excuse, reason }));
    const found = checkReport({ ...model, excuses }, hiddenWordsIn(story)).filter(
      ({ excusable }) => excusable,
    );
    expect(found.map(({ place, severity, reason }) => [place, severity, reason])).toEqual([
      ["Foreword", "error", undefined],
      ["Background", "excused", "A school."],
    ]);
  });

  it("pass what is right", () => {
    expect(problems("We rate 1.4 as Requires improvement. The score is 23 out of 36.")).toEqual([]);
    expect(problems("Good work was seen. Some 36.2% of children offend again.")).toEqual([]);
  });

  it("tell which sections, recommendations and reasons are missing", () => {
    const story = storyOf("peterborough-2020");
    const model = reportModelOf(story, 1);
    const bare = {
      ...model,
      reconstruction: undefined,
      recommendations: [],
      sections: model.sections.filter(({ section }) => section !== "foreword"),
    };
    const errors = checkReport(bare, { cases: new Set(), people: new Set() })
      .filter(({ severity }) => severity === "error")
      .map(({ place }) => place);
    expect(errors).toEqual(["Foreword", "Recommendations", "Standard 3.1"]);
  });
});

describe("suggested words", () => {
  it.each([1, 3])("hold nothing that the checks would keep back (%d times the cases)", (times) => {
    const story = storyOf("milton-keynes-2021", { times });
    const model = reportModelOf(story, 1);
    const suggested = new Map(suggestionsFor(model).map((each) => [each.section, each]));
    const sections = model.sections.map((written) => suggested.get(written.section) ?? written);
    const found = checkReport({ ...model, sections }, hiddenWordsIn(story));
    expect(found.filter(({ severity }) => severity !== "hint")).toEqual([]);
  });

  it("put the weakest key question first, with its numbers", () => {
    const model = reportModelOf(storyOf("peterborough-2020"), 1);
    const { markdown } = suggestionsFor(model).find(({ section }) => section === "domain-3")!;
    const [, weak = ""] = markdown.split("### Areas for improvement");
    expect(weak.trim()).toMatch(
      /^- Planning, desistance \(3\.2\.1\): sufficient in \{\{3\.2\.1 count\}\} cases\./,
    );
  });
});
