/**
 * The story of the panel. A published rating that differs from the rule's is reached by discretion
 * where the report says so, and only adopted where it moved in silence.
 */
import { standardsOf } from "../briefing/inspection.ts";
import { gradesOf, placeOf, type Rating } from "../framework/scale.ts";
import {
  caseQuestionsOf,
  caseRulesOf,
  domainCode,
  type Judged,
  judgedAmong,
  scaleNamed,
} from "../framework/standards.ts";
import { timetableFor } from "../framework/timetable.ts";
import { inEngland } from "../kernel/instants.ts";
import { boardOf, type Boarded } from "../panel/board.ts";
import { overallLimitIn } from "../panel/conclude.ts";
import type { PanelState } from "../panel/state.ts";
import { moveProblem } from "../ratings/moved.ts";
import { overallOf } from "../ratings/overall.ts";
import { type Line, line, panelMember, people, type Plot, type Scene } from "./story.ts";

const { chair, head } = people;

/** As many as it takes. */
const presentIn = ({ framework }: Plot) => [
  chair.id,
  ...Array.from(
    { length: Math.max(3, framework.ruleset.panel.quorum) - 1 },
    (_, place) => panelMember(place).id,
  ),
];

export const panelScenes = (plot: Plot, state: PanelState): readonly Scene[] => {
  const { framework, grades } = plot;
  const present = presentIn(plot);
  const rated = standardsOf(state.briefing);
  const onNumbers = rated.flatMap((standard): readonly Line[] =>
    standard.judged === "by-people" || caseQuestionsOf(standard).length === 0
      ? []
      : [
          line(chair, { type: "ConsiderStandard", standard: standard.code, present }),
          ...(standard.judged === "by-cases" ? decision(standard, plot, state) : []),
        ],
  );
  const byPeople = judgedAmong(framework, rated).flatMap((judged): readonly Line[] => {
    const proposed = grades[judged.code];
    if (!proposed) return [];
    const rating = withinLimits(judged, proposed, { plot, state });
    const reason = rating === proposed ? {} : { reason: plot.says.overall };
    const decided = { standard: judged.code, rating, present, ...reason };
    return [line(chair, { type: "DecideDomainOne", ...decided })];
  });
  return [
    {
      at: inEngland(timetableFor(plot.fieldwork, framework).panel, "10:00"),
      lanes: [
        [
          line(chair, { type: "ConvenePanel", chair: chair.id, members: present }),
          ...onNumbers,
          ...byPeople,
          line(chair, { type: "ConcludePanel", present }),
        ],
      ],
    },
  ];
};

type Before = { readonly plot: Plot; readonly state: PanelState };

/** Nobody decides what the limits of a standard or of a domain do not allow. */
const withinLimits = (judged: Judged, proposed: Rating, before: Before): Rating => {
  const { scale } = judged;
  const atMost = limitOf(judged, before);
  return atMost !== undefined && placeOf(scale, proposed) > placeOf(scale, atMost)
    ? atMost
    : proposed;
};

const limitOf = ({ standard, code }: Judged, { plot, state }: Before): Rating | undefined => {
  if (code !== standard.code) return undefined;
  const grade = (question: string) => plot.grades[question];
  if (standard.judged === "by-questions") return boardOf(standard, state, grade).atMost;
  const rated = standardsOf(state.briefing);
  const ratings = rated.map((each) => {
    const rating =
      each.judged === "by-people" ? grade(each.code) : boardOf(each, state, grade).rule;
    return [each.code, rating ?? grade(each.code)];
  });
  const codes = rated.map((each) => each.code);
  return overallOf(plot.framework, Object.fromEntries(ratings), codes).domains.find(
    ({ domain }) => domainCode(domain) === code,
  )?.atMost;
};

const decision = (standard: Boarded, plot: Plot, state: PanelState): readonly Line[] => {
  const { code } = standard;
  const present = presentIn(plot);
  const board = boardOf(standard, state);
  const published = plot.published(code);
  const rating = published?.rating ?? board.rule;
  if (!rating || board.triggers.length === 0) return [];
  if (moveProblem(board, rating, caseRulesOf(plot.framework, standard))) {
    const reason = plot.says.discretionDeclined(rating);
    return board.rule
      ? [line(chair, { type: "DeclineDiscretion", standard: code, present, reason })]
      : [];
  }
  const reason = published?.reason;
  return reason === undefined
    ? [line(chair, { type: "AdoptPublishedRating", standard: code, rating })]
    : [line(chair, { type: "ExerciseDiscretion", standard: code, to: rating, present, reason })];
};

/** Where the whole does not follow from its parts, somebody has to say what it is. */
export const overallScenes = (plot: Plot, state: PanelState): readonly Scene[] => {
  const { framework, says } = plot;
  if (!framework.overall || state.overall) return [];
  const overall = plot.overall ?? suggested(framework.overall.scale, plot, state);
  const reason = says.overall;
  return [
    {
      at: inEngland(timetableFor(plot.fieldwork, framework).panel, "17:00"),
      lanes: [[line(head, { type: "DecideOverall", ...(overall && { overall }), reason })]],
    },
  ];
};

/** Nothing where a published report has no overall rating; else the best but one that may be. */
const suggested = (scale: string, plot: Plot, state: PanelState): Rating | undefined => {
  if (plot.reconstruction) return undefined;
  const grades = gradesOf(scaleNamed(plot.framework, scale));
  return overallLimitIn(state) ?? grades.at(-2);
};
