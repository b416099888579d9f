/**
 * The console as one function of a request: finds who asks, what for, and whether they may, answers
 * with a page, and notes who saw it. It listens nowhere; whoever runs it mounts `handle`.
 */
import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

import { type AccessEntry, accessLogInMemory } from "@assay/host/access-log.ts";
import { openDatabase } from "@assay/host/database.ts";
import type { Neighbours } from "@assay/host/http.ts";
import { ofDrafts } from "@assay/report/metadata.ts";
import { openTypesetter } from "@assay/report/typesetter.ts";

import { problem } from "./api/problem.ts";
import { createRateLimit } from "./api/rate-limit.ts";
import { readSettings } from "./config.ts";
import type { ConsoleOptions } from "./console-options.ts";
import { formsShown } from "./forms/shown.ts";
import { createAddressing } from "./http/addressed.ts";
import { type Answer, html, send } from "./http/answer.ts";
import { type Asked, askedBy } from "./http/asked.ts";
import { type Caller, createCallers, failuresAllowed } from "./http/caller.ts";
import { entriesFor, type Happened, telling } from "./http/noted.ts";
import { createObserving } from "./http/observed.ts";
import { isForeign, protectiveHeaders } from "./http/protection.ts";
import { createRouter, type Found } from "./http/routes.ts";
import { createSessions } from "./http/session.ts";
import { cookieNames } from "./http/signing.ts";
import { publishedFile } from "./http/site-files.ts";
import { loadStaticFiles } from "./http/static-files.ts";
import { openDirectory } from "./identity/people.ts";
import { openProvider } from "./identity/provider.ts";
import { renewing } from "./identity/renewing.ts";
import { watched } from "./identity/watched.ts";
import {
  errorPage,
  errorText,
  failed,
  isApi,
  notServed,
  sayFailed,
  statusOf,
} from "./pages/error-page.ts";
import { timeTold } from "./pages/demonstration.ts";
import { type Handle, NotFound, type Page, SignInNeeded, type Visit } from "./pages/page.ts";
import { filesInMemory } from "@assay/host/files.ts";
import { feedAddresses } from "./reading/feed-addresses.ts";
import { frameworksKnown } from "./reading/frameworks.ts";
import { createLibrary } from "./reading/library.ts";
import { createLive } from "./reading/live.ts";
import { noProofs } from "./reading/proofs.ts";
import { peopleOf } from "./reading/people.ts";
import { admission, type Admission, assertEveryPathHasReaders } from "./reading/readers.ts";
import { createRenderer } from "./render.ts";
import { createSending } from "./sending.ts";
import { routesOf } from "./site.ts";
import { standing } from "./standing.ts";
import { namesGiven } from "./wording/names.ts";
import { dropErased, openUnsent, waitingFor } from "./unsent/unsent.ts";

export type Console = {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** How whom it uses besides is: the identity provider. */
  readonly neighbours: Neighbours;
  /** Asks for the identity provider; what is wrong with it, in a sentence, or undefined. */
  readonly trouble: () => Promise<string | undefined>;
  /** What goes on beside requests ends. */
  readonly close: () => void;
};

