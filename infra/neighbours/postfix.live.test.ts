import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { mailTo } from "@assay/announcement/contract/mail-server.ts";
import { freePort } from "@assay/host/free-port.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { mayRunPostfix, type Postfix, startPostfix } from "./contract/postfix.ts";

describe.skipIf(!mayRunPostfix())("letters by Postfix (where it is installed, by root)", () => {
  let postfix: Postfix;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "assay-letters-"));
    postfix = await startPostfix(await freePort());
  });
  afterAll(async () => {
    await postfix.close();
    rmSync(folder, { recursive: true });
  });

  const mail = {
    id: "5cf5a1f0-4f3a-4a39-8ae4-b2a0f6c1a001",
    to: "desk@x.example",
    subject: "Inspection of Sandford: 1 late",
    text: "Dear Zoë,\n",
  };

  it("are refused for a mailbox that there is not, and ended by no policy", async () => {
    const { hand } = mailTo(folder, postfix.url);
    const refused = await hand({ ...mail, to: "nobody@x.example" });
    expect(refused).toEqual({ refused: expect.stringMatching(/550 5\.1\.1.*User unknown/) });
    expect(JSON.stringify(refused)).not.toContain("nobody@");
    await expect(hand({ ...mail, to: "somebody@elsewhere.example" })).rejects.toMatchObject({
      code: "mail-policy",
      message: expect.stringContaining("Relay access denied"),
    });
  });

  it("carry names with diacritics", async () => {
    const { hand } = mailTo(folder, postfix.url);
    const before = postfix.letters().length;
    expect(await hand({ ...mail, subject: "Zoë" })).toBe("delivered");
    await expect.poll(() => postfix.letters().length, { timeout: 30_000 }).toBe(before + 1);
    expect(postfix.letters().join("")).toContain("Subject: =?UTF-8?Q?Zo=C3=AB?=");
  });
});
