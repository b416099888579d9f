import { expect, it } from "vitest";

import { publishedBundle } from "./golden/published-bundle.ts";
import { judge } from "./judge.ts";
import { verifierPage } from "./verifier-page.ts";

const bundle = publishedBundle();
const [key] = (JSON.parse(bundle) as { keys: string[] }).keys;

it("judges a bundle of format 1, published before, whole: every check, every rating", () => {
  const report = judge(bundle, [key!]);
  expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
  expect(report).toMatchObject({ holds: true, inspection: "peterborough-2020" });
  const details = Object.fromEntries(report.checks.map(({ name, detail }) => [name, detail]));
  expect(details["ratings"]).toBe("computed again from the events, the same");
  expect(details["certificates"]).toBe("1 certificates, as the recorded draw has it");
});

it("computes the ratings by the rules: a judgement turned round gives others", () => {
  const places = [...bundle.matchAll(/"answer":"yes"/g)].map(({ index }) => index);
  const at = places.find((place) =>
    bundle.slice(place, place + 300).includes('"question":"2.1.1"'),
  );
  const turned =
    bundle.slice(0, at) + '"answer":"no"' + bundle.slice(at! + '"answer":"yes"'.length);
  const failed = judge(turned).checks.filter(({ holds }) => !holds);
  expect(failed.map(({ name }) => name)).toEqual(["seal", "events", "decisions", "ratings"]);
  expect(failed.at(-1)!.detail).toContain("ratings/standards/4/");
});

it("becomes a page that is one file, asks nobody for anything, and is the same each time", async () => {
  const page = await verifierPage();
  const script = page.slice(page.indexOf("<script>"), page.indexOf("</script>"));
  const shell = page.replace(script, "");
  expect(shell).toContain("default-src 'none'");
  expect(/\/\* (style|script) \*\//.test(page)).toBe(false);
  // A link is followed by a person; nothing is fetched by it.
  expect(/(?:src|href)=|@import|url\(/.exec(shell.replace('<a href="./">', ""))).toBeNull();
  expect(/from"node:|\brequire\(/.exec(script)).toBeNull();
  expect(page.match(/<\/script>/g)).toHaveLength(1);
  expect(page.length).toBeLessThan(600_000);
});
