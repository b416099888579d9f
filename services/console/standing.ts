/** What the layout shows around every page: who is signed in, where one may go, what one may do. */
import type { Asked } from "./http/asked.ts";
import type { Caller } from "./http/caller.ts";
import { keyOf } from "./http/session.ts";
import { isStaff, type Viewer } from "./reading/viewer.ts";
import { roleNames } from "./wording/names.ts";

export const standing = (
  asked: Asked,
  { viewer, session }: Caller,
  place: { readonly demonstration: boolean; readonly hasSite: boolean },
) => ({
  /** Where published reports are served; undefined where another server has them. */
  siteAt: place.hasSite ? "/site/reports/" : undefined,
  demonstration: place.demonstration,
  correlationId: asked.correlationId,
  person:
    viewer.kind === "person"
      ? {
          name: viewer.name,
          role: roleNames[viewer.actor.role],
          id: keyOf(session.id).slice(0, 16),
          key: keyOf(`person/${viewer.actor.id}`).slice(0, 16),
          hasRoles: (session.signed?.roles.length ?? 0) > 1,
        }
      : undefined,
  navigation: navigationFor(viewer).map((item) => ({
    ...item,
    current: item.href === asked.path,
  })),
  /** Where the page hears that it is out of date; for whoever is signed in. */
  live: viewer.kind === "person" ? livePath(asked.path) : undefined,
});

const livePath = (path: string): string | undefined => {
  const inspection = /^\/inspections\/([a-z0-9-]+)/.exec(path)?.[1];
  if (inspection !== undefined) return `/inspections/${inspection}/live`;
  return path === "/" || path === "/my-cases" || path === "/programme" ? "/live" : undefined;
};

const navigationFor = (viewer: Viewer): readonly { href: string; text: string }[] => {
  if (viewer.kind === "public") return [{ href: "/public", text: "Published inspections" }];
  if (!isStaff(viewer)) return [{ href: "/", text: "Our inspections" }];
  return [
    { href: "/", text: "Inspections" },
    { href: "/programme", text: "Programme" },
    { href: "/frameworks", text: "Frameworks" },
    { href: "/my-cases", text: "My cases" },
    { href: "/events", text: "Events" },
    { href: "/operations", text: "Operations" },
  ];
};