export const createConsole = (options: ConsoleOptions): Console => {
  const parts = partsOf(options);
  void parts.library.all().catch(() => undefined);
  const { settings, log, statics, watching, nameOf } = parts;
  const { behindPublishedPort = false } = options;
  const place = { url: settings.url, demonstration: !settings.identity, behindPublishedPort };
  const misdirected = createAddressing(place, log);
  const observed = createObserving(log, options.metrics);
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (await options.operations?.(request, response)) return;
    const asked = askedBy(request, settings.proxies);
    const served = (note: (route: string) => void) => serve(request, response, { asked, note });
    await namesGiven.run(nameOf, observed, asked, response, served);
  };
  const serve = async (
    request: IncomingMessage,
    response: ServerResponse,
    { asked, note }: { readonly asked: Asked; readonly note: (route: string) => void },
  ): Promise<void> => {
    const withBody = asked.method !== "HEAD";
    response.setHeader("x-correlation-id", asked.correlationId);
    response.setHeader("x-content-type-options", "nosniff");
    const elsewhere = misdirected(request, asked);
    if (elsewhere) return send(response, elsewhere, withBody);
    const file = statics.find(asked.path);
    if (file) return (note("/assets"), send(response, file, withBody));
    const published = await publishedFile(options.siteFolder, asked);
    if (published) return (note("/site"), send(response, published, withBody));
    try {
      send(response, await answer(parts, request, { asked, note }), withBody);
    } catch (error) {
      sayFailed(log, asked, error);
      const status = statusOf(error);
      const said = isApi(asked) ? problem(status) : errorText(status, error);
      if (!response.headersSent) send(response, said, withBody);
      else response.destroy();
    }
  };
  return {
    handle,
    neighbours: () => ({ "identity provider": watching?.state() ?? "demonstration" }),
    trouble: async () => watching?.trouble(),
    close: () => parts.library.close(),
  };
};

/** Everything that requests have in common, opened once. */
const partsOf = (options: ConsoleOptions) => {
  const { store, bus, clock, log, people, settings = readSettings({}) } = options;
  const { database = openDatabase(":memory:"), accounts = openDatabase(":memory:") } = options;
  const directory = openDirectory(accounts);
  const { identity, url, session: limits } = settings;
  const secure = url?.startsWith("https:") ?? false;
  const watching =
    identity && watched(openProvider(identity, url!), { metrics: options.metrics, log });
  const provider = watching?.provider;
  const sessions = createSessions({ database, secure, limits, now: () => Date.now() });
  const library = createLibrary(store, options.views);
  const known = () => peopleOf(people, library);
  const running = () => performance.now();
  const nameOf = (id: string): string | undefined =>
    directory.nameOf(id) ?? (identity ? undefined : options.names?.[id]);
  const failures = createRateLimit({ ...failuresAllowed, now: running });
  // With real people it is no demonstration.
  const demonstrationClock = identity ? undefined : options.demonstrationClock;
  const departureCookie = cookieNames(secure).departure;
  const routes = routesOf({
    ...{ sessions, provider, directory, log, departureCookie, secure, api: settings.api },
    calendarDomain: settings.calendarDomain,
    feeds: feedAddresses(accounts, options.feedSecret ?? randomBytes(32)),
    proofs: options.proofs ?? noProofs,
    live: createLive(store, log),
    demonstrationClock,
  });
  assertEveryPathHasReaders(routes.map(({ path }) => path));
  const statics = loadStaticFiles();
  return {
    ...{ store, clock, log, settings, sessions, library, known, statics, secure },
    ...{ watching, nameOf, shared: options.shared, demonstrationClock },
    place: { demonstration: !identity, hasSite: options.siteFolder !== undefined },
    words: openUnsent(database, () => Date.now()),
    accessLog: options.accessLog ?? accessLogInMemory(),
    files: options.files ?? filesInMemory(),
    typesetter: options.typesetter ?? openTypesetter({ publisher: ofDrafts }),
    route: createRouter(routes),
    renderer: createRenderer(statics, () => frameworksKnown(library.frameworksRead())),
    sending: createSending(bus, () => clock.now()),
    callerOf: createCallers({
      ...{ sessions, provider, people: known, failures, log },
      renewed: renewing({ sessions, directory, provider, limits, log }),
    }),
    /** What strangers do is noted as long as it does not fill the disk. */
    strangers: createRateLimit({ burst: 60, rate: 1, now: running }),
  };
};

type Parts = ReturnType<typeof partsOf>;

