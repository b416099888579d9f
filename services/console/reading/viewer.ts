/**
 * Who looks, and what they may see. A provider sees only its own service, and no judgement before
 * the draft report is sent; the public sees what is published; a second marker sees no first
 * marking before their own is done.
 */
import type { Actor } from "@assay/domain/kernel/actor.ts";
import type { CaseId } from "@assay/domain/kernel/ids.ts";

import type { Held } from "./held.ts";

export type Viewer =
  | { readonly kind: "public" }
  | { readonly kind: "person"; readonly actor: Actor; readonly name: string };

export const isStaff = (viewer: Viewer): boolean =>
  viewer.kind === "person" && viewer.actor.role !== "provider-user";

/**
 * That there is such an inspection, its dates, its stage and what is owed. What is public has pages
 * of its own, which look at nothing later than the publication.
 */
export const maySee = (viewer: Viewer, held: Held): boolean =>
  isStaff(viewer) || (viewer.kind === "person" && isOwn(viewer.actor, held));

/** Ratings, and the numbers and reasons that led to them. */
export const maySeeRatings = (viewer: Viewer, held: Held): boolean =>
  isStaff(viewer) || (maySee(viewer, held) && (isPublished(held) || isShared(held)));

/** Single cases, their judgements and what was written about them; names of those who judged. */
export const maySeeCases = (viewer: Viewer): boolean => isStaff(viewer);

export const isPublished = ({ publication }: Held): boolean => publication.version > 0;

/** The draft has gone to the service. */
export const isShared = ({ publication }: Held): boolean => !publication.phase.matches("drafted");

/** Marking again is worth something only while the first marking is unknown. */
export const isBlind = (viewer: Viewer, { fieldwork }: Held, id: CaseId): boolean => {
  const second = fieldwork.files.get(id)?.second;
  return viewer.kind === "person" && second?.by === viewer.actor.id && !second.completed;
};

const isOwn = ({ service }: Actor, { announcement }: Held): boolean =>
  service !== undefined && service === announcement.briefing.service?.id;

/** They have still to mark a case of this inspection without knowing what was said of it. */
export const marksBlind = (viewer: Viewer, held: Held): boolean =>
  [...held.fieldwork.files.keys()].some((id) => isBlind(viewer, held, id));
