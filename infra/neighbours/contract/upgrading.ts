/** A rolling upgrade to changed code, while people ask for pages and send commands. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { changeCode, copyCode } from "@assay/console/contract/code-copy.ts";
import { people } from "@assay/domain/reconstruction/story.ts";
import { pause } from "@assay/host/fault.ts";

import type { Whole } from "./whole.ts";

export type Upgrading = {
  /** A fact that the changed code writes in the version after this one. */
  readonly newer: { readonly type: string; readonly from: number };
  readonly pages: readonly string[];
  readonly command: (turn: number) => object;
};

/** What was not answered with 200, and how much was asked in all. */
export const upgradeUnderLoad = async (whole: Whole, { newer, pages, command }: Upgrading) => {
  const code = join(whole.dataDir, "changed-code");
  mkdirSync(code);
  copyCode(code);
  changeCode(
    join(code, "packages/domain/upcasters.ts"),
    "const upcasters: readonly Upcaster[] = [",
    `$&{ type: "${newer.type}", from: ${newer.from}, up: (data) => data },`,
  );
  const { browser, token } = await whole.people.sessionOf(people.scheduler);
  const failed: string[] = [];
  const asked = { times: 0, over: false };
  const ask = async (path: string, init?: RequestInit): Promise<void> => {
    const answer = await browser.open(whole.origin + path, init);
    const text = await answer.text();
    if (answer.status !== 200) failed.push(`${path}: ${answer.status} ${text.slice(0, 300)}`);
    asked.times += 1;
  };
  const again = async (each: (turn: number) => Promise<void>): Promise<void> => {
    for (let turn = 0; !asked.over; turn += 1) await each(turn);
  };
  const send = (turn: number) =>
    ask("/api/v1/commands", {
      method: "POST",
      headers: {
        ...{ "content-type": "application/json", "x-csrf-token": token },
        "idempotency-key": crypto.randomUUID(),
      },
      body: JSON.stringify(command(turn)),
    });
  const load = [...pages.map((path) => again(() => ask(path))), again(send)];
  whole.upgrade.code = code;
  try {
    const isSecond = ({ name }: { readonly name: string }) => name.endsWith("-2");
    await restart(whole.services.filter((one) => !isSecond(one)));
    await restart(whole.services.filter(isSecond));
  } finally {
    asked.over = true;
    await Promise.all(load);
  }
  return { failed: [...new Set(failed)], done: asked.times };
};

/** Resolves once all of them run anew and are ready. */
const restart = async (services: Whole["services"]): Promise<void> => {
  const before = services.map(({ restarts }) => restarts);
  for (const { pid } of services) process.kill(pid!, "SIGTERM");
  for (const until = Date.now() + 120_000; Date.now() < until; await pause(100)) {
    if (!services.every(({ restarts }, place) => restarts > before[place]!)) continue;
    if ((await Promise.all(services.map((one) => one.isReady()))).every(Boolean)) return;
  }
  throw new Error("the services did not come back in two minutes");
};
