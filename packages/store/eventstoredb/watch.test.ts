import { expect, it } from "vitest";

import type { Delivery, Position } from "../port.ts";
import { Silence, Watch, type Watched } from "./watch.ts";

const place = (number: number): Position => String(number) as Position;
const never = new Promise<string>(() => {});

const watching = (found: Partial<Watched>): Watch =>
  new Watch(
    {
      quiet: 1,
      newest: async () => place(9),
      beyond: async function* (): AsyncGenerator<Delivery> {
        yield { kind: "caughtUp", through: place(9) };
      },
      ...found,
    },
    place(5),
  );

it("says that a subscription has died when another one brings what it did not", async () => {
  const beyond = async function* (): AsyncGenerator<Delivery> {
    yield { kind: "events", events: [{} as never], through: place(7) };
  };
  await expect(watching({ beyond }).over(never, place(5))).rejects.toBeInstanceOf(Silence);
});

it("waits on where what is new is for others, and asks for that once", async () => {
  const asked: (Position | undefined)[] = [];
  let looks = 0;
  let bring: (what: string) => void = () => {};
  const next = new Promise<string>((resolve) => (bring = resolve));
  const watch = watching({
    newest: async () => {
      looks += 1;
      if (looks === 4) bring("something");
      return place(9);
    },
    beyond: async function* (at): AsyncGenerator<Delivery> {
      asked.push(at);
      yield { kind: "caughtUp", through: place(9) };
    },
  });
  expect(await watch.over(next, place(3))).toBe("something");
  expect(asked).toEqual([place(5)]);
});

it("fails with what the subscription failed with while it looked", async () => {
  let fail: (error: Error) => void = () => {};
  const next = new Promise<string>((_, reject) => (fail = reject));
  const newest = async () => {
    fail(new Error("cut off"));
    return place(5);
  };
  await expect(watching({ newest }).over(next, place(5))).rejects.toThrow("cut off");
});
