/** What the people of a story write. */
import type { OutlineSection } from "../framework/outline.ts";
import type { Rating } from "../framework/scale.ts";
import type { CaseId } from "../kernel/ids.ts";

/** An answer on a case, or what is said of the case before any. */
export type Said = {
  readonly case: CaseId;
  readonly question?: string | undefined;
  readonly answer?: string | undefined;
};

export type Sayings = {
  /** The rationale of what is found in a case. */
  readonly judged: (said: Said) => string;
  readonly recipient: (office: string) => string;
  readonly evidence: (code: string) => string;
  readonly proposed: (code: string) => string;
  readonly feedback: string;
  readonly discretionDeclined: (published: Rating) => string;
  /** Why the whole is rated as it is, where it does not follow. */
  readonly overall: string;
  readonly section: (section: OutlineSection) => string;
  readonly comment: string;
  readonly answer: string;
  readonly figuresFrom: string;
  readonly recommendation: (number: number) => string;
  readonly action: (recommendation: number) => string;
};
