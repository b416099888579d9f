import { people } from "@assay/spec/people.ts";
import { type Refusals, testRefusals } from "@assay/spec/refusals.ts";
import type { World } from "@assay/spec/world.ts";

import type { FieldworkRefusal } from "./commands.ts";
import { alarm, alarmed, answer, close, type OfAlerts } from "./contract/alerting.ts";

const answered = (world: World): void => {
  alarmed(world);
  world.tell(people.provider, answer);
};
const allClear = (world: World): void => {
  answered(world);
  world.tell(people.lead, close);
};

const table: Pick<Refusals<FieldworkRefusal>, OfAlerts> = {
  UnknownAlert: [
    {
      at: "opened",
      by: people.lead,
      ask: { type: "NotifyAlert", alert: "alert-one", to: people.provider.id },
    },
    { at: "opened", by: people.provider, ask: answer, says: { alert: "alert-one" } },
    { at: "opened", by: people.lead, ask: close },
  ],
  AlertNotNotified: [{ at: "opened", before: alarm, by: people.provider, ask: answer }],
  AlertNotAnswered: [
    { at: "opened", before: alarm, by: people.lead, ask: close },
    { at: "opened", before: alarmed, by: people.lead, ask: close },
  ],
  AlertAnswered: [
    {
      at: "opened",
      before: answered,
      by: people.lead,
      ask: { type: "NotifyAlert", alert: "alert-one", to: "somebody-else" },
    },
  ],
  AlertClosed: [
    {
      at: "opened",
      before: allClear,
      by: people.provider,
      ask: { ...answer, response: "Done, and more." },
    },
    { at: "opened", before: allClear, by: people.lead, ask: { ...close, outcome: "Not so safe." } },
  ],
};
testRefusals(table);
