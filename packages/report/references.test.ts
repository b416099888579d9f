import { describe, expect, it } from "vitest";

import { checkReport } from "./checks.ts";
import { storyOf } from "./golden/story.ts";
import { renderHtml } from "./html.ts";
import { renderMarkdown } from "./markdown.ts";
import { type ReportModel, reportModelOf } from "./model.ts";
import { hiddenWordsIn } from "./names.ts";
import { filledIn, misnamedBy, offeredBy } from "./references.ts";

const story = storyOf("peterborough-2020");
const model = reportModelOf(story, 1);
const around = {
  publisher: { name: "Inspectorate", url: "https://inspectorate.example/" },
  home: "../",
  downloads: [],
  versionsHref: undefined,
};

const questionIn = ({ standards }: ReportModel, code: string) =>
  standards.flatMap(({ keyQuestions }) => keyQuestions).find((each) => each.keyQuestion === code)!;

describe("a reference stands for what the record says", () => {
  const { percent, yes, relevant, prompts } = questionIn(model, "2.1.2");
  const standard = model.standards.find((each) => each.standard === "3.1")!;
  it.each([
    ["{{2.1.2 percent}}", `${percent}%`],
    ["{{ 2.1.2   count }}", `${yes} of ${relevant}`],
    [`{{${prompts[0]!.prompt} percent}}`, `${prompts[0]!.percent}%`],
    ["{{3.1 rating}} and {{3.1 rule}}", `${standard.rating} and ${standard.rule}`],
    ["{{2.1 score}}", String(model.standards.find((each) => each.standard === "2.1")!.score)],
    ["{{overall rating}}, {{overall score}}", "Good, 29 out of 36"],
    ["{{figure reoffendingRate}}", "36.2%"],
    [
      "{{figure reoffendingRate source}}",
      "Youth Justice Board case management return, 31 March 2020",
    ],
    ["{{evidence board}}", "Board"],
    [
      "{{population court assessed}} of {{population court eligible}}",
      `${model.sample.populations[0]!.assessed} of ${model.sample.populations[0]!.eligible}`,
    ],
  ])("%s", (typed, value) => {
    expect(filledIn(model, `It is ${typed}.`)).toBe(`It is ${value}.`);
    expect(
      misnamedBy(
        story.map(({ event }) => event),
        typed,
      ),
    ).toEqual([]);
  });

  it("follows the record from version to version", () => {
    const first = reportModelOf(storyOf("peterborough-2020", said("{{figure custody}}")), 1);
    const second = reportModelOf(storyOf("peterborough-2020", said("{{figure custody}}")), 2);
    const before = first.facts.find(({ name }) => name === "custody")!.value;
    expect(renderMarkdown(first)).toContain(`It says ${before} cases.`);
    expect(renderMarkdown(second)).toContain("It says 5 cases.");
  });

  it("leads to its explanation on a published page, and in no draft", () => {
    const told = storyOf("peterborough-2020", said("{{2.1.2 percent}} and {{overall rating}}"));
    const page = renderHtml(reportModelOf(told, 1), around);
    expect(page).toContain(`href="why.html#why-2-1">${percent}%</a>`);
    expect(page).toContain('href="why.html#why-overall">Good</a>');
    expect(renderHtml(reportModelOf(told, "draft"), around)).not.toContain("why.html#");
  });
});

const said = (words: string) => ({ sections: { background: `It says ${words}.` } });

it.each([
  ["{{2.1.2 percant}}", "is no reference"],
  ["{{2.1 percent}}", "names nothing: 2.1 is a standard; a percentage is a key question’s"],
  ["{{2.1.9 percent}}", "names nothing: there is no 2.1.9 in this inspection"],
  ["{{1.1.1 percent}}", "names nothing: 1.1.1 has no percent"],
  ["{{1.1 rule}}", "names nothing: 1.1 is not rated by the cases"],
  ["{{domain 2 rating}}", "names nothing: domain 2 is not rated"],
  ["{{figure nothing}}", "names nothing: no figure “nothing” is recorded"],
  ["{{evidence nothing}}", "names nothing: no evidence “nothing” is logged"],
  ["{{population moon assessed}}", "names nothing: there is no population moon"],
  ["{{2.1.2 percent", "is not closed by }} on its line"],
  ["{{}}", "is no reference"],
])("says where %s stands and that it names nothing", (typed, why) => {
  const facts = story.map(({ event }) => event);
  const [found] = misnamedBy(facts, `One line.\n\nAnother with ${typed}`);
  expect(found?.line).toBe(3);
  expect(found?.why.startsWith(why)).toBe(true);
});

const problems = (words: string): readonly string[] => {
  const told = storyOf("milton-keynes-2021", { sections: { background: words } });
  return checkReport(reportModelOf(told, 1), hiddenWordsIn(told))
    .filter(({ place, severity }) => place === "Background" && severity === "error")
    .map(({ problem }) => problem);
};

