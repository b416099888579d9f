import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";

import { faultsInHtml } from "@assay/spec/html.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { Annual, annualOf } from "./annual.ts";
import { actionPlanOf } from "./action-plan.ts";
import { accepted, returned } from "./golden/answers.ts";
import { feedFiles } from "./feeds.ts";
import type { StoryId } from "./golden/notebook.ts";
import { storyOf } from "./golden/story.ts";
import { renderHtml } from "./html.ts";
import { reportModelOf } from "./model.ts";
import { publishInto } from "./publish-folder.ts";
import { shelfOf } from "./shelf.ts";
import { type Site, siteOf } from "./site.ts";
import { OpenData } from "./open-data.ts";
import type { Enclosure } from "./version-files.ts";
import { whyEnclosure } from "./why-page.ts";

const publisher = {
  name: "Inspectorate",
  url: "https://inspectorate.example/",
  console: "https://console.example",
};
const settings = {
  publisher,
  regions: new Map([["peterborough", "East of England"]]),
};
const peterborough = storyOf("peterborough-2020");
const versions = [
  reportModelOf(peterborough, 1),
  reportModelOf(peterborough, 2),
  reportModelOf(storyOf("milton-keynes-2021"), 1),
];
const plans = new Map([
  ["peterborough-2020", actionPlanOf(versions[1]!, accepted)],
  ["milton-keynes-2021", actionPlanOf(versions[2]!, returned)],
]);

const filesUnder = (folder: string, prefix = ""): readonly string[] =>
  readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? filesUnder(folder, `${prefix}${entry.name}/`)
      : [`${prefix}${entry.name}`],
  );

const verifier: Enclosure = {
  path: "verifier.html",
  label: "The verifier (HTML)",
  mediaType: "text/html",
  body: new TextEncoder().encode(
    '<!DOCTYPE html>\n<html lang="en-GB">\n  <head>\n    <meta charset="utf-8">\n' +
      "    <title>The verifier</title>\n  </head>\n  <body></body>\n</html>\n",
  ),
};

