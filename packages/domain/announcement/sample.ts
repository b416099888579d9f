/** From the case list to a sample that anyone can draw again, and the replacements in it. */
import { pinned } from "../briefing/inspection.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf, words } from "../kernel/fact.ts";
import { caseIdOf } from "../kernel/ids.ts";
import { type CaseRow, digestOf } from "../sampling/case-list.ts";
import { type Draw, drawSample } from "../sampling/draw.ts";
import { nextReserve, type Profiled } from "../sampling/reserves.ts";
import { commitmentTo, type Nonce } from "../sampling/stream.ts";
import type { InspectionCommandOf } from "./commands.ts";
import type { InspectionEvent, ListedCase } from "./events.ts";
import { daysOf, type InspectionAnswer, type InspectionState } from "./state.ts";

export const submitList = (command: InspectionCommandOf<"SubmitCaseList">): InspectionAnswer =>
  accept({
    type: "CaseListSubmitted",
    ...stampOf(command),
    digest: digestOf(command.rows),
    cases: command.rows.map(({ ref, child, manager, ...profile }, i) => ({
      case: caseIdOf(i + 1),
      profile,
      text: { ref, child, manager },
    })),
  });

export const returnList = (command: InspectionCommandOf<"ReturnCaseList">): InspectionAnswer =>
  accept({ type: "CaseListReturned", ...stampOf(command), text: { reason: command.reason } });

/** Draws by the nonce that was committed to at announcement, then reveals it. */
export const drawCases = (
  command: InspectionCommandOf<"DrawSample">,
  state: InspectionState,
): InspectionAnswer => {
  const { nonce, beacon, overrides } = command;
  if (!isCommitted(state, nonce)) {
    return refuse({ reason: "NonceDoesNotMatch", commitment: state.commitment });
  }
  const rows = rowsOf([...state.cases.values()]);
  if (!rows) return refuse({ reason: "SampleCannotBeDrawn", why: "the case list was erased" });
  const draw = drawSample({
    rows,
    fieldworkStart: daysOf(state).fieldworkStart,
    nonce,
    beacon,
    settings: pinned(state.briefing).ruleset.sampling,
    overrides,
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

export const bookInterview = (
  command: InspectionCommandOf<"BookInterview">,
  state: InspectionState,
): InspectionAnswer => {
  const { case: id, day, with: manager } = command;
  if (!state.briefing.sample.has(id)) return refuse({ reason: "NotInTheSample", case: id });
  return accept({ type: "InterviewBooked", ...stampOf(command), case: id, day, with: manager });
};

/** The next reserve follows from the draw; nobody picks it. Without one the sample shrinks. */
export const replace = (
  command: InspectionCommandOf<"ReplaceCase">,
  state: InspectionState,
): InspectionAnswer => {
  const { case: id, reason, note } = command;
  const sampled = state.briefing.sample.get(id);
  const gone = state.cases.get(id);
  if (!sampled || !gone || !state.draw) return refuse({ reason: "NotInTheSample", case: id });
  if (state.confirmed.has(id)) return refuse({ reason: "AssessmentConfirmed", case: id });
  const replacement = nextReserve({
    replaced: profiled(gone),
    reserves: state.draw.populations[sampled.population].reserves
      .map((reserve) => state.cases.get(reserve))
      .filter((listed) => listed !== undefined)
      .map(profiled),
    used: state.called,
    variables: state.draw.settings.balancedOn,
  });
  const fact = { ...stampOf(command), case: id, reason, text: { note } };
  return accept(
    replacement
      ? { type: "CaseReplaced", ...fact, replacement }
      : { type: "CaseWithdrawn", ...fact },
  );
};

const profiled = (listed: ListedCase): Profiled => ({ case: listed.case, row: listed.profile });

const sampleSize = ({ populations: { court, outOfCourt } }: Draw): number =>
  court.sample.length + outOfCourt.sample.length;

/** The list as it was received, or undefined once any of its text is erased. */
const rowsOf = (cases: readonly ListedCase[]): readonly CaseRow[] | undefined => {
  const rows: CaseRow[] = [];
  for (const { profile, text } of cases) {
    const identity = words(text);
    if (!identity) return undefined;
    rows.push({ ...identity, ...profile });
  }
  return rows;
};