describe("what is typed by hand", () => {
  const typed = reportModelOf(storyOf("milton-keynes-2021"), 1);
  const right = questionIn(typed, "2.1.2");
  const other = typed.standards
    .flatMap(({ keyQuestions }) => keyQuestions)
    .find(({ percent }) => percent !== right.percent)!;
  const moved = typed.standards.find(({ discretion }) => discretion)!;
  const [from, to] = [moved.discretion!.from, moved.discretion!.to];

  it.each([
    `In 2.1.2 the work was sufficient in ${right.percent}% of cases.`,
    `Work was good in ${right.percent}% (2.1.2) and ${other.percent}% (${other.keyQuestion}).`,
    `For 2.1.2 it was sufficient in ${right.yes} of ${right.relevant} cases.`,
    "Some 36.2% of children offend again.",
    `The data gave ${from} for ${moved.standard}.`,
    `The panel moved ${moved.standard} from ${from} to ${to}.`,
    "The board saw {{2.1.2 percent}} and {{3.1 rating}}.",
    "Outstanding practice was seen in 2.1 and good in 1.4.",
    "Four in five children had a plan that kept them safe (3.2.2).",
    "In 2.1.1, two of the nine cases were not sufficient.",
    "In 2.1.1, all but two of the cases were sufficient.",
    "In 2.1.1 work was insufficient in 22% of cases.",
    "In 2.1.1, 77.8 per cent of cases were sufficient.",
    "Between 78% and 89% of cases were sufficient in 2.2.",
    "More than 75% of cases were sufficient in 2.1.1, and about 85% in 2.2.1.",
    "In 3.2.3 it was just 40%, below the 50% that Requires improvement asks for.",
    "Of children, 36.2% offend again; across England and Wales 38.1% do.",
    "The board met on 3.2.2021 from 9.30 to 14.15, under paragraphs 5.6 and 5.7.",
    "Requires improvement by the data in 3.3 and Good after the panel.",
    "The overall rating is Good, though 3.2 is Inadequate.",
    "Overall, planning (3.2) is Inadequate.",
    "Assessment is Good for court work and Outstanding out of court (2.1 and 3.1).",
    "3.3 would have been Requires improvement but for the panel.",
    "At the last inspection 2.1 was Inadequate; 2.1 is no longer Inadequate.",
    "In 3.2.2 the percentage would give Outstanding.",
  ])("is right: %s", (words) => expect(problems(words)).toEqual([]));

  it.each([
    [`In 2.1.2 it was ${other.percent}%.`, `which has ${right.percent}%. Write {{2.1.2 percent}}.`],
    [
      `Work was good in ${other.percent}% (2.1.2) and ${right.percent}% (${other.keyQuestion}).`,
      `is said of 2.1.2, which has ${right.percent}%`,
    ],
    [
      `For 2.1.2 it was ${right.yes} of ${right.relevant + 1} cases.`,
      `it is ${right.yes} of ${right.relevant}`,
    ],
    [`Sufficient work in ${right.percent}% of cases.`, "is tied to nothing"],
    ["Some 38.1% of children offend again.", "is not the figure “Children who offend again”"],
    [`The data gave ${to} for ${moved.standard}.`, `they gave ${from}.`],
    [`The panel moved ${moved.standard} from ${to} to ${from}.`, `for ${moved.standard}`],
    ["2.1 and 1.4 are rated Outstanding.", "the rating is Requires improvement."],
    ["In 3.2.2 it was sufficient in 90 percent of cases.", "which has 80%"],
    ["In 2.1.1 eight of nine cases were sufficient.", "it is 7 of 9"],
    ["Half, or two in four cases, were right (3.2.2).", "it is 4 of 5"],
    ["All but one case were sufficient in 2.1.1.", "it is 7 of 9"],
    ["In 2.1.1 work was insufficient in 30% of cases.", "which has 78%"],
    ["More than 80% of cases were sufficient in 2.1.1.", "which has 78%"],
    ["In 2.1.1 it was 78%, up from 62% in 2018.", "62 is no figure of this report"],
    ["The overall rating is Outstanding, though 3.2 is Inadequate.", "for overall"],
    ["3.2 is not Inadequate.", "3.2 is not inadequate; the rating is Inadequate."],
    ["It says {{1.1.1 percent}}.", "{{1.1.1 percent}} has no value on record."],
  ])("is held back: %s", (words, problem) => expect(problems(words).join("\n")).toContain(problem));
});

it("offers every figure and rating once, and nothing that has no value", () => {
  const offered = offeredBy(model);
  const typed = offered.map((each) => each.typed);
  expect(typed).toEqual(expect.arrayContaining(["{{2.1.2 percent}}", "{{overall rating}}"]));
  expect(new Set(typed).size).toBe(typed.length);
  expect(offered.every(({ value }) => !value.includes("{{"))).toBe(true);
});
