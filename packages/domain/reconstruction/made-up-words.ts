/**
 * Sentences that inspectors, panels and services could have written, in the words of any framework.
 * They name no grade and hold no number, which a report's own checks would ask about.
 */
import type { Framework } from "../framework/document.ts";
import { digestOf } from "../kernel/canonical.ts";
import { randomStream } from "../sampling/stream.ts";
import type { Sayings } from "./sayings.ts";

/** One of them, always the same for the same thing. */
const pick = (sentences: readonly string[], seed: number, about: unknown): string =>
  sentences[randomStream(digestOf({ seed }), JSON.stringify(about)).below(sentences.length)]!;

const names = [
  ...["Ruth Ashby", "Daniel Okafor", "Priya Nair", "Thomas Wren", "Meera Shah", "Owen Pritchard"],
  ...["Helen Marsh", "Samuel Boateng", "Clare Donnelly", "Yusuf Demir", "Anna Kowalska"],
];

export const madeUpSayings = ({ words }: Framework, seed: number): Sayings => {
  const { service, person, worker, case: record } = words;
  const done = [
    `The ${record.one} shows what was done and why, and the ${worker.one} could explain it.`,
    "Notes from the past months say who did what, and what came of it.",
    `What the ${person.one} said was written down and acted on.`,
  ];
  const missed = [
    `Nothing in the ${record.one} shows that this was done.`,
    "It was begun, and nobody followed it up when things changed.",
    `The ${worker.one} knew of it, but no step followed.`,
  ];
  return {
    judged: (said) =>
      pick(said.answer === "no" ? missed : done, seed, [said.case, said.question ?? "scope"]),
    recipient: (office) => pick(names, seed, office),
    evidence: (code) =>
      pick(
        [
          `Minutes of the past year, and what ${worker.many} told us about them.`,
          `What managers, partners and ${person.many} told us, set beside the plans.`,
          "Policies, reports on how they work, and what was done about them.",
        ],
        seed,
        code,
      ),
    proposed: (code) =>
      pick(
        [
          "What we were told and what we read agree, and we saw it in practice.",
          "It is known what works and what does not, and what was planned has begun to show.",
          "It works on most days, and there is a plan for the rest.",
        ],
        seed,
        code,
      ),
    feedback: `What stood out, and what the ${service.one} may want to look at first.`,
    discretionDeclined: () => "The other key questions say the same, so the rule stands.",
    overall: "The panel weighed the standards together, and the weakest of them most.",
    section: ({ id, label }) =>
      /^(?:domain|standard|question)-/.test(id)
        ? pick(
            [
              "What people told us and what we read agree, and what we saw was followed up.",
              "Managers could say what works and what does not, and what they had changed since.",
              `Staff and ${person.many} told us the same. Where the notes differed, we asked again.`,
              "It was planned, done and looked at again. What was learned is shared.",
            ],
            seed,
            id,
          )
        : `This report is made up. An inspectorate would write its ${label.toLowerCase()} here.`,
    comment: `The ${service.one} has checked the figures and has nothing to correct.`,
    answer: "Thank you. Nothing was changed.",
    figuresFrom: `The ${service.one}'s own figures`,
    recommendation: (number) =>
      number === 1
        ? "Make sure that every plan says what is done when things change."
        : "Record with the people concerned what each review changed.",
    action: () => "Managers check every plan within ten days and record what they changed.",
  };
};
