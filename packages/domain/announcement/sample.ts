/** From the case list to a sample that anyone can draw again, and the replacements in it. */
import { pinned } from "../briefing/inspection.ts";
import { rowsOf } from "../briefing/listed-rows.ts";
import { isIdentifying } from "../framework/columns.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import { caseIdOf } from "../kernel/ids.ts";
import { type CaseRow, digestOf } from "../sampling/case-list.ts";
import { listProblems } from "../sampling/list-problems.ts";
import { type Draw, drawSample } from "../sampling/draw.ts";
import { commitmentTo, type Nonce } from "../sampling/stream.ts";
import { beaconProblem, isListed, renewal } from "./commitment.ts";
import type { InspectionCommandOf } from "./commands.ts";
import type { InspectionEvent } from "./events.ts";
import { daysOf, type InspectionAnswer, type InspectionState } from "./state.ts";

/** A list that comes after the beacon's round calls for another round, and a new commitment. */
export const submitList = (
  command: InspectionCommandOf<"SubmitCaseList">,
  state: InspectionState,
): InspectionAnswer => {
  const { rows } = command;
  const { columns } = pinned(state.briefing);
  const problems = listProblems(rows, columns);
  if (problems.length > 0) return refuse({ reason: "CaseListContradictsFramework", problems });
  const isLate = state.beacon !== undefined && state.beacon.at <= command.at;
  const renewed = isLate ? renewal(command, state, "beacon-passed") : undefined;
  if (isLate && !renewed) return refuse({ reason: "CommitmentNeeded" });
  const apart = new Set(columns.filter(isIdentifying).map(({ name }) => name));
  const part = (row: CaseRow, identifying: boolean): CaseRow =>
    Object.fromEntries(Object.entries(row).filter(([name]) => apart.has(name) === identifying));
  return accept<InspectionEvent>(
    {
      type: "CaseListSubmitted",
      ...stampOf(command),
      digest: digestOf(rows, columns),
      columns: columns.map(({ name }) => name),
      cases: rows.map((row, i) => ({
        case: caseIdOf(i + 1),
        profile: part(row, false),
        text: part(row, true) as Record<string, string>,
      })),
    },
    ...(renewed ?? []),
  );
};

export const returnList = (
  command: InspectionCommandOf<"ReturnCaseList">,
  state: InspectionState,
): InspectionAnswer => {
  const renewed = renewal(command, state, "list-returned");
  if (!renewed) return refuse({ reason: "CommitmentNeeded" });
  const { reason } = command;
  return accept<InspectionEvent>(
    { type: "CaseListReturned", ...stampOf(command), text: { reason } },
    ...renewed,
  );
};

/** Before the list has come in, sizes are set freely; after that, with a new commitment. */
export const setSizes = (
  command: InspectionCommandOf<"SetSampleSizes">,
  state: InspectionState,
): InspectionAnswer => {
  const { overrides } = command;
  const known = pinned(state.briefing).populations.map(({ name }) => name);
  const population = Object.keys(overrides).find((name) => !known.includes(name));
  if (population !== undefined) return refuse({ reason: "UnknownPopulation", population, known });
  const renewed = isListed(state) ? renewal(command, state, "sizes-set") : undefined;
  if (isListed(state) && !renewed) return refuse({ reason: "CommitmentNeeded" });
  return accept<InspectionEvent>(
    { type: "SampleSizesSet", ...stampOf(command), overrides },
    ...(renewed ?? []),
  );
};

/** Draws by the nonce that was committed to at announcement, then reveals it. */
export const drawCases = (
  command: InspectionCommandOf<"DrawSample">,
  state: InspectionState,
): InspectionAnswer => {
  const { nonce, beacon } = command;
  if (!isCommitted(state, nonce)) {
    return refuse({ reason: "NonceDoesNotMatch", commitment: state.commitment });
  }
  const problem = beaconProblem(command, state);
  if (problem) return refuse(problem);
  const rows = rowsOf([...state.cases.values()]);
  if (!rows) return refuse({ reason: "SampleCannotBeDrawn", why: "the case list was erased" });
  const draw = drawSample({
    rows,
    fieldworkStart: daysOf(state).fieldworkStart,
    nonce,
    beacon,
    settings: pinned(state.briefing),
    overrides: state.overrides,
  });
  if (sampleSize(draw) === 0) {
    return refuse({ reason: "SampleCannotBeDrawn", why: "no case on the list is eligible" });
  }
  const stamp = stampOf(command);
  return accept<InspectionEvent>(
    { type: "SampleDrawn", ...stamp, draw },
    { type: "NonceRevealed", ...stamp, nonce },
  );
};

export const isCommitted = ({ commitment }: InspectionState, nonce: Nonce): boolean =>
  commitmentTo(nonce) === commitment;

export const notify = (command: InspectionCommandOf<"NotifySample">): InspectionAnswer =>
  accept({ type: "SampleNotified", ...stampOf(command) });

export const bookInterview = (command: InspectionCommandOf<"BookInterview">): InspectionAnswer => {
  const { case: id, day, with: manager } = command;
  return accept({ type: "InterviewBooked", ...stampOf(command), case: id, day, with: manager });
};

/** The service says what came of drawing again from its own list. */
export const countersign = (
  command: InspectionCommandOf<"CountersignDraw">,
  state: InspectionState,
): InspectionAnswer => {
  const { seed, equal } = command;
  const drawn = state.draw?.seed;
  if (drawn !== undefined && drawn !== seed) return refuse({ reason: "AnotherDraw", seed: drawn });
  return accept({ type: "DrawCountersigned", ...stampOf(command), seed, equal });
};

const sampleSize = ({ populations }: Draw): number =>
  Object.values(populations).reduce((sum, { sample }) => sum + sample.length, 0);
