/** The adapter beside a real `ssh-agent`, and the hand-over of a folder's key to it. */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { expect, it } from "vitest";

import { advance } from "./advance.ts";
import { bundleMembers, sealedBundle, sealText } from "./bundle.ts";
import { framework, inspection, storyEvents } from "./golden/story.ts";
import { handOver, keepKeyring, openKeyring } from "./keys.ts";
import { logOf } from "./log.ts";
import { haveSigned } from "./note.ts";
import { signerAt } from "./signing-agent.ts";
import { verifyBundle } from "./verify-bundle.ts";

const missing = ["ssh-agent", "ssh-add", "ssh-keygen"].find((program) => {
  try {
    execFileSync("sh", ["-c", `command -v ${program}`]);
    return false;
  } catch {
    return true;
  }
});
it.skipIf(missing)(
  "signs with a key that never leaves ssh-agent (where it is installed)",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "assay-ssh-agent-"));
    const socket = join(folder, "agent.sock");
    const agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: "ignore" });
    try {
      for (let tries = 0; !existsSync(socket) && tries < 200; tries++) await sleep(25);
      const environment = { ...process.env, SSH_AUTH_SOCK: socket };
      const key = join(folder, "key");
      execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
      execFileSync("ssh-add", ["-q", key], { env: environment, stdio: "ignore" });
      rmSync(key);
      const publicKey = execFileSync("ssh-add", ["-L"], { env: environment }).toString();
      const name = "inspectorate.example/assay";
      const keys = join(folder, "keys");
      const first = await openKeyring(keys, name);
      const signer = signerAt(name, { socket, publicKey });
      await handOver(keys, signer, "2026-02-01T00:00:00.000Z");
      expect(existsSync(join(keys, "signing-key.pem"))).toBe(false);
      const keyring = await keepKeyring(keys, signer);
      const events = storyEvents();
      const after = events.find(({ type }) => type === "ReportPublished")!.id;
      const request = { inspection, events, keyring, stage: "published", after };
      const { checkpoints } = await advance({ ...request, record: undefined });
      const members = bundleMembers({
        ...{ log: logOf(inspection, events), keyring, checkpoints, ratings: {} },
        framework: { id: "2018-07", document: framework },
      });
      const bundle = sealedBundle(members, await haveSigned(sealText(members), signer));
      expect(verifyBundle(bundle, { trusted: first.keys }).holds).toBe(true);
      execFileSync("ssh-add", ["-q", "-D"], { env: environment, stdio: "ignore" });
      await expect(haveSigned("text\n", signer)).rejects.toThrow(/does not sign with that key/);
    } finally {
      agent.kill();
      rmSync(folder, { recursive: true });
    }
  },
);
