/** Why a rating is what it is: the whole tree of reasons, from the rating to single judgements. */
import { type Explanation, nodesOf } from "@assay/domain/audit/explanation.ts";
import { domainCode, domainNamed, standardIn } from "@assay/domain/framework/standards.ts";
import type { StoredEvent } from "@assay/store/port.ts";

import { publishedIn, whyIn } from "../reading/derived.ts";
import { adoptionOf } from "../reading/frameworks.ts";
import type { Held } from "../reading/held.ts";
import { marksBlind, maySeeCases, maySeeRatings, type Viewer } from "../reading/viewer.ts";
import { frame, provisionalBehind, ratingsOf } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound } from "./page.ts";
import { asPublished, publicFrame, publishedOf } from "./public.ts";

export const whyPage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  const { viewer, library, parts } = visit;
  if (!maySeeRatings(viewer, held) || marksBlind(viewer, held)) throw new NotFound();
  const events = await library.events(held);
  const explanation = explained(events, parts["subject"] ?? "", {
    caseText: maySeeCases(viewer, held),
    adopted: adoptionOf(await library.frameworks(), events),
  });
  const framed = frame(held, viewer, "overview");
  return visit.render({
    view: "why",
    title: `Why: ${subjectName(held, parts["subject"] ?? "")} – ${framed.head.service}`,
    model: {
      ...framed,
      ...whyModel(held, parts["subject"] ?? "", explanation, viewer),
      crumbs: [...framed.crumbs.slice(0, 1), { text: framed.head.service, href: framed.base }],
      whyBase: `${framed.base}/why`,
    },
  });
};

export const publicWhyPage: Handle = async (visit) => {
  const held = await publishedOf(visit);
  const subject = visit.parts["subject"] ?? "";
  const rated = ratingsOf(held).some(({ standard }) => standard === subject);
  if (!rated && subject !== "overall") throw new NotFound();
  const events = publishedIn(await visit.library.events(held));
  const adopted = adoptionOf(await visit.library.frameworks(), events);
  const explanation = explained(events, subject, { caseText: false, adopted });
  const published = await asPublished(held, visit.library);
  return visit.render({
    view: "why",
    title: `Why: ${subjectName(published, subject)}`,
    model: {
      ...publicFrame(published),
      ...whyModel(published, subject, explanation, { kind: "public" }),
      whyBase: `/public/${held.inspection}/why`,
    },
  });
};

const explained = (
  events: readonly StoredEvent[],
  subject: string,
  showing: Omit<Parameters<typeof whyIn>[1], "subject">,
): Explanation => {
  const found = whyIn(events, { subject, ...showing });
  if (!found.explained) throw new NotFound();
  return found.explanation;
};

const whyModel = (held: Held, subject: string, explanation: Explanation, viewer: Viewer) => ({
  subject,
  name: subjectName(held, subject),
  explanation,
  size: nodesOf(explanation).length,
  others: ratingsOf(held),
  showPlaces: maySeeCases(viewer, held),
  current: ratingsOf(held).find(({ standard }) => standard === subject)?.rating,
  provisional: provisionalBehind(held, subject),
  overall: subject === "overall" ? held.panel.overall : undefined,
});

const subjectName = ({ panel }: Held, subject: string): string => {
  if (subject === "overall") return "the overall rating";
  const { framework } = panel.briefing;
  const label = framework && standardIn(framework, subject)?.label;
  if (label !== undefined) return `${subject} ${label}`;
  const domain = framework?.domains.find(({ number }) => domainCode(number) === subject);
  return framework && domain ? domainNamed(framework, domain.number) : subject;
};