const answer = async (
  parts: Parts,
  request: IncomingMessage,
  { asked, note }: { readonly asked: Asked; readonly note: (route: string) => void },
): Promise<Answer> => {
  const { route, callerOf, sessions, accessLog, strangers, log, secure, shared } = parts;
  const nonce = randomBytes(16).toString("base64");
  await shared?.fresh();
  const caller = await callerOf(asked);
  const found = route(asked.method, asked.path);
  if (found.found) note(found.route.path);
  const inspection = found.found ? found.parts["inspection"] : undefined;
  const happened: Mutable = { sent: [], noted: [], inspection, admission: "admitted" };
  const visit = visitOf(parts, { asked, caller, nonce, happened });
  const orSo = (error: unknown) => failed(visit, error, log);
  const answered = await handled(found, { request, visit, happened }).catch(orSo);
  const { status } = answered;
  const entries = entriesFor({ ...happened, asked, caller, status }, Date.now());
  const worth = ({ person, act }: AccessEntry): boolean =>
    person !== undefined || act === "looked" || strangers.take(asked.from) === 0;
  const noted = Promise.all(entries.filter(worth).map((entry) => accessLog.note(entry)));
  // What was carried out is on record with whoever sent it, and its answer stands.
  const carriedOut = happened.sent.some(({ refused }) => refused === undefined);
  const unnoted = async (error: unknown) =>
    carriedOut ? (sayFailed(log, asked, error), answered) : orSo(error);
  const shown = await noted.then(() => answered, unnoted);
  await shared?.told();
  const begun = caller.begun ? { "set-cookie": sessions.cookie(caller.session) } : {};
  const headers = protectiveHeaders({ nonce, secure });
  return { ...shown, headers: { ...headers, ...begun, ...shown.headers } };
};

type Visiting = {
  readonly asked: Asked;
  readonly caller: Caller;
  readonly nonce: string;
  readonly happened: Mutable;
};

const visitOf = (parts: Parts, { asked, caller, nonce, happened }: Visiting): Visit => {
  const { sessions, library, store, clock, renderer, known, files, words } = parts;
  const { viewer, session } = caller;
  const render = (page: Page): Answer => {
    const { view, title, status = 200, model, headers = {}, attempt } = page;
    const [csrf, around] = [sessions.formToken(session), standing(asked, caller, parts.place)];
    const waiting = waitingFor(words, viewer, asked.path);
    const shown = page.forms ? formsShown(page.forms, { viewer, attempt, waiting }) : {};
    const newCommand = () => randomUUID() + (attempt?.mark ?? "");
    const form = { csrf, path: asked.path, newCommand };
    const time = timeTold(parts.demonstrationClock, clock.now());
    const given = { ...around, time, ...shown, ...model, title, cspNonce: nonce, csrf, form };
    const rendered = html(renderer(view, given), status);
    return { ...rendered, headers: { ...rendered.headers, ...headers } };
  };
  return {
    ...{ asked, parts: {}, viewer, session, caller, library, store, files, render },
    typesetter: parts.typesetter.of(viewer.kind === "person" ? viewer.actor.id : asked.from),
    ...{ words, now: clock.now() },
    send: telling(parts.sending, happened.sent, (command) => dropErased(words, command)),
    note: (noted) => void happened.noted.push(noted),
    isFormToken: (token) => sessions.isFormToken(session, token),
    people: known,
  };
};

type Mutable = {
  readonly sent: Happened["sent"][number][];
  readonly noted: Happened["noted"][number][];
  readonly inspection: string | undefined;
  admission: Admission;
};

/** Finds what answers the path, where the caller may have it. */
const handled = async (
  found: Found<Handle>,
  { request, visit, happened }: { request: IncomingMessage; visit: Visit; happened: Mutable },
): Promise<Answer> => {
  const { asked, library, viewer } = visit;
  if (!found.found) return notServed(visit, found.allowed);
  const { token } = visit.caller;
  if (token && !isApi(asked)) return errorPage(visit, 401);
  const { handle, path } = found.route;
  const held =
    happened.inspection === undefined ? undefined : await library.one(happened.inspection);
  if (!token?.refused) {
    happened.admission = admission(path, viewer, held);
    if (happened.admission === "sign-in-needed" && !isApi(asked)) throw new SignInNeeded();
    if (happened.admission === "not-for-them") throw new NotFound();
  }
  if (asked.method === "POST" && !isApi(asked) && isForeign(request)) return errorPage(visit, 403);
  return handle({ ...visit, parts: found.parts });
};
