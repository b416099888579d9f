/** An inspection's stored facts, as folds take them. */
import { isFact } from "@assay/domain/audit/recorded.ts";
import { factIn } from "@assay/domain/facts.ts";
import { fold } from "@assay/domain/kernel/decider.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { panel } from "@assay/domain/panel/decide.ts";
import type { PanelState } from "@assay/domain/panel/state.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import type { EventStore } from "@assay/store/port.ts";

/** What the panel's rules know, which is every fact that a rating rests on. */
export const lookAt = async (
  store: Pick<EventStore, "read">,
  inspection: InspectionId,
): Promise<PanelState> =>
  fold(panel, (await readInspection(store, inspection)).filter(isFact).map(factIn));
