/**
 * The console as one function of a request: finds who asks, what for, and whether they may, and
 * answers with a page. It listens nowhere; whoever runs it mounts `handle` on a server.
 */
import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

import type { CommandBus } from "@assay/bus/port.ts";
import type { Actor } from "@assay/domain/kernel/actor.ts";
import type { Clock } from "@assay/host/clock.ts";
import type { Log } from "@assay/host/log.ts";
import type { EventStore } from "@assay/store/port.ts";

import { problem } from "./api/problem.ts";
import { type Answer, html, redirect, send } from "./http/answer.ts";
import { type Asked, askedBy, BodyRefused } from "./http/asked.ts";
import { asksForHere, isForeign, isFromHere, protectiveHeaders } from "./http/protection.ts";
import { createRouter } from "./http/routes.ts";
import { createSessions, type Session, type Sessions } from "./http/session.ts";
import { publishedFile } from "./http/site-files.ts";
import { loadStaticFiles } from "./http/static-files.ts";
import { errorPage } from "./pages/error-page.ts";
import { type Handle, NotFound, type Page, SignInNeeded, type Visit } from "./pages/page.ts";
import { type Files, filesInMemory } from "./reading/files.ts";
import { createLibrary } from "./reading/library.ts";
import { createLive } from "./reading/live.ts";
import { noProofs, type Proofs } from "./reading/proofs.ts";
import { mayEver } from "./reading/permitted.ts";
import { peopleOf } from "./reading/people.ts";
import { isStaff, type Viewer } from "./reading/viewer.ts";
import { createRenderer, type Renderer } from "./render.ts";
import { routesOf } from "./site.ts";
import { createSending } from "./sending.ts";
import { roleNames } from "./wording/names.ts";

export type ConsoleOptions = {
  readonly store: EventStore;
  readonly bus: CommandBus;
  readonly clock: Clock;
  readonly log: Log;
  /** Asked before anything else: health, metrics; true when it has answered. */
  readonly operations?: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  /** Whom the demonstration sign-in offers besides those found on teams and panels. */
  readonly people: readonly Actor[];
  /** Where files that services send are kept; by default in memory. */
  readonly files?: Files;
  /** The ledger and the published bundles; by default there are none. */
  readonly proofs?: Proofs;
  /** The folder of the published site, which is served under `/site/`. */
  readonly siteFolder?: string;
  /** Signs session cookies; by default made anew, so that a restart signs everyone out. */
  readonly secret?: Uint8Array;
  /** In a container whose port is published on this machine alone, requests come through it. */
  readonly behindPublishedPort?: boolean;
  /** Makes calendar feeds' addresses; by default made anew, so that a restart ends them. */
  readonly feedSecret?: Uint8Array;
};

