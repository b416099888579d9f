/**
 * What Assay itself owes, computed from the store by whoever asks: the services' own flows over the
 * facts. So a story's teller knows, without asking a service, whether all of them are done.
 */
import { throwawaySecret } from "@assay/announcement/secret.ts";
import { announcementService } from "@assay/announcement/service.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { fieldworkService } from "@assay/fieldwork/service.ts";
import type { Flowing } from "@assay/host/definition.ts";
import { Knowledge } from "@assay/host/knowledge.ts";
import { panelService } from "@assay/panel/service.ts";
import { publicationService } from "@assay/publication/service.ts";
import type { EventStore, Position, StoredEvent } from "@assay/store/port.ts";

/** Sorts before every instant: what is done at once, because no date is set for it. */
const atOnce = "";

/** Reads on in the store; resolves with the moments for which something is owed, in order. */
export type Owed = () => Promise<readonly string[]>;

export const createOwed = (store: EventStore, inspections: readonly InspectionId[]): Owed => {
  const flows = allFlows();
  const ledgers = inspections.flatMap((inspection) =>
    flows.map((flowing) => ({ inspection, flowing, knowledge: knowledgeFor(flowing) })),
  );
  const prefixes = [...new Set(flows.flatMap((flowing) => flowing.prefixes))];
  let after: Position | undefined;

  const learn = (event: StoredEvent): void => {
    const inspection = inspectionOf(event.stream);
    for (const { inspection: own, flowing, knowledge } of ledgers)
      if (own === inspection && flowing.prefixes.some((prefix) => event.stream.startsWith(prefix)))
        knowledge.fold(event.stream, [event]);
  };
  return async () => {
    for await (const page of store.readAll({ prefixes, ...(after && { after }) }))
      for (const event of page) {
        learn(event);
        after = event.position;
      }
    return ledgers
      .flatMap(({ inspection, flowing, knowledge }) =>
        flowing.flow.owed(inspection, knowledge.state),
      )
      .flatMap(({ command, due }) => (command ? [due ?? atOnce] : []))
      .toSorted();
  };
};

/** The secret plays no part in what is owed. */
const allFlows = (): readonly Flowing[] =>
  [
    announcementService({ secret: throwawaySecret() }),
    fieldworkService(),
    panelService(),
    publicationService(),
  ].flatMap(({ flow }) => flow ?? []);

const knowledgeFor = ({ flow, factOf }: Flowing): Knowledge =>
  new Knowledge(flow.initial, { evolve: flow.evolve, factOf });
