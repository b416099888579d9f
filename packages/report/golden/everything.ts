/** A report with every part that one may have, for the tests of what is printed of it. */
import { type ReportModel, reportModelOf } from "../model.ts";
import { bodies } from "./pastes.ts";
import { storyOf } from "./story.ts";

export const plain = reportModelOf(storyOf("peterborough-2020"), 1);
const { framework } = plain;

/** Quotations, an example, footnotes, a table, lists and words in other scripts. */
const quoting = bodies.map(([, words]) => words).join("\n\n") + "\n\n**বাংলা ভাষা** اردو 汉字";

/** The report under a document that has all that a document may say of a report. */
export const everything: ReportModel = {
  ...plain,
  framework: {
    ...framework,
    language: "cy",
    provisional: [{ at: ["overall"], what: "The overall rating", why: "It is not published." }],
    domains: framework.domains.map((domain) => ({
      ...domain,
      rating: { scale: framework.scales[0]!.id, combine: { by: "lowest" } },
    })),
    report: {
      ...framework.report,
      sections: [
        ...framework.report.sections,
        { id: "acknowledgements", label: "Acknowledgements", required: false, after: true },
      ],
      texts: { standard: "required", question: "optional" },
      methodology: ["Inspectors stayed for a week."],
    },
  },
  result: { ...plain.result, domains: [{ domain: 1, rating: "Good" }, { domain: 2 }] },
  partners: [{ id: "health", label: "Health", role: "Looks at health care" }],
  points: [
    {
      ...{ point: "p-1", kind: "strength", about: "2.1.2" },
      ...{
        wording: "Safety, in 80%, is seen to.",
        typed: "Safety, in {{2.1.2 percent}}, is seen to.",
      },
    },
    { ...{ point: "p-2", kind: "improvement", about: "2.1" }, wording: "More.", typed: "More." },
  ],
  tables: [
    {
      ...{ table: "staff", label: "Staff", unit: "people", source: "The service", asOf: "2021" },
      rows: [{ label: "In post", value: 1200, national: 18.5 }, { label: "Vacant" }],
    },
    {
      ...{ table: "girls", label: "Girls", unit: "%", source: "Census", asOf: "2021" },
      rows: [{ label: "Girls", value: 12 }],
    },
  ],
  alerts: { raised: 2, answered: 2, closed: 1 },
  imprint: {
    ledBy: "Ada Lead",
    signedBy: "",
    contact: "reports@example.org",
    isbn: "0-306-40615-2",
  },
  sections: [
    ...plain.sections,
    { section: "standard-2-1", markdown: "# Found\n\nAssessments are {{2.1 rating}}." },
    { section: "question-2-1-2", markdown: "Safety is looked at." },
    { section: "question-2-3-1", markdown: quoting },
    { section: "question-1-1-3", markdown: "Leaders lead." },
    { section: "acknowledgements", markdown: "We thank everybody." },
  ],
};
