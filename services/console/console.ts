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
import { createSessions, type Session } from "./http/session.ts";
import { loadStaticFiles } from "./http/static-files.ts";
import { errorPage } from "./pages/error-page.ts";
import { type Handle, NotFound, type Page, SignInNeeded, type Visit } from "./pages/page.ts";
import { createLibrary } from "./reading/library.ts";
import { mayEver } from "./reading/permitted.ts";
import { peopleOf } from "./reading/people.ts";
import { isStaff, type Viewer } from "./reading/viewer.ts";
import { createRenderer } from "./render.ts";
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
  const files = loadStaticFiles();
  const renderer = createRenderer(files);
  const sessions = createSessions({ secret, secure: false, now: () => Date.now() });
  const library = createLibrary(store);
  const sending = createSending(bus, () => clock.now());
  const route = createRouter(
    routesOf({ sessions, feedSecret: options.feedSecret ?? randomBytes(32) }),
  );

  const answer = async (request: IncomingMessage, asked: Asked): Promise<Answer> => {
    const nonce = randomBytes(16).toString("base64");
    const kept = sessions.read(asked.cookies);
    const session = kept ?? sessions.begin();
    const viewer = viewerOf(session);
    const render = (page: Page): Answer => {
      const { view, title, status = 200, model, headers = {} } = page;
      const rendered = html(
        renderer(view, {
          ...standing(asked, session, viewer),
          ...model,
          title,
          cspNonce: nonce,
          csrf: sessions.formToken(session),
        }),
        status,
      );
      return { ...rendered, headers: { ...rendered.headers, ...headers } };
    };
    const visit: Visit = {
      asked,
      parts: {},
      viewer,
      session,
      library,
      store,
      now: clock.now(),
      send: sending,
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
    const file = files.find(asked.path);
    if (file) return send(response, file, withBody);
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
  may: (command: string): boolean => mayEver(viewer, command),
  typed: (_: string, otherwise = ""): string => otherwise,
});

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
