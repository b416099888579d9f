/** The standards of youth justice services from 2025. The words are ours. */
import type { CaseQuestion, PeopleQuestion, Standard } from "./standard.ts";

const byPeople = (code: string, name: string, label: string, wording: string): PeopleQuestion => ({
  code,
  name,
  label,
  wording,
  judged: "by-people",
});

const prompts = (code: string, asked: readonly (readonly [string, string])[]) =>
  asked.map(([label, wording], at) => ({
    code: `${code}${"abcdefgh"[at]}`,
    label,
    wording,
    whereApplicable: at > 1,
  }));

const matters = [
  ["change", "Achieving positive change"],
  ["childSafety", "Keeping the child safe"],
  ["communitySafety", "Keeping the community safe"],
] as const;

const relevanceOf = {
  change: { due: true, counted: "Counts the cases in which this work had fallen due." },
  childSafety: {
    due: true,
    where: { name: "safetyConcerns", equals: true },
    because: {
      met: "something bore on the child’s safety",
      unmet: "the inspector found nothing that bore on the child’s safety",
    },
    counted: "Counts the cases in which something bore on the child’s safety.",
  },
  communitySafety: {
    due: true,
    where: { name: "communityConcerns", equals: true },
    because: {
      met: "something bore on other people’s safety",
      unmet: "the inspector found nothing that bore on other people’s safety",
    },
    counted: "Counts the cases in which something bore on other people’s safety.",
  },
} as const;

/** A standard on children's cases: the same three matters, asked of one stage of the work. */
const onChildren = (
  code: string,
  label: string,
  statement: string,
  asked: Readonly<Record<(typeof matters)[number][0], readonly (readonly [string, string])[]>>,
): Standard => ({
  code,
  domain: 2,
  label,
  statement,
  scale: "ratings",
  scored: true,
  judged: "by-cases",
  keyQuestions: matters.map(([name, matter], at): CaseQuestion => ({
    code: `${code}.${at + 1}`,
    name,
    label: matter,
    wording: `${label}: is it good enough for ${matter.toLowerCase()}?`,
    judged: "by-cases",
    population: "children",
    relevance: relevanceOf[name],
    prompts: prompts(`${code}.${at + 1}`, asked[name]),
  })),
});

const onTheService = (
  code: string,
  label: string,
  statement: string,
  keyQuestions: readonly (readonly [name: string, label: string, wording: string])[],
): Standard => ({
  code,
  domain: 1,
  label,
  statement,
  scale: "ratings",
  scored: true,
  judged: "by-people",
  keyQuestions: keyQuestions.map(([name, named, wording], at) =>
    byPeople(`${code}.${at + 1}`, name, named, wording),
  ),
});

export const youthJusticeStandards: readonly Standard[] = [
  onTheService("1.1", "Governance and leadership", "The service is led well for its children.", [
    ["vision", "Direction", "Do leaders set a direction that staff and partners know and share?"],
    ["board", "The board", "Does the board know how the service performs, and act on it?"],
    ["learning", "Learning", "Do leaders learn from children, victims and results?"],
  ]),
  onTheService("1.2", "Staff", "Staff are able and supported to do good work.", [
    ["capacity", "Capacity", "Are there enough staff with the right skills?"],
    ["support", "Support", "Are staff supervised, supported and trained well?"],
  ]),
  onTheService("1.3", "Partnerships and services", "Children and victims get what they need.", [
    ["profile", "Needs", "Is it known what children and victims need, group by group?"],
    ["services", "Services", "Are the services there that they need, without delay?"],
    ["partners", "Partners", "Do partners keep to what was agreed, and is it reviewed?"],
  ]),
  onChildren("2.1", "Assessing", "It is understood what each child needs.", {
    change: [
      ["Reasons", "Does it explain why the child came to notice?"],
      ["Strengths", "Does it find the child’s strengths and what is fair to ask?"],
      ["Family", "Were the child and the family heard?"],
    ],
    childSafety: [
      ["Risks", "Does it find what could harm the child?"],
      ["Sources", "Does it draw on what other agencies know?"],
    ],
    communitySafety: [
      ["Who is at risk", "Does it say who could be harmed, and how?"],
      ["Victims", "Does it take account of what victims need and wish?"],
    ],
  }),
  onChildren("2.2", "Planning", "Plans fit the child and are agreed.", {
    change: [
      ["Aims", "Does the plan say what is to change, and how?"],
      ["Agreed", "Was it made with the child and the family?"],
    ],
    childSafety: [
      ["Actions", "Does the plan say who keeps the child safe, and how?"],
      ["Contingency", "Does it say what is done if things get worse?"],
    ],
    communitySafety: [
      ["Actions", "Does the plan say how other people are kept safe?"],
      ["Contingency", "Does it say what is done if things get worse?"],
    ],
  }),
  onChildren("2.3", "Delivering", "What was planned is done, and fits as things change.", {
    change: [
      ["Work done", "Is the work done that the child needs?"],
      ["Engagement", "Is enough done to win and keep the child’s trust?"],
      ["Review", "Is the work changed when the child’s life changes?"],
    ],
    childSafety: [
      ["Work done", "Is what is done enough to keep the child safe?"],
      ["Together", "Do agencies act together?"],
    ],
    communitySafety: [
      ["Work done", "Is what is done enough to keep other people safe?"],
      ["Together", "Do agencies act together?"],
    ],
  }),
  {
    code: "V1",
    domain: 3,
    label: "Work with victims",
    statement: "Victims get good work that fits them and answers to them.",
    scale: "ratings",
    scored: true,
    judged: "by-questions",
    combine: { by: "lowest" },
    keyQuestions: [
      {
        code: "V1.1",
        name: "casework",
        label: "Work with each victim",
        wording: "Is the work with victims good, individual and responsive?",
        judged: "by-cases",
        population: "victims",
        relevance: { due: false },
        prompts: prompts("V1.1", [
          ["Contact", "Was the victim contacted soon, and in a way that suited them?"],
          ["Needs", "Was it found out what the victim needs and wishes?"],
          ["Safety", "Was the victim’s safety thought of?"],
          ["Kept informed", "Was the victim told what came of it?"],
        ]),
      },
      {
        code: "V1.2",
        name: "arrangements",
        label: "Arrangements for victims",
        wording: "Do the organisation’s arrangements drive good work with victims?",
        judged: "by-people",
        scale: "ratings",
      },
    ],
  },
];
