/** Where in the console something owed is done. */
import type { Held } from "./held.ts";
import type { Owed } from "./tracker.ts";
import type { Viewer } from "./viewer.ts";

export const dutyHref = ({ key, step }: Owed, held: Held, viewer: Viewer): string => {
  const base = `/inspections/${held.inspection}`;
  if (viewer.kind === "person" && viewer.actor.role === "provider-user") return base;
  const [verb = "", subject = ""] = key.split("/");
  if (verb === "assess" || verb === "second-mark") return `${base}/cases/${subject}/assess`;
  if (["confirm", "allocate", "pass-on", "pass-on-second"].includes(verb))
    return `${base}/cases/${subject}`;
  if (verb === "draw" || verb === "notify") return `${base}/sample`;
  if (verb === "decide") return `${base}/panel/${subject}`;
  if (step === "panel") return `${base}/panel`;
  if (step === "publication") return `${base}/report`;
  return base;
};
