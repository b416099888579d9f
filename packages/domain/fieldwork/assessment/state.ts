/** What the rules of an assessment know: its own case, and what others' facts say about it. */
import type { CaseFile } from "../../briefing/case-file.ts";
import type { Briefing } from "../../briefing/inspection.ts";
import type { Decision } from "../../kernel/decider.ts";
import type { CaseId, PersonId } from "../../kernel/ids.ts";
import type { LifecyclePhase } from "../../lifecycle/machine.ts";
import type { Conflicts } from "../conflicts.ts";
import type { AssessmentRefusal } from "./commands.ts";
import type { AssessmentEvent } from "./events.ts";
import type { AssessmentPhase } from "./machine.ts";

export type AssessmentState = {
  readonly phase: AssessmentPhase;
  readonly lifecycle: LifecyclePhase;
  readonly briefing: Briefing;
  /** The panel has concluded and has not come together again. */
  readonly rated: boolean;
  readonly allocation: ReadonlyMap<CaseId, PersonId>;
  readonly conflicts: Conflicts;
  readonly file: CaseFile;
};

export type AssessmentAnswer = Decision<AssessmentEvent, AssessmentRefusal>;
