/**
 * The commitment to the secret half of the seed. Once the list has come in, whatever decides the
 * sample changes only with a new commitment, so that nobody can try lists, days or sizes in secret.
 */
import type { Timetable } from "../framework/timetable.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { type Stamp, stampOf } from "../kernel/fact.ts";
import type { Digest } from "../kernel/ids.ts";
import { fromEpochMs, inEngland, type Instant, toEpochMs } from "../kernel/instants.ts";
import { type BeaconRound, BeaconSource, isOfRound, roundAfter } from "../sampling/beacon.ts";
import type { InspectionCommandOf, InspectionRefusal } from "./commands.ts";
import type { RenewalReason } from "../sampling/stream.ts";
import type { InspectionEvent } from "./events.ts";
import { daysOf, type InspectionAnswer, type InspectionState } from "./state.ts";

const ONE_DAY = 24 * 60 * 60 * 1000;

type Renewing = Stamp & { readonly commitment?: Digest | undefined };

/** The new commitment, with another round where a beacon was named; none where nobody gave one. */
export const renewal = (
  command: Renewing,
  state: InspectionState,
  because: RenewalReason,
  timetable: Timetable = daysOf(state),
): readonly InspectionEvent[] | undefined => {
  const { commitment, at } = command;
  if (!commitment) return undefined;
  const stamp = stampOf(command);
  const beacon = state.beacon && roundFor(state.beacon.source, timetable, at);
  return [
    { type: "CommitmentRenewed", ...stamp, commitment, because },
    ...(beacon ? [{ type: "BeaconNamed", ...stamp, beacon } as const] : []),
  ];
};

/** Before the list has come in, so that the service cannot know the value either. */
export const nameBeacon = (
  command: InspectionCommandOf<"NameBeacon">,
  state: InspectionState,
): InspectionAnswer => {
  const beacon = roundFor(command.source, daysOf(state), command.at);
  if (!beacon) return refuse({ reason: "BeaconNotAcceptable", why: "no-round" });
  return accept({ type: "BeaconNamed", ...stampOf(command), beacon });
};

/** No beacon that could be named has rounds yet. */
export const withoutRounds = (at: Instant, state: InspectionState): InspectionRefusal | undefined =>
  [...BeaconSource.values].some((source) => roundFor(source, daysOf(state), at))
    ? undefined
    : { reason: "BeaconNotAcceptable", why: "no-round" };

/**
 * The first round from noon of the day on which the sample is due, and at least a day ahead, so
 * that the list is in by then; undefined while the beacon has no rounds.
 */
const roundFor = (
  source: BeaconSource,
  { sample }: Timetable,
  at: Instant,
): BeaconRound | undefined => {
  const noon = sample && inEngland(sample, "12:00");
  const tomorrow = fromEpochMs(toEpochMs(at) + ONE_DAY);
  return roundAfter(source, noon && noon > tomorrow ? noon : tomorrow);
};

/** Whether a list has come in whose sample was not drawn yet. */
export const isListed = ({ listDigest, draw }: InspectionState): boolean =>
  listDigest !== undefined && !draw;

/** What is wrong with the value given at the draw. */
export const beaconProblem = (
  { beacon }: InspectionCommandOf<"DrawSample">,
  { beacon: named }: InspectionState,
): InspectionRefusal | undefined => {
  const no = { reason: "BeaconNotAcceptable", ...(named && { named }) } as const;
  if (!named) return beacon === undefined ? undefined : { ...no, why: "not-named" };
  if (beacon === undefined) return { ...no, why: "missing" };
  return isOfRound(named, beacon) ? undefined : { ...no, why: "another-value" };
};
