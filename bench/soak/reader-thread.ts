/** Whoever looks at the console all day: a few pages every second, until this thread is ended. */
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";

import { signedIn } from "../pages/signed-in.ts";

const origin = String(workerData);
const cookie = await signedIn(origin, "auditor");
const known: string[] = [];
parentPort?.on("message", (inspection: string) => known.push(inspection));

/** Any inspection begun so far: its number follows from how many pages were asked for. */
let asked = 0;
const pages = (): readonly string[] => {
  asked += 1;
  if (known.length === 0) return ["/"];
  const inspection = known[(asked * 7) % known.length]!;
  return ["", "/cases", "/history"].map((page) => `/inspections/${inspection}${page}`).concat("/");
};

const open = (path: string): Promise<Response> =>
  fetch(origin + path, { headers: { cookie }, redirect: "manual" });

for (;;) {
  for (const path of pages()) {
    const begun = performance.now();
    // As a browser does: once more, where an idle connection was closed meanwhile.
    const answer = await open(path).catch(() => open(path));
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
    parentPort?.postMessage(performance.now() - begun);
  }
  await sleep(1000);
}
