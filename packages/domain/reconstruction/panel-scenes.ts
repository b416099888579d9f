/**
 * The story of the panel. It decides as the report says it did: where the report moved a rating and
 * says so, discretion is exercised; where it moved one in silence, the rating is only adopted.
 */
import { boardOf, type Evidence } from "../panel/board.ts";
import { timetableFor } from "../framework/timetable.ts";
import { caseRulesOf, caseStandards, peopleStandards } from "../framework/standards.ts";
import { inEngland } from "../kernel/instants.ts";
import { moveProblem } from "../ratings/moved.ts";
import type { CaseStandard } from "../framework/standard.ts";
import { type Line, line, people, type Plot, type Scene } from "./story.ts";

const { chair, members } = people;
const present = [chair.id, ...members.map(({ id }) => id)];

export const panelScenes = (plot: Plot, evidence: Evidence): readonly Scene[] => {
  const { file, counts } = plot;
  const days = timetableFor(plot.fieldwork, counts.framework);
  const at = inEngland(days.panel, "10:00");
  const rated = caseStandards(counts.framework).filter(
    ({ code }) => !counts.unrated.includes(code),
  );
  const standards = rated.map((standard) => [
    line(chair, { type: "ConsiderStandard", standard: standard.code, present }),
    ...decision(standard, plot, evidence),
  ]);
  const domainOne = peopleStandards(counts.framework).flatMap(({ code }): readonly Line[] => {
    const rating = file.domainOne[code] ?? file.standards[code]?.rating;
    if (!rating) return [];
    return [line(chair, { type: "DecideDomainOne", standard: code, rating, present })];
  });
  const convene = line(chair, { type: "ConvenePanel", chair: chair.id, members: present });
  return [
    {
      at,
      lanes: [
        [
          convene,
          ...standards.flat(),
          ...domainOne,
          line(chair, { type: "ConcludePanel", present }),
        ],
      ],
    },
  ];
};

const decision = (
  standard: CaseStandard,
  { file, counts, madeUp }: Plot,
  evidence: Evidence,
): readonly Line[] => {
  const { code } = standard;
  const board = boardOf(standard, evidence);
  const published = file.standards[code]?.rating ?? board?.rule;
  if (!board || !published || board.triggers.length === 0) return [];
  const impossible = moveProblem(board, published, caseRulesOf(counts.framework, standard));
  if (impossible) {
    const reason = madeUp
      ? "The other key questions say the same, so nothing speaks for another rating."
      : `Made up for the replay: the report publishes ${published} and says nothing of discretion.`;
    return board.rule
      ? [line(chair, { type: "DeclineDiscretion", standard: code, present, reason })]
      : [];
  }
  const recorded = file.discretion[code];
  if (!recorded)
    return [line(chair, { type: "AdoptPublishedRating", standard: code, rating: published })];
  const reason = recorded.reason?.trim() || "The report records discretion without a reason.";
  return [
    line(chair, { type: "ExerciseDiscretion", standard: code, to: published, present, reason }),
  ];
};