export type Console = {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

type Router = ReturnType<typeof createRouter<Handle>>;

/** Without an identity provider: this machine only, and anyone may act as anyone. */
const demonstration = true;

export const createConsole = (options: ConsoleOptions): Console => {
  const { store, bus, clock, log, people, secret = randomBytes(32) } = options;
  const { behindPublishedPort = false } = options;
  const statics = loadStaticFiles();
  const renderer = createRenderer(statics);
  const files = options.files ?? filesInMemory();
  const sessions = createSessions({ secret, secure: false, now: () => Date.now() });
  const library = createLibrary(store);
  const sending = createSending(bus, () => clock.now());
  const route = createRouter(
    routesOf({
      sessions,
      feedSecret: options.feedSecret ?? randomBytes(32),
      proofs: options.proofs ?? noProofs,
      live: createLive(store, log),
    }),
  );

  const answer = async (request: IncomingMessage, asked: Asked): Promise<Answer> => {
    const nonce = randomBytes(16).toString("base64");
    const kept = sessions.read(asked.cookies);
    const session = kept ?? sessions.begin();
    const viewer = viewerOf(session);
    const render = rendering(renderer, { asked, session, viewer, nonce, sessions });
    const visit: Visit = {
      asked,
      parts: {},
      viewer,
      session,
      library,
      store,
      now: clock.now(),
      send: sending,
      files,
      isFormToken: (token) => sessions.isFormToken(session, token),
      people: () => peopleOf(people, library),
      render,
    };
    const answered = await handled(route, { request, visit, log });
    const begun = kept ? {} : { "set-cookie": sessions.cookie(session) };
    return {
      ...answered,
      headers: { ...protectiveHeaders(nonce), ...begun, ...answered.headers },
    };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (await options.operations?.(request, response)) return;
    const asked = askedBy(request);
    const withBody = asked.method !== "HEAD";
    response.setHeader("x-correlation-id", asked.correlationId);
    const file = statics.find(asked.path);
    if (file) return send(response, file, withBody);
    const published = await publishedFile(options.siteFolder, asked);
    if (published) return send(response, published, withBody);
    const isHere = asksForHere(request) && (behindPublishedPort || isFromHere(request));
    if (demonstration && !isHere)
      return send(response, { status: 421, headers: {}, body: "Only from this machine." }, true);
    try {
      send(response, await answer(request, asked), withBody);
    } catch (error) {
      log.error({ err: error, correlationId: asked.correlationId }, "no answer");
      if (!response.headersSent) send(response, { status: 500, headers: {}, body: "" }, false);
      else response.destroy();
    }
  };
  return { handle };
};

type Rendered = {
  readonly asked: Asked;
  readonly session: Session;
  readonly viewer: Viewer;
  readonly nonce: string;
  readonly sessions: Sessions;
};

/** Puts a page into the layout, with what its forms need. */
const rendering =
  (renderer: Renderer, { asked, session, viewer, nonce, sessions }: Rendered): Visit["render"] =>
  ({ view, title, status = 200, model, headers = {} }: Page) => {
    const csrf = sessions.formToken(session);
    const rendered = html(
      renderer(view, {
        ...standing(asked, session, viewer),
        ...model,
        title,
        cspNonce: nonce,
        csrf,
        form: {
          csrf,
          path: asked.path,
          newCommand: () => randomUUID(),
          typed: model["typed"] ?? ((_: string, otherwise = "") => otherwise),
          failed: model["failed"],
          problems: model["problems"],
        },
      }),
      status,
    );
    return { ...rendered, headers: { ...rendered.headers, ...headers } };
  };

/** Finds what answers the path, and puts what goes wrong into an answer too. */
const handled = async (
  route: Router,
  { request, visit, log }: { request: IncomingMessage; visit: Visit; log: Log },
): Promise<Answer> => {
  const { asked } = visit;
  const found = route(asked.method, asked.path);
  if (!found.found)
    return found.allowed.length > 0
      ? { status: 405, headers: { allow: found.allowed.join(", ") }, body: "" }
      : asked.path.startsWith("/api/")
        ? problem(404)
        : errorPage(visit, 404);
  if (asked.method === "POST" && !asked.path.startsWith("/api/") && isForeign(request))
    return errorPage(visit, 403);
  try {
    return await found.handle({ ...visit, parts: found.parts });
  } catch (error) {
    return failed(visit, error, log);
  }
};

const viewerOf = ({ actor, name }: Session): Viewer =>
  actor ? { kind: "person", actor, name: name ?? actor.id } : { kind: "public" };

/** What the layout shows around every page. */
const standing = (asked: Asked, session: Session, viewer: Viewer) => ({
  demonstration,
  correlationId: asked.correlationId,
  person:
    viewer.kind === "person"
      ? { name: viewer.name, role: roleNames[viewer.actor.role], id: session.id }
      : undefined,
  navigation: navigationFor(viewer).map((item) => ({
    ...item,
    current: item.href === asked.path,
  })),
  /** Each form's own command: sending the form twice sends this one command twice. */
  newCommand: () => randomUUID(),
  /** Where the page hears that it is out of date; for whoever is signed in. */
  live: viewer.kind === "person" ? livePath(asked.path) : undefined,
  may: (command: string): boolean => mayEver(viewer, command),
  typed: (_: string, otherwise = ""): string => otherwise,
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
    { href: "/my-cases", text: "My cases" },
    { href: "/events", text: "Events" },
  ];
};

const failed = (visit: Visit, error: unknown, log: Log): Answer => {
  const isApi = visit.asked.path.startsWith("/api/");
  if (error instanceof SignInNeeded)
    return redirect(`/sign-in?next=${encodeURIComponent(visit.asked.path)}`);
  if (error instanceof NotFound) return errorPage(visit, 404);
  if (error instanceof BodyRefused) return errorPage(visit, error.status);
  const { correlationId, path } = visit.asked;
  log.error({ err: error, correlationId, path }, "page failed");
  const retry = error instanceof Error && "retry" in error && error.retry === true;
  const status = retry ? 503 : 500;
  return isApi ? problem(status) : errorPage(visit, status);
};
