/** What a youth justice service is asked for, and the letters that announce its inspection. */
import type { Framework } from "./document.ts";

export const youthJusticeLetter: Pick<Framework, "requests" | "letter" | "evidenceKinds"> = {
  requests: [
    {
      id: "case-list",
      label: "Case list",
      wording: "Every child and every victim with whom work began in the last 18 months.",
      due: { from: "announcement", workingDays: 5 },
    },
    {
      id: "organisational-data",
      label: "Organisational data spreadsheet",
      wording: "Staff, caseloads, budget and results, in the spreadsheet that we send.",
      due: { from: "announcement", workingDays: 10 },
      template: {
        name: "organisational-data.csv",
        content:
          "What,Now,A year ago\n" +
          [
            "Staff in post",
            "Posts that are vacant",
            "Staff who left in the last year",
            "Volunteers",
            "Children that the service works with",
            "Victims that the service works with",
            "Mean caseload of a case manager",
            "Budget in pounds",
            "Children new to the justice system",
            "Children who offended again within a year (%)",
          ]
            .map((what) => `${what},,\n`)
            .join(""),
      },
    },
    {
      id: "narrative",
      label: "Narrative",
      wording: "What the service is proud of and works on, in the template that we send.",
      due: { from: "announcement", workingDays: 10 },
      template: {
        name: "narrative.md",
        content:
          "# Narrative of the service\n\nAt most four pages. Name no child, victim or member of " +
          "staff.\n\n## What we are proud of\n\n## What we work on\n\n## What has changed since the " +
          "last inspection\n\n## What children and victims tell us\n",
      },
    },
    {
      id: "multi-agency-discussion",
      label: "Multi-agency discussion template",
      wording: "Who takes part in the discussions of cases, in the template that we send.",
      due: { from: "announcement", workingDays: 10 },
      template: {
        name: "multi-agency-discussion.csv",
        content: "Case reference,Agency,Role of who takes part,Day,Time\n,,,,\n",
      },
    },
  ],
  letter: {
    subject: "Inspection of {service}",
    opening: [
      "Dear {name},",
      "{service} is to be inspected under the framework “{framework}”. Fieldwork is from " +
        "{fieldworkStart} to {fieldworkEnd}. The lead inspector is {lead}. All figures are asked " +
        "for as they stand today, {referenceDate}.",
    ],
    offices: [
      {
        id: "head-of-service",
        label: "Head of the service",
        paragraphs: [
          "We ask four things of you: the case list by {case-list}, the organisational data " +
            "spreadsheet by {organisational-data}, the narrative by {narrative} and the " +
            "multi-agency discussion template by {multi-agency-discussion}. Please pass our " +
            "leaflets on to victim workers and to everybody who joins a discussion of cases.",
        ],
      },
      {
        id: "board-chair",
        label: "Chair of the management board",
        paragraphs: ["The inspectors will ask the board how it leads the partnership."],
      },
      {
        id: "chief-executive",
        label: "Chief executive of the local authority",
        paragraphs: ["Please see that the service has time and access for the inspection."],
      },
      {
        id: "director-of-childrens-services",
        label: "Director of children’s services",
        paragraphs: ["The inspectors will want to speak with those who work with the children."],
      },
    ],
    closing: [
      "Cases are drawn at random by {sample}. The fingerprint of our half of the draw’s seed is " +
        "{commitment}. We publish the number itself afterwards, so that anybody can draw again.",
      "First findings are told on {feedback}, the draft comes by {draft}, and the report is " +
        "planned for {publication}.",
      "Yours sincerely,\nThe inspectorate",
    ],
  },
  evidenceKinds: [
    { id: "document", label: "Document" },
    { id: "meeting", label: "Meeting" },
    { id: "focus-group", label: "Focus group" },
    { id: "interview", label: "Interview" },
    { id: "survey", label: "Survey" },
    { id: "case-discussion", label: "Discussion of a case" },
  ],
};
