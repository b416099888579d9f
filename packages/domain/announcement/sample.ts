/** From the case list to a sample that anyone can draw again, and the replacements in it. */
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf, words } from "../kernel/fact.ts";
import { caseIdOf } from "../kernel/ids.ts";
import { type CaseRow, digestOf } from "../sampling/case-list.ts";
import { type Draw, drawSample } from "../sampling/draw.ts";
import { nextReserve, type Profiled } from "../sampling/reserves.ts";
import { commitmentTo } from "../sampling/stream.ts";
import type { InspectionCommandOf } from "./commands.ts";
import type { InspectionEvent, ListedCase } from "./events.ts";
import { type InspectionAnswer, type InspectionState, wrongPhase } from "./state.ts";

export const submitList = (
  command: InspectionCommandOf<"SubmitCaseList">,
  state: InspectionState,
): InspectionAnswer => {
  const digest = digestOf(command.rows);
  if (state.listDigest === digest) return accept();
  if (state.listDigest) {
    return refuse({ reason: "CaseListAlreadySubmitted", digest: state.listDigest });
  }
  if (!state.phase.matches({ active: "announced" })) return wrongPhase(state);
  return accept({
    type: "CaseListSubmitted",
    ...stampOf(command),
    digest,
    cases: command.rows.map(({ ref, child, manager, ...profile }, i) => ({
      case: caseIdOf(i + 1),
      profile,
      text: { ref, child, manager },
    })),
  });
};

export const returnList = (
  command: InspectionCommandOf<"ReturnCaseList">,
  state: InspectionState,
): InspectionAnswer => {
  if (state.phase.matches({ active: "announced" })) return accept();
  if (!state.phase.matches({ active: "listed" })) return wrongPhase(state);
  const text = { reason: command.reason };
  return accept({ type: "CaseListReturned", ...stampOf(command), text });
};

/** Draws by the nonce that was committed to at announcement, then reveals it. */
export const drawCases = (
  command: InspectionCommandOf<"DrawSample">,
  state: InspectionState,
): InspectionAnswer => {
  const { nonce, beacon, overrides } = command;
  const { briefing, commitment } = state;
  if (state.draw && commitmentTo(nonce) === commitment) return accept();
  const { framework, timetable } = briefing;
  const ready = state.phase.matches({ active: "listed" }) && framework && timetable;
  if (!ready || !commitment) return wrongPhase(state);
  if (commitmentTo(nonce) !== commitment)
    return refuse({ reason: "NonceDoesNotMatch", commitment });
  const rows = rowsOf([...state.cases.values()]);
  if (!rows) return refuse({ reason: "SampleCannotBeDrawn", why: "the case list was erased" });
  const draw = drawSample({
    rows,
    fieldworkStart: timetable.fieldworkStart,
    nonce,
    beacon,
    settings: framework.ruleset.sampling,
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

export const notify = (
  command: InspectionCommandOf<"NotifySample">,
  state: InspectionState,
): InspectionAnswer => {
  if (state.briefing.notified) return accept();
  if (!state.phase.matches({ active: "sampled" })) return wrongPhase(state);
  return accept({ type: "SampleNotified", ...stampOf(command) });
};

export const bookInterview = (
  command: InspectionCommandOf<"BookInterview">,
  state: InspectionState,
): InspectionAnswer => {
  const { case: id, day, with: manager } = command;
  if (state.interviews.get(id) === day) return accept();
  if (!state.phase.matches({ active: "notified" })) return wrongPhase(state);
  if (!state.briefing.sample.has(id)) return refuse({ reason: "NotInTheSample", case: id });
  return accept({ type: "InterviewBooked", ...stampOf(command), case: id, day, with: manager });
};

/** The next reserve follows from the draw; nobody picks it. Without one the sample shrinks. */
export const replace = (
  command: InspectionCommandOf<"ReplaceCase">,
  state: InspectionState,
): InspectionAnswer => {
  const { case: id, reason, note } = command;
  if (state.gone.has(id)) return accept();
  const sampled = state.briefing.sample.get(id);
  const gone = state.cases.get(id);
  if (!sampled || !gone) return refuse({ reason: "NotInTheSample", case: id });
  if (!state.draw || !state.phase.matches({ active: "notified" })) return wrongPhase(state);
  if (state.fieldworkClosed) return refuse({ reason: "FieldworkHasClosed" });
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
