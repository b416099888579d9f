/** A case's place in the sample: listed, eligible or not and why, drawn or in reserve, replaced. */
import { purposesOf, textIn } from "../framework/columns.ts";
import { kindOf, populationIn, populationNamed } from "../framework/populations.ts";
import { pinned } from "../briefing/inspection.ts";
import type { CaseId } from "../kernel/ids.ts";
import type { Day } from "../kernel/instants.ts";
import type { Dossier } from "./dossier.ts";
import { byWhom, ineligibleInWords } from "./explain-words.ts";
import { counted, dayInWords } from "../kernel/wording.ts";
import { replacementInWords } from "./explain-words.ts";
import { type Explanation, node } from "./explanation.ts";
import { daysOf } from "../sampling/eligibility.ts";
import type { PopulationDraw } from "../sampling/draw.ts";

/** Undefined for a case that is not on the list. */
export const explainCase = (dossier: Dossier, id: CaseId): Explanation | undefined => {
  const row = dossier.listed?.event.cases.find((listed) => listed.case === id);
  if (!row) return undefined;
  const framework = pinned(dossier.briefing);
  const population = populationIn(framework, row.profile);
  const day = textIn(row.profile, purposesOf(framework.columns).day) as Day;
  const what = `a ${kindOf(framework, row.profile).toLowerCase()} of ${dayInWords(day)}`;
  if (population === undefined) {
    const words = `Case ${id} is on the case list, ${what}. It could not be drawn.`;
    return node("case", words, [dossier.listed]);
  }
  const kind = populationNamed(framework, population).words.case.many;
  const listing = `Case ${id} is on the case list, ${what}: one of the ${kind}.`;
  const drawn = dossier.drawn?.event.draw.populations[population];
  if (!drawn) {
    return node("case", `${listing} The sample has not been drawn.`, [dossier.listed]);
  }
  return node(
    "case",
    `${listing} ${standing(id, drawn, dossier)}`,
    [dossier.listed],
    [
      eligible(id, kind, drawn, dossier),
      ...(isEligible(id, drawn) ? [chosen(id, drawn, dossier)] : []),
      ...changes(id, dossier),
      ...(dossier.briefing.sample.has(id) ? [assessed(id, dossier)] : []),
    ],
  );
};

const isEligible = (id: CaseId, { excluded }: PopulationDraw): boolean =>
  !excluded.some((exclusion) => exclusion.case === id);

const standing = (id: CaseId, drawn: PopulationDraw, { briefing, replacements }: Dossier) => {
  if (briefing.sample.has(id)) return "It counts towards the ratings.";
  if (replacements.has(id)) return "It was drawn and left the sample.";
  if (!isEligible(id, drawn)) return "It could not be drawn.";
  return drawn.reserves.includes(id)
    ? "It is a reserve and does not count."
    : "It was not drawn and does not count.";
};

const eligible = (
  id: CaseId,
  kind: string,
  drawn: PopulationDraw,
  dossier: Dossier,
): Explanation => {
  const { fieldworkStart } = dossier.drawn!.event.draw;
  const { first, last } = daysOf(drawn.window, fieldworkStart);
  const { from, to } = drawn.window;
  const widened =
    drawn.widened === 0 ? "" : `, widened ${counted(drawn.widened, "time")} to find enough cases`;
  const window =
    `The window ran from ${dayInWords(first)} to ${dayInWords(last)} ` +
    `(${from} to ${to} months before fieldwork${widened}).`;
  const exclusion = drawn.excluded.find((each) => each.case === id);
  const words = exclusion
    ? `It was excluded because ${ineligibleInWords[exclusion.reason]}.`
    : `It was one of ${drawn.eligible} eligible ${kind}.`;
  return node("sample", `${words} ${window}`, [dossier.drawn]);
};

const chosen = (id: CaseId, drawn: PopulationDraw, dossier: Dossier): Explanation => {
  const { algorithm, seed } = dossier.drawn!.event.draw;
  const reserve = drawn.reserves.indexOf(id);
  const outcome = drawn.sample.includes(id)
    ? `It was drawn: ${drawn.sample.length} of ${drawn.eligible} eligible cases were.`
    : reserve >= 0
      ? `It was drawn as reserve ${reserve + 1} of ${drawn.reserves.length}.`
      : `It was not among the ${drawn.sample.length} drawn of ${drawn.eligible} eligible cases.`;
  const { override } = drawn.size;
  const sized = override ? ` A person set the size of the sample: “${override.reason}”` : "";
  return node(
    "sample",
    `${outcome}${sized} Nobody chose it: the draw (${algorithm.name}, version ` +
      `${algorithm.version}) follows from the case list and a number fixed before the list came, ` +
      `and anyone can draw again from seed ${seed}.`,
    [dossier.announced, dossier.listed, dossier.drawn],
  );
};

const changes = (id: CaseId, dossier: Dossier): readonly Explanation[] => {
  const calledUp = dossier.calledUp.get(id);
  const gone = dossier.replacements.get(id);
  const came = calledUp
    ? [
        node(
          "sample",
          `It took the place of case ${calledUp.event.case} because ` +
            `${replacementInWords[calledUp.event.reason]}; decided ${byWhom(calledUp.event)}.`,
          [calledUp],
        ),
      ]
    : [];
  if (!gone) return came;
  const { event } = gone;
  const instead =
    event.type === "CaseReplaced"
      ? `Case ${event.replacement}, the nearest reserve, took its place`
      : "No reserve was left to take its place";
  const why = replacementInWords[event.reason];
  const words = `It left the sample because ${why}. ${instead}; decided ${byWhom(event)}.`;
  return [...came, node("sample", words, [gone])];
};

const assessed = (id: CaseId, { files }: Dossier): Explanation => {
  const file = files.get(id);
  const turn = file?.turns.at(-1);
  if (!file || !turn) return node("case", "Its assessment is not complete.");
  const words = `Its assessment was ${file.status} ${byWhom(turn.event)}.`;
  return node("case", words, [turn]);
};
