import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { storePath } from "@assay/embedded/data-folder.ts";
import { openSqliteReader } from "@assay/store/sqlite-reader.ts";
import { afterAll, afterEach, describe, expect, it } from "vitest";

import { openSmallDisk } from "./small-disk.ts";

const disk = openSmallDisk(48);
const dataDir = disk && join(disk.folder, "data");
const children = new Set<ChildProcess>();

afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
});
afterAll(() => disk?.remove());

const program = join(import.meta.dirname, "../embedded/main.ts");

/** `npm start` on a data folder. What it said when it ended, or where it answers. */
const started = async (folder: string) => {
  const given = ["--disable-warning=ExperimentalWarning", program, "--empty", "--port", "0"];
  const child = spawn(process.execPath, [...given, "--data", folder], { stdio: "pipe" });
  children.add(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => (said += text.toString()));
  const ended = once(child, "exit").then(([code]) => {
    children.delete(child);
    return { code: code as number | null, said };
  });
  const up = (async () => {
    for (;;) {
      const found = /is at (http:\S+)\/\n[^]*are at (http:\S+)\n/.exec(said);
      if (found) return { url: found[1]!, health: found[2]! };
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  const first = await Promise.race([ended, up]);
  return { ...("url" in first ? first : undefined), child, ended };
};

type Running = Awaited<ReturnType<typeof started>>;

const stop = async ({ child, ended }: Running) => {
  child.kill("SIGTERM");
  return ended;
};

const schedule = async ({ url }: Running, inspection: string, id: string = randomUUID()) => {
  const answer = await fetch(`${url}/api/v1/commands`, {
    method: "POST",
    headers: {
      authorization: "Bearer scheduler/scheduler/",
      "content-type": "application/json",
      "idempotency-key": id,
    },
    body: JSON.stringify({
      ...{ type: "ScheduleInspection", inspection, framework: "yos-2018" },
      service: { id: "north-vale", name: "North Vale Youth Justice Service" },
      fieldwork: { start: "2027-05-10", end: "2027-05-14" },
      team: [{ person: "lena", role: "lead-inspector" }],
    }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

const health = async (running: Running) => {
  const answer = await fetch(running.health!);
  const { services } = (await answer.json()) as { services: readonly { disk: string }[] };
  return { status: answer.status, disks: [...new Set(services.map((each) => each.disk))] };
};

const inspectionsIn = async (folder: string): Promise<readonly string[]> => {
  const reader = openSqliteReader(storePath(folder));
  const found: string[] = [];
  for await (const page of reader.readAll({ prefixes: ["inspection-"] }))
    found.push(...page.map(({ stream }) => stream.replace("inspection-", "")));
  reader.close();
  return found;
};

describe.skipIf(disk === undefined)("npm start on a small disk (where root may mount one)", () => {
  it("refuses in words while the disk is full, and goes on without a restart", async () => {
    const running = await started(dataDir!);
    expect(await schedule(running, "first-2027")).toMatchObject({ status: 200 });
    disk!.fill();
    const id = randomUUID();
    for (let tries = 0; tries < 40; tries += 1) {
      const refused = await schedule(running, "second-2027", id);
      expect(refused).toMatchObject({ status: 507, body: { status: 507 } });
      expect(refused.body["detail"]).toMatch(/has to make room on the disk/);
    }
    expect(await health(running)).toEqual({ status: 503, disks: ["disk-full"] });
    const page = await fetch(`${running.url}/sign-in`);
    expect(page.status).toBeLessThan(500);
    disk!.empty();
    expect(await schedule(running, "second-2027", id)).toMatchObject({ status: 200 });
    expect(await schedule(running, "third-2027")).toMatchObject({ status: 200 });
    expect(await health(running)).toEqual({ status: 200, disks: ["ok"] });
    expect(await stop(running)).toMatchObject({ code: 0 });
    expect(await inspectionsIn(dataDir!)).toEqual(["first-2027", "second-2027", "third-2027"]);
    expect(readFileSync(join(dataDir!, "assay.log"), "utf8")).toMatch(/"code":"disk-full"/);
  });

  it("says at the start that a disk is full or takes no writes, and starts once it does", async () => {
    const whole = await inspectionsIn(dataDir!);
    disk!.fill();
    const onFull = await started(join(disk!.folder, "other"));
    expect(await onFull.ended).toMatchObject({ code: 1, said: expect.stringMatching(/make room/) });
    disk!.empty();
    disk!.remount("ro");
    const onReadOnly = await started(dataDir!);
    const { code, said } = await onReadOnly.ended;
    expect({ code, said }).toEqual({ code: 1, said: expect.stringMatching(/make room/) });
    expect(said).not.toMatch(/\n {4}at /);
    disk!.remount("rw");
    const again = await started(dataDir!);
    expect(await schedule(again, "fourth-2027")).toMatchObject({ status: 200 });
    expect(await stop(again)).toMatchObject({ code: 0 });
    expect(await inspectionsIn(dataDir!)).toEqual([...whole, "fourth-2027"]);
  });
});

const ran = (...[command, ...given]: readonly [string, ...string[]]) =>
  spawnSync(command, given, { encoding: "utf8" });

/** An ext4 of its own, which the kernel stops writing to once it is told of a fault in it. */
const openFaultyDisk = () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-ext4-"));
  const [image, mounted] = [join(folder, "image"), join(folder, "disk")];
  const fault = (): string => {
    const device = ran("losetup", "-j", image).stdout.split(":")[0]!;
    return `/sys/fs/ext4/${basename(device)}/trigger_fs_error`;
  };
  const mount = (): boolean =>
    ran("mkdir", "-p", mounted).status === 0 &&
    ran("mount", "-o", "loop,errors=remount-ro", image, mounted).status === 0;
  const unmount = (): void => {
    if (ran("umount", mounted).status !== 0) ran("umount", "--lazy", mounted);
  };
  const made =
    ran("truncate", "-s", "64M", image).status === 0 &&
    ran("mkfs.ext4", "-q", image).status === 0 &&
    mount() &&
    existsSync(fault());
  const remove = (): void => {
    unmount();
    rmSync(folder, { recursive: true, force: true });
  };
  if (!made) remove();
  return made ? { folder: mounted, image, mount, unmount, remove, fault } : undefined;
};

const faulty = openFaultyDisk();

describe.skipIf(!faulty)("npm start on a disk that fails (where root may mount an ext4)", () => {
  afterAll(() => faulty!.remove());
  const folder = faulty && join(faulty.folder, "data");
  const acknowledged = ["one-2027", "two-2027"];

  it("refuses in words, loses nothing, and goes on once the disk was repaired", async () => {
    const running = await started(folder!);
    for (const inspection of acknowledged)
      expect(await schedule(running, inspection)).toMatchObject({ status: 200 });
    writeFileSync(faulty!.fault(), "a test of Assay");
    const refused = await schedule(running, "after-2027");
    expect(refused).toMatchObject({ status: 507 });
    expect(refused.body["title"]).toMatch(/is full or cannot be written/);
    expect(await health(running)).toEqual({ status: 503, disks: ["read-only"] });
    await stop(running);
    faulty!.unmount();
    expect(ran("fsck.ext4", "-fy", faulty!.image).status).toBeLessThanOrEqual(1);
    expect(faulty!.mount()).toBe(true);
    const again = await started(folder!);
    expect(await schedule(again, "later-2027")).toMatchObject({ status: 200 });
    expect(await health(again)).toEqual({ status: 200, disks: ["ok"] });
    expect(await stop(again)).toMatchObject({ code: 0 });
    expect(await inspectionsIn(folder!)).toEqual([...acknowledged, "later-2027"]);
  });
});
