/** Domain three, out-of-court disposals, as judged case by case from 2018. Labels are ours. */
import type { CaseStandard } from "./format-1-document.ts";

export const outOfCourtDisposals: readonly CaseStandard[] = [
  {
    code: "3.1",
    domain: 3,
    label: "Assessment",
    scored: true,
    judged: "by-cases",
    population: "outOfCourt",
    keyQuestions: [
      {
        code: "3.1.1",
        name: "desistance",
        label: "Desistance",
        relevance: "all",
        prompts: [
          { code: "3.1.1a", label: "Offending and taking responsibility", whereApplicable: false },
          { code: "3.1.1b", label: "Diversity and family context", whereApplicable: false },
          { code: "3.1.1c", label: "Strengths and protective factors", whereApplicable: false },
          { code: "3.1.1d", label: "Structural barriers", whereApplicable: true },
          { code: "3.1.1e", label: "Maturity and motivation", whereApplicable: false },
          { code: "3.1.1f", label: "Victims and restorative justice", whereApplicable: true },
          { code: "3.1.1g", label: "Child and parents or carers involved", whereApplicable: false },
        ],
      },
      {
        code: "3.1.2",
        name: "childSafety",
        label: "Keeping the child safe",
        relevance: "all",
        prompts: [
          {
            code: "3.1.2a",
            label: "Risks to the child identified and analysed",
            whereApplicable: false,
          },
          { code: "3.1.2b", label: "Sources and other agencies drawn on", whereApplicable: false },
        ],
      },
      {
        code: "3.1.3",
        name: "othersSafety",
        label: "Keeping other people safe",
        relevance: "all",
        prompts: [
          { code: "3.1.3a", label: "Who is at risk, and of what", whereApplicable: false },
          { code: "3.1.3b", label: "Sources and other evidence drawn on", whereApplicable: false },
        ],
      },
    ],
  },
  {
    code: "3.2",
    domain: 3,
    label: "Planning",
    scored: true,
    judged: "by-cases",
    population: "outOfCourt",
    keyQuestions: [
      {
        code: "3.2.1",
        name: "desistance",
        label: "Desistance",
        relevance: "due",
        prompts: [
          { code: "3.2.1a", label: "Right services, timed to fit", whereApplicable: false },
          { code: "3.2.1b", label: "Diversity and wider context", whereApplicable: false },
          { code: "3.2.1c", label: "Strengths reinforced", whereApplicable: false },
          { code: "3.2.1d", label: "Maturity and motivation", whereApplicable: false },
          { code: "3.2.1e", label: "Community integration", whereApplicable: false },
          { code: "3.2.1f", label: "Victims' needs and wishes", whereApplicable: true },
          { code: "3.2.1g", label: "Child and parents or carers involved", whereApplicable: false },
          // Printed in some reports of this version only; where it is not, nobody answers it.
          { code: "3.2.1h", label: "Proportionate to the disposal", whereApplicable: true },
        ],
      },
      {
        code: "3.2.2",
        name: "childSafety",
        label: "Keeping the child safe",
        relevance: "childSafetyFactors",
        prompts: [
          { code: "3.2.2a", label: "Safety promoted and risks addressed", whereApplicable: false },
          { code: "3.2.2b", label: "Agencies involved and plans aligned", whereApplicable: true },
          { code: "3.2.2c", label: "Contingency arrangements", whereApplicable: false },
        ],
      },
      {
        code: "3.2.3",
        name: "othersSafety",
        label: "Keeping other people safe",
        relevance: "othersSafetyFactors",
        prompts: [
          {
            code: "3.2.3a",
            label: "Others' safety promoted and risks addressed",
            whereApplicable: false,
          },
          { code: "3.2.3b", label: "Agencies involved", whereApplicable: true },
          { code: "3.2.3c", label: "Actual and potential victims", whereApplicable: true },
          { code: "3.2.3d", label: "Contingency arrangements", whereApplicable: false },
        ],
      },
    ],
  },
  {
    code: "3.3",
    domain: 3,
    label: "Implementation and delivery",
    scored: true,
    judged: "by-cases",
    population: "outOfCourt",
    keyQuestions: [
      {
        code: "3.3.1",
        name: "desistance",
        label: "Desistance",
        relevance: "due",
        prompts: [
          { code: "3.3.1a", label: "Right services delivered in sequence", whereApplicable: false },
          { code: "3.3.1b", label: "Diversity and wider context", whereApplicable: false },
          { code: "3.3.1c", label: "Working relationship", whereApplicable: false },
          { code: "3.3.1d", label: "Compliance encouraged", whereApplicable: false },
          { code: "3.3.1e", label: "Community integration", whereApplicable: false },
        ],
      },
      {
        code: "3.3.2",
        name: "childSafety",
        label: "Keeping the child safe",
        relevance: "childSafetyFactors",
        prompts: [
          { code: "3.3.2a", label: "Safety of the child promoted", whereApplicable: false },
          { code: "3.3.2b", label: "Agencies coordinated", whereApplicable: true },
        ],
      },
      {
        code: "3.3.3",
        name: "othersSafety",
        label: "Keeping other people safe",
        relevance: "othersSafetyFactors",
        prompts: [
          { code: "3.3.3a", label: "Victims protected", whereApplicable: true },
          { code: "3.3.3b", label: "Risk of harm managed and minimised", whereApplicable: false },
        ],
      },
    ],
  },
  {
    code: "3.4",
    domain: 3,
    label: "Joint working",
    scored: true,
    judged: "by-cases",
    population: "outOfCourt",
    keyQuestions: [
      {
        code: "3.4.1",
        name: "recommendations",
        label: "Recommendations for the disposal",
        relevance: "all",
        prompts: [
          { code: "3.4.1a", label: "Appropriate and proportionate", whereApplicable: true },
          {
            code: "3.4.1b",
            label: "Understanding of the offence considered",
            whereApplicable: false,
          },
          { code: "3.4.1c", label: "Positive contribution to the decision", whereApplicable: true },
          {
            code: "3.4.1d",
            label: "Implications understood by child and parents",
            whereApplicable: false,
          },
          { code: "3.4.1e", label: "Information given in time", whereApplicable: false },
          { code: "3.4.1f", label: "Joint rationale recorded", whereApplicable: true },
        ],
      },
      {
        code: "3.4.2",
        name: "policeWork",
        label: "Work with the police on the disposal",
        relevance: "youthConditionalCaution",
        prompts: [
          { code: "3.4.2a", label: "Police told of progress", whereApplicable: true },
          {
            code: "3.4.2b",
            label: "Compliance and enforcement attended to",
            whereApplicable: false,
          },
        ],
      },
    ],
  },
];
