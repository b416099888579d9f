/**
 * The console over the whole system in this process, with a made-up history, and somebody who asks
 * it one thing after another and sees what each answer took of the processor.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readSettings } from "@assay/console/config.ts";
import { createConsole } from "@assay/console/console.ts";
import { closeKept, keptIn } from "@assay/console/kept.ts";
import { people } from "@assay/domain/reconstruction/story.ts";
import { storePath } from "@assay/embedded/data-folder.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { fillWithHistory, today } from "@assay/embedded/recorded-history.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { signerFrom } from "@assay/ledger/keys.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";
import { openKeys } from "@assay/vault/key-folder.ts";
import { sealedStore } from "@assay/vault/sealed-store.ts";

export type Request = {
  /** As the page to sign in names them; empty: nobody. */
  readonly who: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
};

export type Response = {
  readonly who: string;
  readonly at: string;
  readonly status: number;
  readonly text: string;
  readonly isPage: boolean;
  readonly isTable: boolean;
  /** Milliseconds of the processor, of this whole process. */
  readonly took: number;
};

export type Client = {
  /** Whom the page to sign in offers to be. */
  readonly people: readonly string[];
  ask(request: Request): Promise<Response>;
  close(): Promise<void>;
};

/** Asks the console as a browser or a program would. */
const asker =
  (port: number, agent: Agent) =>
  ({ who, method, path, headers, body }: Request, cookie: string): Promise<Answered> =>
    new Promise<Answered>((resolve, reject) => {
      const origin = `http://127.0.0.1:${port}`;
      const known = isProgram(path)
        ? { ...(who !== "" && { authorization: `Bearer ${who}` }) }
        : { cookie, origin };
      const all = { ...known, ...headers };
      const options = { port, host: "127.0.0.1", agent, method, path, headers: all };
      const sent = send(options, (answer) => {
        const type = answer.headers["content-type"] ?? "";
        const parts: Buffer[] = [];
        const done = (): void =>
          resolve({
            ...{ status: answer.statusCode ?? 0, type, headers: answer.headers },
            text: Buffer.concat(parts).toString("utf8"),
          });
        // Nothing more comes of those that stay open than what was sent.
        if (type.startsWith("text/event-stream")) return (answer.destroy(), done());
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", done);
        answer.on("error", reject);
      });
      sent.on("error", (error: NodeJS.ErrnoException) =>
        // What is far too long is not read to its end.
        error.code === "EPIPE" || error.code === "ECONNRESET"
          ? resolve({ status: 413, type: "", headers: {}, text: "" })
          : reject(error),
      );
      sent.end(method === "GET" || method === "HEAD" ? undefined : body);
    });

export const openClient = async (): Promise<Client> => {
  const log = createLog({ service: "requests", level: "silent" });
  const clock = createSteppedClock(today);
  const folder = mkdtempSync(join(tmpdir(), "assay-requests-"));
  const empty = sealedStore(openSqliteStore({ path: storePath(folder) }), openKeys(folder, {}));
  await fillWithHistory(empty);
  await empty.close();
  const engine = await startEngine({ dataDir: folder, clock, log });
  await engine.idle();
  const settings = readSettings({ API_BURST: "100000000", API_RATE: "100000000" });
  const { store, bus } = engine;
  const signer = signerFrom("access-log", Buffer.alloc(32, 7).toString("base64"));
  const kept = keptIn({ dataDir: folder, log, signer });
  const console = createConsole({
    ...{ ...kept, store, bus, clock, log, settings },
    people: Object.values(people).flat(),
  });
  const server = createServer((request, response) => void console.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const cookies = new Map<string, string>();

  const plainly = asker(port, agent);

  const signIn = async (who: string): Promise<string> => {
    const shown = await plainly({ who, method: "GET", path: "/sign-in" }, "");
    if (who === "") return "";
    const csrf = /name="_csrf" value="([^"]*)"/.exec(shown.text)?.[1] ?? "";
    const sent = await plainly(
      {
        ...{ who, method: "POST", path: "/sign-in" },
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: String(new URLSearchParams({ _csrf: csrf, person: who })),
      },
      cookieIn(shown),
    );
    return cookieIn(sent);
  };

  const offered = await plainly({ who: "", method: "GET", path: "/sign-in" }, "");
  return {
    people: [...offered.text.matchAll(/name="person" value="([^"]*)"/g)].map(([, key]) => key!),
    ask: async (request) => {
      const { who, path } = request;
      const cookie = cookies.get(who) ?? (await signIn(who));
      cookies.set(who, cookie);
      const begun = process.cpuUsage();
      const { status, type, text } = await plainly(request, cookie);
      const { user, system } = process.cpuUsage(begun);
      // Whoever was signed out begins again.
      if (status === 401 && !isProgram(path)) cookies.delete(who);
      const [isPage, isTable] = [type.startsWith("text/html"), type.startsWith("text/csv")];
      return { who, at: path, status, text, isPage, isTable, took: (user + system) / 1000 };
    },
    close: async () => {
      agent.destroy();
      server.closeAllConnections();
      server.close();
      console.close();
      closeKept(kept);
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Programs bring who they are along; browsers bring what they were given. */
const isProgram = (path: string): boolean => path.startsWith("/api/");

type Answered = {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
};

const cookieIn = ({ headers }: Answered): string => {
  const set = headers["set-cookie"] ?? [];
  return (Array.isArray(set) ? set : [set]).map((each: string) => each.split(";")[0]).join("; ");
};
