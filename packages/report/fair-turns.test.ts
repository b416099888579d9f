import { expect, it } from "vitest";

import { fairTurns } from "./fair-turns.ts";

it("lets nobody wait for all that somebody else has to do", async () => {
  const inTurn = fairTurns();
  const done: string[] = [];
  let atOnce = 0;
  const work = (name: string) => async () => {
    atOnce += 1;
    expect(atOnce).toBe(1);
    await Promise.resolve();
    atOnce -= 1;
    done.push(name);
    return name;
  };
  const forty = Array.from({ length: 40 }, (_, place) => inTurn("ada", work(`ada ${place}`)));
  const one = inTurn("eve", work("eve"));
  const failed = inTurn("bob", () => Promise.reject(new Error("no")));
  expect(await one).toBe("eve");
  expect(done.indexOf("eve")).toBeLessThan(3);
  await expect(failed).rejects.toThrow("no");
  expect(await Promise.all(forty)).toHaveLength(40);
  expect(done.filter((name) => name !== "eve")).toEqual(forty.map((_, place) => `ada ${place}`));
});
