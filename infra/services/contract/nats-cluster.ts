/** Three NATS servers that are one cluster. */
import { join } from "node:path";

import { connectNats } from "@assay/bus/nats-connection.ts";
import { freePort } from "@assay/host/free-port.ts";
import { startNats } from "@assay/nats/start.ts";

import { supervise } from "../supervise.ts";
import type { Say, Server } from "../topology.ts";

/** Each is kept running; streams of three replicas outlast any one of them. */
export const keepNatsCluster = async (kept: {
  readonly dataDir: string;
  readonly say: Say;
  readonly server: string;
}): Promise<readonly [Server, ...Server[]]> => {
  const names = ["nats-1", "nats-2", "nats-3"];
  const places = await Promise.all(
    names.map(async (name) => ({ name, port: await freePort(), route: await freePort() })),
  );
  const routes = places.map(({ route }) => `nats://127.0.0.1:${route}`);
  const [first, ...others] = await Promise.all(
    places.map(async ({ name, port, route }) => {
      const say = (line: string): void => kept.say("nats", `${name} ${line}`);
      const config = `server_name: ${name}
cluster { name: assay, listen: "127.0.0.1:${route}", routes: ${JSON.stringify(routes)} }
`;
      const dataDir = join(kept.dataDir, name);
      const asked = { ...{ dataDir, port, config, log: say }, server: kept.server };
      const start = () => startNats({ ...asked, jetstream: true });
      return Object.assign(await supervise({ name, say, start }), {
        url: `nats://127.0.0.1:${port}`,
      });
    }),
  );
  await untilLed(first!.url);
  return [first!, ...others];
};

/** Nothing is stored before the three have elected who leads. */
const untilLed = async (url: string): Promise<void> => {
  const connection = await connectNats({ url });
  const led = async (): Promise<boolean> => {
    const answer = await connection.request("$JS.API.INFO", "", { timeout: 1000 });
    return !("error" in answer.json<object>());
  };
  try {
    for (let times = 0; !(await led().catch(() => false)); times += 1)
      if (times === 30) throw new Error("the NATS servers elected nobody in half a minute");
  } finally {
    await connection.close();
  }
};