describe("the site", () => {
  let root: string;
  let site: Site;
  let files: readonly string[];
  const read = (path: string): string => readFileSync(join(root, path), "utf8");

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "assay-site-"));
    site = siteOf(versions, { ...settings, plans }, (model) => [
      whyEnclosure(model, storyOf(model.inspection as StoryId), { conclusion: 1, publisher }),
      verifier,
    ]);
    await publishInto(root, site.versions, site.pages);
    files = filesUnder(root);
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it("has valid HTML on every page", async () => {
    const pages = files.filter((path) => path.endsWith(".html"));
    expect(pages.length).toBeGreaterThan(10);
    for (const page of pages) {
      expect(await faultsInHtml(page, read(page))).toEqual([]);
    }
  });

  it.each(["draft", "embargoed"] as const)(
    "makes a valid page of a copy that is %s",
    async (edition) => {
      const model = reportModelOf(peterborough, edition);
      const mark = "Copy 1 of 2, for A & B <the press>.";
      const around = { publisher, home: publisher.url, downloads: [], versionsHref: undefined };
      const html = renderHtml({ ...model, mark }, around);
      expect(html).toContain("for A &amp; B &lt;the press&gt;.");
      expect(await faultsInHtml(edition, html)).toEqual([]);
    },
  );

  it("leads nowhere that does not exist, and every fragment is there", () => {
    const broken: string[] = [];
    for (const page of files.filter((path) => path.endsWith(".html"))) {
      const html = read(page);
      const targets = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, target]) => target!);
      for (const target of targets.filter((each) => !/^(https?|mailto):/.test(each))) {
        const [path = "", fragment] = target.split("#");
        const at = path === "" ? page : posix.join(posix.dirname(page), path);
        const file = at.endsWith("/") || at === "." ? posix.join(at, "index.html") : at;
        const there =
          files.includes(file) && (!fragment || read(file).includes(`id="${fragment}"`));
        if (!there) broken.push(`${page} -> ${target}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it("prints the checksum and size of every download", () => {
    const folder = "reports/peterborough-2020/2/";
    const html = read(`${folder}index.html`);
    const sums = read(`${folder}SHA256SUMS`).trim().split("\n");
    expect(sums.length).toBeGreaterThan(7);
    for (const [sum, name] of sums.map((line) => line.split("  ") as [string, string])) {
      const hash = createHash("sha256").update(readFileSync(join(root, folder, name)));
      expect(hash.digest("hex")).toBe(sum);
      expect(html).toContain(sum);
    }
  });

  it("keeps a corrected report at its own address, and leads from it to the newer one", () => {
    const first = OpenData.parse(JSON.parse(read("reports/peterborough-2020/1/report.json")));
    const second = OpenData.parse(JSON.parse(read("reports/peterborough-2020/2/report.json")));
    const custody = ({ facts }: OpenData) => facts.find(({ name }) => name === "custody")?.value;
    expect([custody(first), custody(second)]).toEqual([6, 5]);
    expect(read("reports/peterborough-2020/1/index.html")).toContain('href="../"');
    const both = read("reports/peterborough-2020/index.html");
    expect(both).toContain("figure of another quarter");
    expect(both).toContain('href="https://console.example/inspections/peterborough-2020"');
  });

  it("announces versions and corrections in its feeds and its sitemap", () => {
    const atom = read("feed.atom");
    expect(atom.match(/<entry>/g)).toHaveLength(4);
    expect(atom).toContain("correction, version 2");
    expect(JSON.parse(read("feed.json"))).toMatchObject({ items: [{}, {}, {}, {}] });
    expect(read("sitemap.xml")).toContain(`${publisher.url}reports/peterborough-2020/1/`);
  });

  it("has no day of publication for what others published, and no score where there is none", () => {
    const [, , model] = versions;
    const others = {
      ...model!,
      reconstruction: { source: "x", counts: true, unrated: [], said: [] },
    };
    const unscored = { ...model!, framework: { ...model!.framework, overall: undefined } };
    const told = (each: typeof others | typeof unscored): string =>
      feedFiles(shelfOf([each], { publisher }), [])
        .map(({ body }) => new TextDecoder().decode(body))
        .join("\n");
    expect(told(others)).not.toMatch(/<entry>|"content_text"|"dct:issued"/);
    expect(told(unscored)).toContain("No overall rating.");
  });

  it("shows an action plan once it is accepted, with progress, in the page, the data and the feed", () => {
    const page = read("reports/peterborough-2020/actions/index.html");
    expect(page).toContain("accepted on 18 September 2020");
    expect(page).toContain("Train all staff in planning");
    expect(page).toContain("Seen at a visit");
    expect(read("reports/peterborough-2020/index.html")).toContain("2 of 3 recommendations done");
    expect(read("reports/peterborough-2020/2/index.html")).toContain('href="../actions/"');
    expect(read("reports/peterborough-2020/actions/progress.csv")).toContain(
      "peterborough-2020,1,2,2021-04-02,done,inspectorate,",
    );
    expect(read("feed.atom")).toContain(`<id>${publisher.url}reports/peterborough-2020/actions/`);
    const other = read("reports/milton-keynes-2021/actions/index.html");
    expect(other).toContain("returned to the service");
    expect(other).not.toContain("Look into it");
  });

  it("counts each report once in the annual tables", () => {
    const annual = JSON.parse(read("years/ratings.json")) as { frameworks: { years: unknown }[] };
    expect(annual.frameworks[0]?.years).toMatchObject([
      { of: "2021", total: 1, counts: { Good: 1 } },
      { of: "2020", total: 1, counts: { Good: 1 } },
    ]);
    const { standards } = versions[1]!;
    const asked = standards.flatMap(({ keyQuestions }) => keyQuestions)[0]!;
    const { keyQuestion, label, relevant, yes, percent } = asked;
    expect(read("years/key-questions.csv").split("\r\n")).toContain(
      ["yos-2018", "2020", keyQuestion, `${keyQuestion} ${label}`, 1, relevant, yes, percent].join(
        ",",
      ),
    );
    const page = read("years/index.html");
    expect(page).toContain("A bar for each year");
    expect(page).toContain('href="key-questions.csv"');
  });

  it("has the same annual numbers on the page, in JSON and in CSV, and as the schema says", () => {
    const { frameworks } = Annual.parse(JSON.parse(read("years/ratings.json")));
    expect(frameworks).toHaveLength(1);
    const annual = frameworks[0]!;
    const cells = (row: string): readonly string[] =>
      [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell = ""]) => cell);
    const rows = read("years/index.html")
      .match(/<tr.*?<\/tr>/g)!
      .map(cells);
    const lines = read("years/key-questions.csv").trim().split("\r\n");
    const years = annual.years.map(({ of }) => of);
    expect(annual.keyQuestions.length).toBeGreaterThan(20);
    for (const { label, relevant, yes, percent, years: each } of annual.keyQuestions) {
      const byYear = years.map((year) => each.find((found) => found.year === year)?.percent);
      const printed = [percent, ...byYear].map((value) =>
        value === undefined ? "–" : `${value}%`,
      );
      expect(rows).toContainEqual([label, String(relevant), String(yes), ...printed]);
      const told = lines.filter((line) => line.split(",")[3] === label);
      expect(told.map((line) => Number(line.split(",").at(-1)))).toEqual([
        percent,
        ...each.map((found) => found.percent),
      ]);
    }
    for (const { label, counts, total, meanScore } of annual.years) {
      const numbers = [...annual.grades.map((grade) => counts[grade]), total];
      expect(rows).toContainEqual([label, ...numbers.map(String), meanScore?.toFixed(1)]);
    }
    const schema = JSON.parse(read("years/ratings.schema.json")) as { $id: string };
    expect(schema.$id).toBe(`${publisher.url}years/ratings.schema.json`);
  });

  it("gives no mean of scores whose highest differ, as those of two kinds of inspection", () => {
    const model = versions[0]!;
    const shorter = { ...model, result: { ...model.result, maxScore: 12 } };
    const means = [[model], [model, shorter]].map(
      (models) => annualOf(models).frameworks[0]!.years[0]!.meanScore,
    );
    expect(means).toEqual([29, undefined]);
  });

  it("names no case anywhere", () => {
    // The reasons go down to single cases, by the names that the bundle has.
    const readable = files.filter(
      (path) => /\.(html|md|json|csv|atom|xml)$/.test(path) && !path.endsWith("/why.html"),
    );
    const naming = readable.filter((path) => /\bc\d{4}\b|YO-\d{4}|child \d/.test(read(path)));
    expect(naming).toEqual([]);
  });

  it("can be published again without a change, and clears what a crash left", async () => {
    const before = new Map(files.map((path) => [path, read(path)]));
    const crashed = join(root, ".aside-reports-x-1");
    const work = [
      { path: ".aside-reports-x-1/index.html", mediaType: "text/html", body: new Uint8Array() },
    ];
    await publishInto(root, [], work);
    expect(existsSync(crashed)).toBe(true);
    await publishInto(root, site.versions, site.pages);
    expect(existsSync(crashed)).toBe(false);
    expect(new Map(filesUnder(root).map((path) => [path, read(path)]))).toEqual(before);
  });
});
