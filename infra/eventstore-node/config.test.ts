import { expect, test } from "vitest";

import { readConfig } from "./config.ts";

test("a data folder is all it takes", () => {
  expect(readConfig(["--data", "/var/assay"], {})).toEqual({
    path: "/var/assay/events.db",
    port: 2113,
    host: "127.0.0.1",
  });
});

test("what cannot be meant is refused with a reason", () => {
  const data = ["--data", "/var/assay"];
  const user = { EVENTSTORE_NODE_USERNAME: "admin", EVENTSTORE_NODE_PASSWORD: "secret" };
  expect(() => readConfig([], {})).toThrow(/data/);
  expect(() => readConfig([...data, "--port", "70000"], {})).toThrow(/port/);
  expect(() => readConfig([...data, "--colour", "red"], {})).toThrow(/colour/);
  expect(() => readConfig([...data, "--cert", "a.pem"], {})).toThrow(/go together/);
  expect(() => readConfig(data, { EVENTSTORE_NODE_USERNAME: "admin" })).toThrow(/go together/);
  expect(() => readConfig(data, user)).toThrow(/need TLS/);
});
