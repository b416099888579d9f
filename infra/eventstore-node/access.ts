/**
 * Who may call. Without credentials in its configuration the node lets everybody in, as
 * EventStoreDB does in its insecure mode; with them, one user who may do everything.
 */
import { createHash, timingSafeEqual } from "node:crypto";

import type { Metadata } from "@grpc/grpc-js";

import { accessDenied, type CallFault, unauthenticated } from "./faults.ts";

export type Credentials = { readonly username: string; readonly password: string };

export type Access = (metadata: Metadata) => CallFault | undefined;

export const accessFor = (credentials: Credentials | undefined): Access => {
  if (!credentials) return () => undefined;
  const { username, password } = credentials;
  const expected = digest(Buffer.from(`${username}:${password}`).toString("base64"));
  return (metadata) => {
    const [given] = metadata.get("authorization");
    if (given === undefined) return accessDenied();
    const [scheme, token = ""] = String(given).split(" ");
    const same = timingSafeEqual(digest(token), expected);
    return scheme?.toLowerCase() === "basic" && same ? undefined : unauthenticated();
  };
};

/** Of one length whatever it is made from, so that comparing it tells nothing. */
const digest = (value: string): Buffer => createHash("sha256").update(value).digest();
