/** An inspection in one line: its stage, its score, what is owed by whom by when, late first. */
import type { Role } from "@assay/domain/kernel/actor.ts";
import type { PersonId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { isOverdue, sooner } from "@assay/domain/tracking/owed.ts";
import type { Stage } from "@assay/domain/lifecycle/stage.ts";
import type { Scored } from "@assay/domain/tracking/outline.ts";
import type { ChartName } from "@assay/domain/tracking/standing.ts";

import type { Listed } from "./held.ts";
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

export const stageOf = ({ stage }: Listed): Stage => stage;

/** Undefined until the panel has concluded. */
export const scoredOf = ({ scored }: Listed): Scored | undefined => scored;

export const serviceName = ({ service, inspection }: Listed): string => service?.name ?? inspection;

/** Everything owed for one inspection: by date, then what has no date. */
export const owedFor = (held: Listed, now: Instant): readonly Owed[] => {
  const { inspection } = held;
  const service = serviceName(held);
  return held.duties
    .map(({ due, person, ...duty }): Owed => ({
      ...{ inspection, service, ...duty },
      ...(person !== undefined && { person }),
      ...(due !== undefined && { due }),
      late: isOverdue({ ...(due !== undefined && { due }), owner: duty.owner }, now),
    }))
    .toSorted(sooner);
};

const leads = ["lead-inspector", "deputy-lead-inspector"];
const assessing = ["inspector", "assistant-inspector", "local-assessor"];

/** Whether something owed is this person's to do. */
export const isTheirs = (owed: Owed, viewer: Viewer, held: Listed): boolean => {
  if (viewer.kind !== "person" || owed.owner === "system") return false;
  const { id, role, service } = viewer.actor;
  if (owed.person !== undefined) return owed.person === id;
  if (owed.owner === "provider-user")
    return role === "provider-user" && service === held.service?.id;
  if (leads.includes(owed.owner)) return held.lead === id;
  return owed.owner === role || (assessing.includes(owed.owner) && assessing.includes(role));
};
