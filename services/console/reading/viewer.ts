/**
 * Who looks, how they stand to an inspection, and what the role table lets them see of it. What is
 * public has pages of its own, which look at nothing later than the publication.
 */
import { type Actor, forbids } from "@assay/domain/kernel/actor.ts";
import type { CaseId } from "@assay/domain/kernel/ids.ts";
import { type Reading, readingPermissions } from "@assay/domain/permissions.ts";
import { relationsTo } from "@assay/domain/tracking/outline.ts";

import type { Held, Listed } from "./held.ts";

export type Viewer =
  | { readonly kind: "public" }
  | { readonly kind: "person"; readonly actor: Actor; readonly name: string };

export const isStaff = (viewer: Viewer): boolean =>
  viewer.kind === "person" && viewer.actor.role !== "provider-user";

/** What of an inspection a viewer may read, as the role table says. */
export const mayRead = (viewer: Viewer, what: Reading, held: Listed): boolean =>
  viewer.kind === "person" &&
  forbids(readingPermissions, { type: what, by: viewer.actor }, relationsTo(held, viewer.actor)) ===
    undefined;

/** That there is such an inspection, its dates, its stage and what is owed. */
export const maySee = (viewer: Viewer, held: Listed): boolean =>
  mayRead(viewer, "inspection", held);

/** Ratings, and the numbers and reasons that led to them. */
export const maySeeRatings = (viewer: Viewer, held: Listed): boolean =>
  mayRead(viewer, "ratings", held);

/** Single cases, their judgements and what was written about them; names of those who judged. */
export const maySeeCases = (viewer: Viewer, held: Listed): boolean =>
  mayRead(viewer, "cases", held);

export const isPublished = ({ version }: Listed): boolean => version > 0;

/** The draft has gone to the service. */
export const isShared = ({ shared }: Listed): boolean => shared;

/** Marking again is worth something only while the first marking is unknown. */
export const isBlind = (viewer: Viewer, { fieldwork }: Held, id: CaseId): boolean => {
  const second = fieldwork.files.get(id)?.second;
  return viewer.kind === "person" && second?.by === viewer.actor.id && !second.completed;
};

/** They have still to mark a case of this inspection without knowing what was said of it. */
export const marksBlind = (viewer: Viewer, held: Listed): boolean =>
  viewer.kind === "person" && relationsTo(held, viewer.actor).includes("blind");
