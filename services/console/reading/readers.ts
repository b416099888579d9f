/**
 * Who may read what a path answers: the one table that every request passes, pages and API alike.
 * A path that does not stand here is served to nobody, because the console does not start with it.
 */
import type { Reading } from "@assay/domain/permissions.ts";

import type { Held } from "./held.ts";
import { isStaff, mayRead, type Viewer } from "./viewer.ts";

/**
 * `everybody`: what is public. `signed-in`: whoever has signed in; the answer holds what each may
 * see. `staff`: signed in, and not for an inspected service. `service`: the inspected service
 * itself. Otherwise the part of the inspection in the path that one must be allowed to read.
 */
export type Readers = "everybody" | "signed-in" | "staff" | "service" | Reading;

export const readers: Readonly<Record<string, Readers>> = {
  "/": "everybody",
  "/public": "everybody",
  "/public/:inspection": "everybody",
  "/public/:inspection/why/:subject": "everybody",
  /** Whose address nobody can guess: it is what lets a calendar read it. */
  "/calendars/:feed": "everybody",
  "/sign-in": "everybody",
  "/sign-in/callback": "everybody",
  "/sign-in/role": "signed-in",
  "/sign-out": "everybody",
  "/sign-out/back-channel": "everybody",
  "/public/:inspection/bundle/:version": "everybody",
  "/live": "signed-in",
  /** Keeps what somebody types, for nobody but them. */
  "/unsent": "signed-in",
  /** Where there is a demonstration, whose time anybody may move on who acts in it. */
  "/demonstration/time": "signed-in",
  "/my-cases": "staff",
  "/events": "staff",
  "/events/:stream/:revision": "staff",
  "/operations": "staff",
  "/frameworks": "staff",
  "/frameworks/:framework": "staff",
  "/programme": "staff",
  "/programmes/:programme": "staff",
  "/inspections/:inspection/live": "inspection",
  "/inspections/:inspection/fieldwork": "sample",
  "/inspections/:inspection/files/:digest": "inspection",
  "/inspections/:inspection/what-if": "history",
  "/inspections/:inspection/proofs": "history",
  "/inspections/:inspection": "inspection",
  "/inspections/:inspection/why/:subject": "ratings",
  "/inspections/:inspection/sample": "sample",
  "/inspections/:inspection/cases": "sample",
  "/inspections/:inspection/cases/:case": "sample",
  "/inspections/:inspection/cases/:case/assess": "cases",
  "/inspections/:inspection/cases/:case/assess/:step": "cases",
  "/inspections/:inspection/panel": "panel",
  "/inspections/:inspection/panel/:standard": "panel",
  "/inspections/:inspection/letters": "inspection",
  "/inspections/:inspection/letters/:letter": "inspection",
  "/inspections/:inspection/letters/:letter/copy": "report",
  /** For whoever has the link, which nobody can guess. */
  "/copies/:inspection/:token": "everybody",
  "/inspections/:inspection/report": "report",
  "/inspections/:inspection/report/sections/:section": "report",
  "/inspections/:inspection/report/draft": "report",
  "/inspections/:inspection/report/draft.pdf": "report",
  "/inspections/:inspection/report/draft/assets/:asset": "report",
  "/inspections/:inspection/service": "service",
  "/inspections/:inspection/service/case-list.csv": "service",
  "/inspections/:inspection/service/templates/:request": "service",
  "/inspections/:inspection/history": "history",
  "/inspections/:inspection/history.csv": "history",
  "/api": "everybody",
  "/api/openapi.json": "everybody",
  "/api/framework.schema.json": "everybody",
  "/api/v1/inspections": "signed-in",
  "/api/v1/inspections/:inspection": "inspection",
  "/api/v1/duties": "signed-in",
  "/api/v1/inspections/:inspection/ratings": "ratings",
  "/api/v1/inspections/:inspection/ratings/:subject/why": "ratings",
  "/api/v1/inspections/:inspection/events": "history",
  "/api/v1/inspections/:inspection/history": "history",
  "/api/v1/inspections/:inspection/history/moments": "history",
  "/api/v1/inspections/:inspection/history/ratings": "history",
  "/api/v1/inspections/:inspection/history/difference": "history",
  "/api/v1/inspections/:inspection/what-if": "history",
  "/api/v1/inspections/:inspection/what-if/deciding": "history",
  "/api/v1/inspections/:inspection/sample": "sample",
  "/api/v1/inspections/:inspection/cases": "sample",
  "/api/v1/inspections/:inspection/cases/:case": "sample",
  "/api/v1/my-cases": "staff",
  "/api/v1/inspections/:inspection/plan": "inspection",
  "/api/v1/inspections/:inspection/requests": "inspection",
  "/api/v1/inspections/:inspection/letters": "inspection",
  "/api/v1/inspections/:inspection/letters/sent": "inspection",
  "/api/v1/inspections/:inspection/letters/sent/:letter": "inspection",
  "/api/v1/inspections/:inspection/letters/sent/:letter/copy": "report",
  "/api/v1/inspections/:inspection/files/:digest": "inspection",
  "/api/v1/inspections/:inspection/alerts": "inspection",
  "/api/v1/inspections/:inspection/allocation": "sample",
  "/api/v1/inspections/:inspection/reminders": "sample",
  "/api/v1/inspections/:inspection/surveys": "sample",
  "/api/v1/inspections/:inspection/conflicts": "sample",
  "/api/v1/inspections/:inspection/judged-by-people": "panel",
  "/api/v1/inspections/:inspection/domain-one": "panel",
  "/api/v1/inspections/:inspection/panel": "panel",
  "/api/v1/inspections/:inspection/panel/:standard": "panel",
  "/api/v1/inspections/:inspection/quality": "panel",
  "/api/v1/inspections/:inspection/agreement": "panel",
  "/api/v1/workload": "staff",
  "/api/v1/agreement": "staff",
  "/api/v1/inspections/:inspection/report": "report",
  "/api/v1/inspections/:inspection/report/review": "report",
  "/api/v1/inspections/:inspection/report/accuracy": "report",
  "/api/v1/inspections/:inspection/report/draft.pdf": "report",
  "/api/v1/inspections/:inspection/proofs": "history",
  "/api/v1/inspections/:inspection/proofs/:version": "history",
  "/api/v1/inspections/:inspection/bundles/:version": "inspection",
  "/api/v1/events": "staff",
  "/api/v1/events/:stream/:revision": "staff",
  "/api/v1/aside": "staff",
  "/api/v1/aside/:item": "staff",
  "/api/v1/programmes": "staff",
  "/api/v1/programmes/:programme": "staff",
  "/api/v1/programmes/:programme/placements/:service": "staff",
  "/api/v1/calendars": "signed-in",
  "/api/v1/calendars/change": "signed-in",
  "/api/v1/people": "staff",
  "/api/v1/frameworks": "signed-in",
  "/api/v1/frameworks/:framework": "signed-in",
  "/api/v1/inspections/:inspection/keys/give-up": "inspection",
  "/api/v1/inspections/:inspection/judgements": "cases",
  "/api/v1/inspections/:inspection/submissions": "service",
  "/api/v1/batches": "signed-in",
  "/api/v1/commands": "signed-in",
};

/** Throws for a path without a row: whoever adds a page says who it is for. */
export const assertEveryPathHasReaders = (paths: readonly string[]): void => {
  const missing = paths.filter((path) => !Object.hasOwn(readers, path));
  if (missing.length > 0)
    throw new TypeError(
      `say in reading/readers.ts who may read ${[...new Set(missing)].join(", ")}`,
    );
};

export type Admission = "admitted" | "sign-in-needed" | "not-for-them";

/** `held` is the inspection that the path names, if there is one of that name. */
export const admission = (path: string, viewer: Viewer, held: Held | undefined): Admission => {
  const whose = readers[path];
  if (whose === "everybody") return "admitted";
  if (viewer.kind === "public") return "sign-in-needed";
  if (whose === undefined) return "not-for-them";
  if (whose === "signed-in") return "admitted";
  if (whose === "staff") return isStaff(viewer) ? "admitted" : "not-for-them";
  if (held === undefined) return "not-for-them";
  const may =
    whose === "service"
      ? !isStaff(viewer) && mayRead(viewer, "inspection", held)
      : mayRead(viewer, whose, held);
  return may ? "admitted" : "not-for-them";
};
