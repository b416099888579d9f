/** What everyone may read: published inspections, as they were when they were last published. */
import { words } from "@assay/domain/kernel/fact.ts";
import type { StoredEvent } from "@assay/store/port.ts";

import { factOf, type Held, holding, nothingHeld } from "../reading/held.ts";
import type { Library } from "../reading/library.ts";
import { scoredOf, serviceName, stageOf } from "../reading/tracker.ts";
import { isPublished } from "../reading/viewer.ts";
import { ratingsOf } from "./inspection.ts";
import { type Handle, NotFound, type Visit } from "./page.ts";

export const publicIndex: Handle = async ({ library, render }) => {
  const all = [...(await library.all()).values()].filter(isPublished);
  const published = await Promise.all(all.map((held) => asPublished(held, library)));
  return render({
    view: "public",
    title: "Published inspections",
    model: {
      published: published
        .map((held) => ({
          id: held.inspection,
          service: serviceName(held),
          scored: scoredOf(held),
          reconstruction: held.announcement.briefing.reconstruction,
          ...held.published,
        }))
        .toSorted((a, b) => String(b.at).localeCompare(String(a.at))),
    },
  });
};

export const publicInspection: Handle = async (visit) => {
  const now = await publishedIn(visit);
  const held = await asPublished(now, visit.library);
  const facts = publishedEvents(await visit.library.events(now)).map(factOf);
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
    stage: stageOf(held),
    scored: scoredOf(held),
    reconstruction: held.announcement.briefing.reconstruction,
    tabs: [],
  },
  crumbs: [
    { text: "Published inspections", href: "/public" },
    { text: serviceName(held), href: `/public/${held.inspection}` },
  ],
  wide: true,
});

export const publishedIn = async ({ library, parts }: Visit): Promise<Held> => {
  const held = await library.one(parts["inspection"] ?? "");
  if (held && isPublished(held)) return held;
  throw new NotFound();
};

export const publishedEvents = (events: readonly StoredEvent[]): readonly StoredEvent[] => {
  const last = events.findLastIndex(
    ({ type }) => type === "ReportPublished" || type === "CorrectionIssued",
  );
  return events.slice(0, last + 1);
};

/** The inspection up to its last publication: what was decided since is not public. */
export const asPublished = async (held: Held, library: Library): Promise<Held> =>
  holding(nothingHeld(held.inspection), publishedEvents(await library.events(held)));
