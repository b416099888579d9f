/** The refusals that keep people from steering a sample. */
export type Steering =
  | "AnotherDraw"
  | "BeaconNotAcceptable"
  | "CommitmentNeeded"
  | "NothingToApprove"
  | "SecondPersonNeeded";
