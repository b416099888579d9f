/** Where in the console something owed is done. */
import { placeOf } from "@assay/domain/tracking/place.ts";

import type { Listed } from "./held.ts";
import type { Owed } from "./tracker.ts";
import type { Viewer } from "./viewer.ts";

export const dutyHref = ({ key, owner }: Owed, { inspection }: Listed, viewer: Viewer): string =>
  placeOf(inspection, key, viewer.kind === "person" ? viewer.actor.role : owner);
