/** TCP ports of this machine that nobody has just now. */
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

/** Below where the kernel takes the ports of outgoing connections from, on Linux and elsewhere. */
const ports = { first: 15_000, count: 15_000 };

/**
 * A TCP port of this machine that nobody has just now, and that no outgoing connection takes while
 * whoever listens there is started again.
 */
export const freePort = async (): Promise<number> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await freeOf(ports.first + randomInt(ports.count));
    } catch (error) {
      if (attempt === 20) throw error;
    }
  }
};

/** That port, or any for 0. Throws when somebody has it. */
export const freeOf = async (wanted: number): Promise<number> => {
  const server = createServer();
  await once(server.listen(wanted, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};
