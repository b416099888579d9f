import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import {
  faultsOf,
  type House,
  openHouse,
  pictures,
  type Visitor,
} from "@assay/embedded/browsing.ts";

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const made = (town: string): string => `/inspections/made-up-${town}`;
const managerOf = (town: string): string => `service-manager/provider-user/${town}`;

/** Every page with who looks at it, in the state that the stories left it in. */
const visits: readonly (readonly [who: string | undefined, path: string])[] = [
  [undefined, "/public"],
  [undefined, "/public/peterborough-2020"],
  [undefined, "/public/peterborough-2020/why/3.1"],
  [undefined, "/sign-in"],
  [undefined, "/api"],
  ["lead-inspector/lead", "/"],
  ["lead-inspector/lead", "/no-such-page"],
  ["inspector-1", "/my-cases"],
  ["auditor", "/events"],
  ["auditor", "/events/panel-peterborough-2020/0"],
  ["scheduler", "/programme"],
  ["head-of-programme", "/programmes/made-up-cycle"],
  ["scheduler", made("ashbourne")],
  ["research-analyst", `${made("calderford")}/sample`],
  ["research-analyst", `${made("dunmere")}/sample`],
  ["lead-inspector/lead", `${made("dunmere")}/cases`],
  ["lead-inspector/lead", `${made("eastvale")}/fieldwork`],
  ["lead-inspector/lead", `${made("eastvale")}/cases/c0002`],
  ["inspector-1", `${made("eastvale")}/cases/c0004/assess`],
  ["auditor", "/inspections/peterborough-2020"],
  ["auditor", "/inspections/peterborough-2020/why/overall"],
  ["auditor", "/inspections/peterborough-2020/history?at=400&with=880"],
  ["auditor", "/inspections/peterborough-2020/what-if?answer=c0001/2.1.1/no&rounding=down"],
  ["auditor", "/inspections/peterborough-2020/proofs"],
  ["panel-chair", `${made("fenwick")}/panel`],
  ["panel-chair", `${made("fenwick")}/panel?room`],
  ["panel-chair", `${made("fenwick")}/panel/3.1`],
  ["panel-chair", `${made("fenwick")}/panel/1.1`],
  ["lead-inspector/lead", `${made("garrowby")}/report`],
  ["chief-inspector", `${made("ivelmouth")}/report`],
  ["publications-officer", `${made("jarnham")}/report`],
  ["publications-officer", `${made("kelmarsh")}/report`],
  [managerOf("brackley"), `${made("brackley")}/service`],
  [managerOf("eastvale"), `${made("eastvale")}/service`],
  [managerOf("hexcombe"), `${made("hexcombe")}/service`],
  [managerOf("lydgate"), `${made("lydgate")}/service`],
];

const looks = [
  ["at a desk", { width: 1280 }],
  ["on a phone", { width: 390 }],
  ["without JavaScript", { width: 768, script: false }],
] as const;

for (const [where, visiting] of looks)
  it(`offers every page to everyone ${where}: axe finds nothing, nothing spills`, async () => {
    const found: string[] = [];
    const visitors = new Map<string | undefined, Visitor>();
    for (const [who, path] of visits) {
      const visitor = visitors.get(who) ?? (await house.visitor(who, visiting));
      visitors.set(who, visitor);
      const { page, complaints } = visitor;
      complaints.length = 0;
      const answer = await page.goto(house.origin + path);
      const expected = path === "/no-such-page" ? 404 : 200;
      if (answer?.status() !== expected) found.push(`${path}: ${answer?.status()}`);
      const name = `${where} ${path}`.replaceAll(/[^a-z0-9]+/gi, "-");
      await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
      const withAxe = where !== "without JavaScript";
      for (const fault of await faultsOf(page, withAxe)) found.push(`${path}: ${fault}`);
      if (expected === 200 && complaints.length > 0) found.push(`${path}: ${complaints.join()}`);
    }
    for (const { context } of visitors.values()) await context.close();
    expect(found).toEqual([]);
  }, 900_000);

it("names axe’s complaint where there is one", async () => {
  const { page, context } = await house.visitor(undefined);
  await page.goto(`${house.origin}/public`);
  await page.evaluate("document.querySelector('h1').outerHTML = '<img src=\"x.png\">'");
  expect((await faultsOf(page)).join()).toContain("image-alt");
  await context.close();
});
