import { X509Certificate } from "node:crypto";

import { expect, it } from "vitest";

import { selfSigned } from "./self-signed.ts";

it("vouches for this machine, with its own key, for a day", () => {
  const now = new Date("2026-11-23T09:00:00.000Z");
  const certificate = new X509Certificate(selfSigned(now).cert);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.checkHost("localhost")).toBe("localhost");
  expect(certificate.checkIP("127.0.0.1")).toBe("127.0.0.1");
  expect(certificate.checkHost("example.org")).toBeUndefined();
  expect(certificate.ca).toBe(true);
  expect(new Date(certificate.validTo).toISOString()).toBe("2026-11-24T09:00:00.000Z");
});
