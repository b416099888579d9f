/**
 * Who looks, how they stand to an inspection, and what the role table lets them see of it. What is
 * public has pages of its own, which look at nothing later than the publication.
 */
import { type Actor, forbids } from "@assay/domain/kernel/actor.ts";
import type { CaseId } from "@assay/domain/kernel/ids.ts";
import { type Reading, readingPermissions } from "@assay/domain/permissions.ts";

import type { Held } from "./held.ts";
import { relationsOf } from "./relations.ts";

export type Viewer =
  | { readonly kind: "public" }
  | { readonly kind: "person"; readonly actor: Actor; readonly name: string };

export const isStaff = (viewer: Viewer): boolean =>
  viewer.kind === "person" && viewer.actor.role !== "provider-user";

/** What of an inspection a viewer may read, as the role table says. */
export const mayRead = (viewer: Viewer, what: Reading, held: Held): boolean =>
  viewer.kind === "person" &&
  forbids(readingPermissions, { type: what, by: viewer.actor }, relationsOf(held, viewer.actor)) ===
    undefined;

/** That there is such an inspection, its dates, its stage and what is owed. */
export const maySee = (viewer: Viewer, held: Held): boolean => mayRead(viewer, "inspection", held);

/** Ratings, and the numbers and reasons that led to them. */
export const maySeeRatings = (viewer: Viewer, held: Held): boolean =>
  mayRead(viewer, "ratings", held);

/** Single cases, their judgements and what was written about them; names of those who judged. */
export const maySeeCases = (viewer: Viewer, held: Held): boolean => mayRead(viewer, "cases", held);

export const isPublished = ({ publication }: Held): boolean => publication.version > 0;

/** The draft has gone to the service. */
export const isShared = ({ publication }: Held): boolean => !publication.phase.matches("drafted");

/** Marking again is worth something only while the first marking is unknown. */
export const isBlind = (viewer: Viewer, { fieldwork }: Held, id: CaseId): boolean => {
  const second = fieldwork.files.get(id)?.second;
  return viewer.kind === "person" && second?.by === viewer.actor.id && !second.completed;
};

/** They have still to mark a case of this inspection without knowing what was said of it. */
export const marksBlind = (viewer: Viewer, held: Held): boolean =>
  viewer.kind === "person" && relationsOf(held, viewer.actor).includes("blind");
