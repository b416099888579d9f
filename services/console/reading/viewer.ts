/**
 * Who looks, how they stand to an inspection, and what the role table lets them see of it. What is
 * public has pages of its own, which look at nothing later than the publication.
 */
import { teamRelations } from "@assay/domain/briefing/inspection.ts";
import { type Actor, forbids, type Relation } from "@assay/domain/kernel/actor.ts";
import type { CaseId } from "@assay/domain/kernel/ids.ts";
import { isRecused } from "@assay/domain/panel/state.ts";
import { type Reading, readingPermissions } from "@assay/domain/permissions.ts";

import type { Held } from "./held.ts";

export type Viewer =
  | { readonly kind: "public" }
  | { readonly kind: "person"; readonly actor: Actor; readonly name: string };

export const isStaff = (viewer: Viewer): boolean =>
  viewer.kind === "person" && viewer.actor.role !== "provider-user";

/** What of an inspection a viewer may read, as the role table says. */
export const mayRead = (viewer: Viewer, what: Reading, held: Held): boolean =>
  viewer.kind === "person" &&
  forbids(readingPermissions, { type: what, by: viewer.actor }, relationsTo(held, viewer.actor)) ===
    undefined;

/** That there is such an inspection, its dates, its stage and what is owed. */
export const maySee = (viewer: Viewer, held: Held): boolean => mayRead(viewer, "inspection", held);

/** Ratings, and the numbers and reasons that led to them. */
export const maySeeRatings = (viewer: Viewer, held: Held): boolean =>
  mayRead(viewer, "ratings", held);

/** Single cases, their judgements and what was written about them; names of those who judged. */
export const maySeeCases = (viewer: Viewer, held: Held): boolean => mayRead(viewer, "cases", held);

const relationsTo = (held: Held, actor: Actor): readonly Relation[] => {
  const { announcement, panel } = held;
  const sits = panel.members.includes(actor.id) && !isRecused(panel, actor.id);
  const own = teamRelations(announcement.briefing, actor);
  return [
    ...own,
    ...(sits ? (["panel"] as const) : []),
    ...(sits && panel.chair === actor.id ? (["chair"] as const) : []),
    ...(marksAgain(held, actor) ? (["second-marker"] as const) : []),
    ...(isBlindIn(held, actor) ? (["blind"] as const) : []),
    ...(own.includes("provider") && isShared(held) ? (["informed"] as const) : []),
  ];
};

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
  viewer.kind === "person" && isBlindIn(held, viewer.actor);

const isBlindIn = ({ fieldwork }: Held, { id }: Actor): boolean =>
  [...fieldwork.files.values()].some(({ second }) => second?.by === id && !second.completed);

const marksAgain = ({ fieldwork }: Held, { id }: Actor): boolean =>
  [...fieldwork.files.values()].some(({ second }) => second?.by === id);
