/** What was set aside, as people read it, and who may say what becomes of it. */
import type { Role } from "@assay/domain/kernel/actor.ts";
import { readAsides } from "@assay/host/aside-book.ts";
import type { EventStore } from "@assay/store/port.ts";

export const asidesTold = async (store: Pick<EventStore, "readAll">) =>
  (await readAsides(store)).map(
    ({ item, service, what, inspection, event, code, reason, since, times, again }) => ({
      ...{ item, service, what, code, reason, since, times, again },
      inspection: inspection ?? null,
      event: event === undefined ? null : { stream: event.stream, revision: event.revision },
    }),
  );

const deciding: ReadonlySet<Role> = new Set(["head-of-programme", "chief-inspector"]);

export const mayDecideOnAsides = (role: Role): boolean => deciding.has(role);
