/** Which part of a stream is still read, after truncation and by its limits of count and age. */
import { isMetastream } from "./metadata.ts";
import type { Stream } from "./streams.ts";

export type Visible = {
  readonly first: number;
  readonly last: number;
  /** Events made before this moment (milliseconds since 1970) are passed over. */
  readonly since: number;
};

/** Of a metadata stream only the last event counts. */
export const visiblePart = (name: string, stream: Stream, now: number): Visible => ({
  first: Math.max(stream.truncateBefore, firstByCount(name, stream)),
  last: stream.last,
  since: stream.maxAge === undefined ? 0 : now - stream.maxAge * 1000,
});

const firstByCount = (name: string, { last, maxCount }: Stream): number => {
  if (isMetastream(name)) return last;
  return maxCount === undefined ? 0 : last - maxCount + 1;
};
