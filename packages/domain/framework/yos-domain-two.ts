/** Domain two, court disposals: what is judged case by case. Labels are ours. */
import type { CaseStandard } from "./format-1-document.ts";

export const courtDisposals: readonly CaseStandard[] = [
  {
    code: "2.1",
    domain: 2,
    label: "Assessment",
    scored: true,
    judged: "by-cases",
    population: "court",
    keyQuestions: [
      {
        code: "2.1.1",
        name: "desistance",
        label: "Desistance",
        relevance: "all",
        prompts: [
          {
            code: "2.1.1a",
            label: "Offending behaviour, attitudes and motives",
            whereApplicable: false,
          },
          { code: "2.1.1b", label: "Diversity and family context", whereApplicable: false },
          { code: "2.1.1c", label: "Strengths and protective factors", whereApplicable: false },
          { code: "2.1.1d", label: "Structural barriers", whereApplicable: true },
          {
            code: "2.1.1e",
            label: "Maturity, motivation and likely engagement",
            whereApplicable: false,
          },
          { code: "2.1.1f", label: "Victims and restorative justice", whereApplicable: true },
          { code: "2.1.1g", label: "Child and parents or carers involved", whereApplicable: false },
        ],
      },
      {
        code: "2.1.2",
        name: "childSafety",
        label: "Keeping the child safe",
        relevance: "all",
        prompts: [
          {
            code: "2.1.2a",
            label: "Risks to the child identified and analysed",
            whereApplicable: false,
          },
          { code: "2.1.2b", label: "Sources and other agencies drawn on", whereApplicable: false },
          { code: "2.1.2c", label: "Controls and interventions considered", whereApplicable: true },
        ],
      },
      {
        code: "2.1.3",
        name: "othersSafety",
        label: "Keeping other people safe",
        relevance: "all",
        prompts: [
          { code: "2.1.3a", label: "Who is at risk, and of what", whereApplicable: false },
          { code: "2.1.3b", label: "Sources and past behaviour drawn on", whereApplicable: false },
          {
            code: "2.1.3c",
            label: "Controls and interventions considered",
            whereApplicable: false,
          },
        ],
      },
    ],
  },
  {
    code: "2.2",
    domain: 2,
    label: "Planning",
    scored: true,
    judged: "by-cases",
    population: "court",
    keyQuestions: [
      {
        code: "2.2.1",
        name: "desistance",
        label: "Desistance",
        relevance: "due",
        prompts: [
          { code: "2.2.1a", label: "Right services, timed and sequenced", whereApplicable: false },
          { code: "2.2.1b", label: "Diversity and wider context", whereApplicable: false },
          { code: "2.2.1c", label: "Strengths reinforced", whereApplicable: false },
          { code: "2.2.1d", label: "Maturity and motivation", whereApplicable: false },
          { code: "2.2.1e", label: "Victims' needs and wishes", whereApplicable: true },
          { code: "2.2.1f", label: "Child and parents or carers involved", whereApplicable: false },
        ],
      },
      {
        code: "2.2.2",
        name: "childSafety",
        label: "Keeping the child safe",
        relevance: "childSafetyFactors",
        prompts: [
          { code: "2.2.2a", label: "Safety promoted and risks addressed", whereApplicable: false },
          { code: "2.2.2b", label: "Agencies involved and plans aligned", whereApplicable: false },
          { code: "2.2.2c", label: "Controls and interventions set", whereApplicable: false },
          { code: "2.2.2d", label: "Contingency arrangements", whereApplicable: false },
        ],
      },
      {
        code: "2.2.3",
        name: "othersSafety",
        label: "Keeping other people safe",
        relevance: "othersSafetyFactors",
        prompts: [
          {
            code: "2.2.3a",
            label: "Others' safety promoted and risks addressed",
            whereApplicable: false,
          },
          { code: "2.2.3b", label: "Agencies involved", whereApplicable: false },
          { code: "2.2.3c", label: "Actual and potential victims", whereApplicable: false },
          { code: "2.2.3d", label: "Controls and interventions set", whereApplicable: false },
          { code: "2.2.3e", label: "Contingency arrangements", whereApplicable: false },
        ],
      },
    ],
  },
  {
    code: "2.3",
    domain: 2,
    label: "Implementation and delivery",
    scored: true,
    judged: "by-cases",
    population: "court",
    keyQuestions: [
      {
        code: "2.3.1",
        name: "desistance",
        label: "Desistance",
        relevance: "due",
        prompts: [
          { code: "2.3.1a", label: "Right services delivered in sequence", whereApplicable: false },
          { code: "2.3.1b", label: "Diversity and wider context", whereApplicable: false },
          { code: "2.3.1c", label: "Builds on strengths", whereApplicable: false },
          { code: "2.3.1d", label: "Working relationship", whereApplicable: false },
          { code: "2.3.1e", label: "Community integration", whereApplicable: false },
          { code: "2.3.1f", label: "Compliance encouraged", whereApplicable: false },
          { code: "2.3.1g", label: "Enforcement where needed", whereApplicable: true },
        ],
      },
      {
        code: "2.3.2",
        name: "childSafety",
        label: "Keeping the child safe",
        relevance: "childSafetyFactors",
        prompts: [
          { code: "2.3.2a", label: "Safety of the child promoted", whereApplicable: false },
          { code: "2.3.2b", label: "Organisations coordinated", whereApplicable: true },
        ],
      },
      {
        code: "2.3.3",
        name: "othersSafety",
        label: "Keeping other people safe",
        relevance: "othersSafetyFactors",
        prompts: [
          { code: "2.3.3a", label: "Risk of harm managed and minimised", whereApplicable: false },
          { code: "2.3.3b", label: "Victims protected", whereApplicable: true },
          { code: "2.3.3c", label: "Agencies coordinated", whereApplicable: true },
        ],
      },
    ],
  },
  {
    code: "2.4",
    domain: 2,
    label: "Reviewing",
    scored: true,
    judged: "by-cases",
    population: "court",
    keyQuestions: [
      {
        code: "2.4.1",
        name: "desistance",
        label: "Desistance",
        relevance: "desistanceChanged",
        prompts: [
          { code: "2.4.1a", label: "Responds to changes in desistance", whereApplicable: false },
          { code: "2.4.1b", label: "Builds on strengths", whereApplicable: false },
          { code: "2.4.1c", label: "Motivation, engagement and barriers", whereApplicable: false },
          { code: "2.4.1d", label: "Child and parents or carers involved", whereApplicable: false },
        ],
      },
      {
        code: "2.4.2",
        name: "childSafety",
        label: "Keeping the child safe",
        relevance: "safetyChanged",
        prompts: [
          { code: "2.4.2a", label: "Responds to changes in safety", whereApplicable: false },
          { code: "2.4.2b", label: "Other agencies' input", whereApplicable: true },
          { code: "2.4.2c", label: "Plan adjusted", whereApplicable: true },
        ],
      },
      {
        code: "2.4.3",
        name: "othersSafety",
        label: "Keeping other people safe",
        relevance: "harmChanged",
        prompts: [
          { code: "2.4.3a", label: "Responds to changes in risk of harm", whereApplicable: false },
          { code: "2.4.3b", label: "Other agencies' input", whereApplicable: true },
          { code: "2.4.3c", label: "Child and parents or carers involved", whereApplicable: false },
          { code: "2.4.3d", label: "Plan adjusted", whereApplicable: true },
        ],
      },
    ],
  },
];
