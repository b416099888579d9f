/** An inspection in one line: its stage, its score, what is owed by whom by when, late first. */
import type { Rating } from "@assay/domain/framework/scale.ts";
import type { Role } from "@assay/domain/kernel/actor.ts";
import type { PersonId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { maxScoreOf } from "@assay/domain/ratings/overall.ts";
import { leadOf } from "@assay/domain/briefing/inspection.ts";
import { isOverdue, sooner } from "@assay/domain/tracking/owed.ts";
import { type Stage, stageOf as stageIn } from "@assay/domain/lifecycle/stage.ts";
import { type ChartName, chartNames, dutiesByStep } from "@assay/domain/tracking/standing.ts";

import { onceFor } from "./derived.ts";
import type { Held } from "./held.ts";
import type { Viewer } from "./viewer.ts";

/** Something owed, without what Assay would send: for reading and the API. */
export type Owed = {
  readonly inspection: string;
  readonly service: string;
  readonly step: ChartName;
  readonly key: string;
  readonly what: string;
  readonly owner: Role;
  readonly person?: PersonId;
  readonly due?: Instant;
  readonly late: boolean;
};

export const stageOf = ({ lifecycle }: Held): Stage => stageIn(lifecycle);

/** Undefined until the panel has concluded. */
export type Scored = {
  readonly score: number;
  readonly maxScore: number;
  readonly overall: Rating | undefined;
};

export const scoredOf = ({ panel }: Held): Scored | undefined => {
  const { framework } = panel.briefing;
  if (!framework || panel.concluded.length === 0) return undefined;
  const score = panel.concluded.reduce((sum, each) => sum + (each.score ?? 0), 0);
  return { score, maxScore: maxScoreOf(framework), overall: panel.overall };
};

export const serviceName = ({ announcement, inspection }: Held): string =>
  announcement.briefing.service?.name ?? inspection;

/** What is owed follows from the facts; only what is late depends on the moment. */
const dutiesIn = onceFor((held: Held) => dutiesByStep(held.inspection, held));

/** Everything owed for one inspection: by date, then what has no date. */
export const owedFor = (held: Held, now: Instant): readonly Owed[] => {
  const { inspection } = held;
  const service = serviceName(held);
  const duties = dutiesIn(held);
  return chartNames
    .flatMap((step) => duties[step].map((duty) => ({ step, duty })))
    .map(({ step, duty: { key, what, owner, person, due } }): Owed => ({
      inspection,
      service,
      step,
      key,
      what,
      owner,
      ...(person !== undefined && { person }),
      ...(due !== undefined && { due }),
      late: isOverdue({ ...(due !== undefined && { due }), owner }, now),
    }))
    .toSorted(sooner);
};

const leads = ["lead-inspector", "deputy-lead-inspector"];
const assessing = ["inspector", "assistant-inspector", "local-assessor"];

/** Whether something owed is this person's to do. */
export const isTheirs = (owed: Owed, viewer: Viewer, held: Held): boolean => {
  if (viewer.kind !== "person" || owed.owner === "system") return false;
  const { id, role, service } = viewer.actor;
  if (owed.person !== undefined) return owed.person === id;
  if (owed.owner === "provider-user")
    return role === "provider-user" && service === held.announcement.briefing.service?.id;
  if (leads.includes(owed.owner)) return leadOf(held.announcement.briefing) === id;
  return owed.owner === role || (assessing.includes(owed.owner) && assessing.includes(role));
};
