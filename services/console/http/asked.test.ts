import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";

import { expect, it } from "vitest";

import { askedBy, mostBytes, mostCharacters } from "./asked.ts";

const encoded = "application/x-www-form-urlencoded";
const apart = "multipart/form-data; boundary=b";

const formFrom = (type: string, body: string) => {
  const request = Object.assign(Readable.from([Buffer.from(body)]), {
    headers: { "content-type": type },
    socket: {},
  });
  return askedBy(request as unknown as IncomingMessage).form();
};
const part = (name: string, value: string, more = ""): string =>
  `--b\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
const whole = (...parts: readonly string[]): string => `${parts.join("")}--b--\r\n`;

it("takes a form's fields, the last of a name first, and its files", async () => {
  const form = await formFrom(apart, whole(part("a", "1"), part("a", "2"), part("b", "é")));
  expect([form.value("a"), form.values("a"), form.value("b"), form.value("c")]).toEqual([
    ...["2", ["1", "2"], "é", ""],
  ]);
  expect(form.names).toEqual(["a", "b"]);
  const file = part("file", "x".repeat(mostCharacters + 1), '; filename="../../etc/a.csv"');
  const sent = await formFrom(apart, whole(part("a", "1"), file));
  expect((await sent.file("file"))?.length).toBe(mostCharacters + 1);
});

it("refuses more words or fields than any form has, and as a file only what is one", async () => {
  const long = "a".repeat(mostCharacters);
  const bodies = [
    [encoded, `a=${long}`],
    [encoded, `${long}=1`],
    [encoded, `a=${"%20".repeat(mostCharacters)}`],
    [encoded, "a&".repeat(20_001)],
    [apart, whole(part("a", long))],
    [apart, whole(part("a", long.slice(1)), part("b", long.slice(1)))],
    [apart, whole(part("a", "").repeat(20_001))],
    [apart, whole(part("a", "x".repeat(mostBytes)))],
  ] as const;
  for (const [type, body] of bodies)
    await expect(formFrom(type, body)).rejects.toMatchObject({ status: 413 });
  for (const type of ["multipart/form-data", 'multipart/form-data; boundary=""', "text/plain"])
    await expect(formFrom(type, whole(part("a", "1")))).rejects.toMatchObject({ status: 400 });
  const most = await formFrom(encoded, `a=${long.slice(1)}`);
  expect(most.value("a")).toHaveLength(mostCharacters - 1);
});
