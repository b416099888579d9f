import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const example = join(root, "examples/milton-keynes-2021.json");
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-cli-live-"));
  // The first command installs what is missing, and says so.
  await assay(["framework", "list"]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs `npm run -s assay`, as a person would. */
const assay = async (args: readonly string[], input = "") => {
  const child = spawn("npm", ["run", "-s", "assay", "--", ...args], {
    cwd: root,
    env: { ...process.env, INIT_CWD: folder, ASSAY_DATA: join(folder, "data"), NO_COLOR: "1" },
  });
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [out, err, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out, err, status };
};

describe("npm run -s assay", () => {
  it("prints nothing but the outcome, and ends with 0", async () => {
    const { out, status, err } = await assay(["replay-published", example, "--json"]);
    expect({ status, err }).toEqual({ status: 0, err: "" });
    const outcome = JSON.parse(out);
    expect(outcome).toMatchObject({ score: 23, maxScore: 36, overall: "Good", equal: true });
    expect(outcome.standards["3.3"].discretion).toBe("recorded");
    expect(Object.keys(outcome.standards)).toHaveLength(12);
  });

  it("reads what is piped in, and ends with 1 when that differs", async () => {
    const file = JSON.parse(await readFile(example, "utf8"));
    file.standards["2.4"].rating = "Inadequate";
    const { out, status } = await assay(["replay-published", "-", "--json"], JSON.stringify(file));
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ equal: false });
  });

  it("ends with 1 for a malformed file, and says where", async () => {
    await writeFile(join(folder, "bad.json"), '{"id": }');
    const { out, status, err } = await assay(["replay-published", join(folder, "bad.json")]);
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(err).toContain("line 1, column 8");
  });

  it("ends with 2 when it is wrongly used, and says what to do", async () => {
    const { out, status, err } = await assay(["score", "G"]);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err).toContain("1 rating was given");
    expect((await assay(["nonsense"])).status).toBe(2);
  });

  it("says that there is no store, and how to get one", async () => {
    const { status, err } = await assay(["inspections"]);
    expect(status).toBe(1);
    expect(err).toContain("npm start");
  });
});
