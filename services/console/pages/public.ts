/** What everyone may read: published inspections, as they were when they were last published. */
import { words } from "@assay/domain/kernel/fact.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import type { StoredEvent } from "@assay/store/port.ts";

import { onceFor, publishedIn } from "../reading/derived.ts";
import { factOf, type Held, holding, nothingHeld } from "../reading/held.ts";
import type { Library } from "../reading/library.ts";
import { scoredOf, serviceName, stageOf } from "../reading/tracker.ts";
import { isPublished } from "../reading/viewer.ts";
import { provisionalBehind, ratingsOf } from "./inspection.ts";
import { type Handle, NotFound, type Visit } from "./page.ts";

export const publicIndex: Handle = async ({ library, render }) => {
  const all = [...(await library.all()).values()].filter(isPublished);
  return render({
    view: "public",
    title: "Published inspections",
    model: {
      published: all
        .map((held) => ({
          id: held.inspection,
          service: serviceName(held),
          scored: held.scoredThen,
          reconstruction: held.reconstruction,
          ...held.published,
        }))
        .toSorted((a, b) => String(b.at).localeCompare(String(a.at))),
    },
  });
};

export const publicInspection: Handle = async (visit) => {
  const now = await publishedOf(visit);
  const held = await asPublished(now, visit.library);
  const facts = publishedIn(await visit.library.events(now)).map(factOf);
  return visit.render({
    view: "public-inspection",
    title: serviceName(held),
    model: {
      ...publicFrame(held),
      ratings: ratingsOf(held),
      standards: held.panel.concluded,
      published: held.published,
      discretion: facts
        .filter((fact) => fact.type === "DiscretionExercised")
        .map((fact) => ({ ...fact, reason: words(fact.text)?.reason ?? "[erased]" })),
      recommendations: facts
        .filter((fact) => fact.type === "RecommendationMade")
        .map((fact) => ({ ...fact, wording: words(fact.text)?.wording ?? "[erased]" })),
    },
  });
};

export const publicFrame = (held: Held) => ({
  base: `/public/${held.inspection}`,
  head: {
    service: serviceName(held),
    inspection: held.inspection,
    version: held.publication.version,
    hasProofs: false,
    stage: stageOf(held),
    scored: scoredOf(held),
    provisional: provisionalBehind(held, "overall").length > 0,
    reconstruction: held.announcement.briefing.reconstruction,
    tabs: [],
  },
  crumbs: [
    { text: "Published inspections", href: "/public" },
    { text: serviceName(held), href: `/public/${held.inspection}` },
  ],
  wide: true,
});

export const publishedOf = async ({ library, parts }: Visit): Promise<Held> => {
  const held = await library.one(parts["inspection"] ?? "");
  if (held && isPublished(held)) return held;
  throw new NotFound();
};

/** The inspection up to its last publication: what was decided since is not public. */
export const asPublished = async (held: Held, library: Library): Promise<Held> =>
  heldIn(publishedIn(await library.events(held)));

const heldIn = onceFor((events: readonly StoredEvent[]) =>
  holding(nothingHeld(inspectionOf(events[0]!.stream)!), events),
);
