/** Where in the console something owed is done: for its pages, and for letters that lead there. */
import type { Role } from "../kernel/actor.ts";
import type { InspectionId } from "../kernel/ids.ts";

const atPanel = new Set(["convene", "conclude", "reconvene", "decide-overall"]);
const atReport = new Set([
  "send-draft",
  "comment",
  "end-comments",
  "answer",
  "close-accuracy",
  "sign-off",
  "withdraw-sign-off",
  "set-embargo",
  "copies",
  "publish",
  "correct",
  "action-plan",
  "accept-plan",
  "release-progress",
]);

/** The path of the page; a service's manager has one page for everything. */
export const placeOf = (inspection: InspectionId, key: string, role: Role): string => {
  const base = `/inspections/${inspection}`;
  if (role === "provider-user") return `${base}/service`;
  const [verb = "", subject = ""] = key.split("/");
  if (verb === "assess" || verb === "second-mark") return `${base}/cases/${subject}/assess`;
  if (["confirm", "allocate", "pass-on", "pass-on-second"].includes(verb))
    return `${base}/cases/${subject}`;
  if (verb === "draw" || verb === "notify") return `${base}/sample`;
  if (verb === "decide") return `${base}/panel/${subject}`;
  if (verb === "draft") return `${base}/report/sections/${subject}`;
  if (atPanel.has(verb)) return `${base}/panel`;
  return atReport.has(verb) ? `${base}/report` : base;
};
