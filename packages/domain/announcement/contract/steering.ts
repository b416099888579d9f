/** The refusals that keep people from steering a sample. */
export type Steering =
  | "AnotherDraw"
  | "BeaconNotAcceptable"
  | "CommitmentNeeded"
  | "NothingToApprove"
  | "SecondPersonNeeded"
  | "UnknownPopulation";

/** Refusals of what is sent when it was asked for: `requests-refusals.test.ts` has their tests. */
export type OfRequests =
  | "UnknownSubmission"
  | "NothingReceived"
  | "RequestNotOpen"
  | "FileNotAcceptable"
  | "UnknownRequest";
