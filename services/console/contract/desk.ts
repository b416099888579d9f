/** Somebody at the console's pages without a browser: signs in, reads pages, sends their forms. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import type { Actor } from "@assay/domain/kernel/actor.ts";
import { people } from "@assay/domain/reconstruction/story.ts";
import type { Engine } from "@assay/embedded/engine.ts";
import type { Clock } from "@assay/host/clock.ts";
import { createLog, type Log } from "@assay/host/log.ts";
import type { Metrics } from "@assay/host/metrics.ts";

import { createConsole } from "../console.ts";
import type { DemonstrationClock } from "../pages/demonstration.ts";
import { fieldsIn, hasField, isOffered } from "./form-fields.ts";
import type { Values } from "../fixtures/submissions.ts";
import { noProofs, type Proofs } from "../reading/proofs.ts";

export type Page = { readonly status: number; readonly at: string; readonly text: string };

export type Desk = {
  /** Where the console listens, for whoever asks it otherwise. */
  readonly origin: string;
  /** Whoever sits there from now on, as the page to sign in names them: `lena/lead-inspector/`. */
  signIn(person: string): Promise<void>;
  signOut(): void;
  read(path: string): Promise<Page>;
  /**
   * Sends the form of that id as a browser would, with these values in its fields; the page as it
   * was shown or a new reading. Tells the page that follows. Throws for a field that it has not
   * and for what cannot be chosen there.
   */
  send(shown: string | Page, form: string, values: Values): Promise<Page>;
  close(): void;
};

const silent = createLog({ service: "console", level: "silent" });

export const openDesk = async (
  engine: Pick<Engine, "store" | "bus"> & {
    metrics?: Metrics;
    proofs?: Proofs;
    log?: Log;
    demonstrationClock?: DemonstrationClock;
  },
  clock: Clock,
  known: readonly Actor[] = Object.values(people).flat(),
): Promise<Desk> => {
  const { store, bus, metrics, proofs = noProofs, log = silent, demonstrationClock } = engine;
  const { handle } = createConsole({
    ...{ store, bus, proofs, clock, log, people: known },
    ...(metrics && { metrics }),
    ...(demonstrationClock && { demonstrationClock }),
  });
  const server = createServer((request, response) => void handle(request, response));
  /** A test that reckons for long may not find its connection closed. */
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let cookie = "";

  /** Lists that are still being made are asked for again, as a person would. */
  const mostAsked = 20;
  const ask = async (path: string, body?: FormData | URLSearchParams, times = 1): Promise<Page> => {
    const headers = { cookie, ...(body && { origin }) };
    const answer = await fetch(origin + path, {
      headers,
      redirect: "manual",
      ...(body && { method: "POST", body }),
    });
    const set = answer.headers.getSetCookie().map((each) => each.split(";")[0]);
    if (set.length > 0) cookie = set.join("; ");
    const next = answer.headers.get("location");
    if (next !== null) return ask(next);
    if (answer.status === 503 && !body && times < mostAsked) return ask(path, body, times + 1);
    return { status: answer.status, at: path, text: await answer.text() };
  };

  return {
    origin,
    signIn: async (person) => {
      cookie = "";
      const { text } = await ask("/sign-in");
      await ask("/sign-in", new URLSearchParams({ _csrf: hidden(text, "_csrf"), person }));
    },
    signOut: () => {
      cookie = "";
    },
    read: (path) => ask(path),
    send: async (shown, form, values) => {
      const { at: path, text } = typeof shown === "string" ? await ask(shown) : shown;
      const start = Math.max(text.indexOf(`id="form-${form}"`), text.indexOf(`id="${form}"`));
      if (start < 0) throw new Error(`${path} has no form ${form}`);
      const own = text.slice(start, text.indexOf("</form>", start));
      const body = new FormData();
      const typed = dated(own, values);
      for (const [name, value] of fieldsIn(own)) if (!(name in typed)) body.append(name, value);
      for (const [name, value] of Object.entries(typed)) {
        if (!hasField(own, name)) throw new Error(`${path}, ${form}: no field ${name}`);
        for (const each of Array.isArray(value) ? value : [value]) {
          if (typeof each === "string" && !isOffered(own, name, each))
            throw new Error(`${path}, ${form}: no choice ${each} under ${name}`);
          body.append(name, each);
        }
      }
      return ask(actionOf(text, start) ?? path, body);
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** Where the form that holds this place of a page, or is the next after it, is sent to. */
const actionOf = (page: string, place: number): string | undefined => {
  const opened = page.lastIndexOf("<form", place);
  const start = page.indexOf("</form>", opened) > place && opened >= 0 ? opened : place;
  return /<form\b[^>]* action="([^"]*)"/.exec(page.slice(start))?.[1];
};

/** A date is typed into three fields: `day` as `day-day`, `day-month` and `day-year`. */
const dated = (form: string, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      if (typeof value !== "string" || !hasField(form, `${name}-year`)) return [[name, value]];
      const [year = "", month = "", day = ""] = value.split("-");
      return [
        [`${name}-day`, day],
        [`${name}-month`, month],
        [`${name}-year`, year],
      ];
    }),
  );

const hidden = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? "";
