/**
 * What every event store must do, told once and run on every adapter with no opt-outs. Streams have
 * names of their own in each test, so that it may run against a server that holds other data.
 */
import { describe } from "vitest";

import { appendContract } from "./contract/append.ts";
import { failureContract } from "./contract/failure.ts";
import { readContract } from "./contract/read.ts";
import { type Subject, withSubject } from "./contract/subject.ts";
import { subscribeContract } from "./contract/subscribe.ts";

export const storeContract = (name: string, create: () => Promise<Subject>): void => {
  describe(`the event store contract on ${name}`, () => {
    const subject = withSubject(create);
    describe("append", () => appendContract(subject));
    describe("read", () => readContract(subject));
    describe("subscribe", () => subscribeContract(subject));
    describe("failure", () => failureContract(subject));
  });
};
