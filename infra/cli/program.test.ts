import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { stripVTControlCharacters } from "node:util";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { atTerminal, type Standing } from "./contract/at-terminal.ts";

const root = join(import.meta.dirname, "../..");
const peterborough = join(root, "examples/peterborough-2020.json");
const caseList = join(root, "examples/case-list/case-list.csv");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-cli-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const assay = (args: readonly string[], standing: Standing = {}) =>
  atTerminal(args, {
    pathOf: (name) => (isAbsolute(name) ? name : join(folder, name)),
    ...standing,
  });

const changed = async (change: (file: any) => void): Promise<string> => {
  const file = JSON.parse(await readFile(peterborough, "utf8"));
  change(file);
  const path = join(folder, "changed.json");
  writeFileSync(path, JSON.stringify(file, undefined, 1));
  return path;
};

describe("assay score", () => {
  it("adds up names in any case, and initials", async () => {
    const words = ["outstanding", "O", "g", "GOOD", "ri", "Requires improvement", "I"];
    const { status, out } = await assay([
      "score",
      "--framework",
      "yos-2018",
      "--json",
      ...words,
      "G",
      "G",
      "G",
      "G",
      "G",
    ]);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ score: 22, maxScore: 36, overall: "Good" });
  });

  it.each([
    [["score", "--framework", "yos-2018", "G", "G"], "2 ratings were given"],
    [["score", "--framework", "yos-2018", ..."GGGGGGGGGGGX"], 'Rating 12, "X"'],
    [
      ["score", "--framework", "yos-1999", ..."GGGGGGGGGGGG"],
      "Known: yos-2018, yos-2021, youth-justice-2025",
    ],
  ])("is told what is wrong with %j", async (args, said) => {
    const { status, out, err } = await assay(args);
    expect(status).toBe(2);
    expect(out).toBe("");
    expect(err).toContain(said);
  });
});

describe("assay replay-published", () => {
  it("finds an unexplained rating, and the inspection equal all the same", async () => {
    const { status, out, err } = await assay(["replay-published", peterborough, "--json"]);
    expect(status).toBe(0);
    expect(err).toBe("");
    const outcome = JSON.parse(out);
    expect(outcome).toMatchObject({ id: "peterborough-2020", score: 29, overall: "Good" });
    expect(outcome).toMatchObject({ publishedScore: 29, publishedOverall: "Good", equal: true });
    expect(outcome.standards["3.1"]).toEqual({
      rule: "Requires improvement",
      rating: "Good",
      published: "Good",
      lowest: { keyQuestion: "3.1.2", relevant: 5, yes: 3, percent: 60 },
      triggers: ["near-boundary", "one-case", "small-sample"],
      discretion: "unexplained",
      equal: true,
    });
  });

  it("ends with 1 where a rating or the score was tampered with", async () => {
    const rating = await changed(({ standards }) => {
      Object.assign(standards["2.1"], { rating: "Requires improvement" });
    });
    const { status, out } = await assay(["replay-published", rating]);
    expect(status).toBe(1);
    expect(out).toContain("2.1 is Outstanding; Requires improvement is published");
    const score = await changed((file) => Object.assign(file, { score: 30 }));
    const told = await assay(["replay-published", score, "--json"]);
    expect(told.status).toBe(1);
    expect(JSON.parse(told.out)).toMatchObject({ score: 29, publishedScore: 30, equal: false });
  });

  it("refuses malformed JSON with its place, also when it is piped in", async () => {
    const { status, out, err } = await assay(["replay-published", "-"], {
      typed: '{"id": "x",\n}',
    });
    expect(status).toBe(1);
    expect(out).toBe("");
    expect(err).toContain('line 2, column 1: expected a name in quotes, found "}"');
  });

  it("refuses a wrong file with every place, for people and for machines", async () => {
    const path = await changed(({ standards }) => {
      Object.assign(standards, { "9.9": { rating: "Good" } });
      Object.assign(standards["2.1"]["keyQuestions"]["desistance"], { yes: 9 });
    });
    const { status, out, err } = await assay(["replay-published", path, "--json"]);
    expect(status).toBe(1);
    expect(err).toMatch(/standards\.9\.9 \(line \d+, column \d+\): unknown standard 9\.9/);
    expect(err).toContain("9 is more than the 8 relevant cases");
    expect(JSON.parse(out).problems).toHaveLength(2);
  });
});

describe("assay audit-published", () => {
  it("names what follows the rule and what does not", async () => {
    const { status, out } = await assay(["audit-published", peterborough]);
    expect(status).toBe(0);
    expect(out).toContain("7 of 8 ratings on cases follow the rule");
    const score = await changed((file) => Object.assign(file, { score: 30 }));
    expect((await assay(["audit-published", score, "--json"])).status).toBe(1);
  });
});

describe("assay case-list and assay sample", () => {
  it("gives a template that it accepts itself", async () => {
    const under = ["--framework", "yos-2021"];
    const { out } = await assay(["case-list", "template", ...under]);
    const checked = await assay(["case-list", "check", "-", "--json", ...under], { typed: out });
    expect(JSON.parse(checked.out)).toMatchObject({ accepted: true, rows: 10, court: 6 });
    const newest = (await assay(["case-list", "template"])).out;
    const also = await assay(["case-list", "check", "-", "--json"], { typed: newest });
    expect(JSON.parse(also.out)).toMatchObject({ accepted: true, children: 5, victims: 1 });
  });

  it("names every problem of a list, and where", async () => {
    const under = ["--framework", "yos-2021"];
    const template = (await assay(["case-list", "template", ...under])).out;
    const list = template.replace("Female", "Femle").replace("2020-02-12", "soon");
    const { status, out, err } = await assay(["case-list", "check", "-", "--json", ...under], {
      typed: list,
    });
    expect(status).toBe(1);
    expect(err).toMatch(/line 4, column 3 \(Disposal date\): "soon": .+; expected/);
    expect(JSON.parse(out).problems.length).toBeGreaterThan(0);
  });

  it("draws a sample by references, and verifies it", async () => {
    const under = ["--framework", "yos-2021", "--list", caseList];
    const asked = ["--fieldwork-start", "2021-05-24", "--nonce", "C0FFEE", ...under];
    const { status, out } = await assay(["sample", "draw", ...asked, "--json"]);
    expect(status).toBe(0);
    const certificate = JSON.parse(out);
    expect(certificate).toMatchObject({
      seed: expect.any(String),
      listDigest: expect.any(String),
      populations: { court: { eligible: expect.any(Number) }, outOfCourt: {} },
    });
    expect(certificate.populations.court.sample[0]).toMatch(/^C-/);
    const { balance, window } = certificate.populations.court;
    expect(Object.keys(balance[0])).toEqual(
      expect.arrayContaining(["variable", "category", "populationShare", "sampleShare"]),
    );
    expect(window).toMatchObject({ from: expect.any(Number), to: expect.any(Number) });
    const page = await assay(["sample", "draw", ...asked]);
    expect(page.out).toContain("C-");
    const check = ["sample", "verify", "certificate.json", ...under];
    writeFileSync(join(folder, "certificate.json"), out);
    expect((await assay(check)).status).toBe(0);
    writeFileSync(join(folder, "certificate.json"), out.replace('"c0ffee"', '"c0ffef"'));
    const tampered = await assay([...check, "--json"]);
    expect(tampered.status).toBe(1);
    expect(JSON.parse(tampered.out).equal).toBe(false);
  });

  it.each([
    ["--nonce", "xyz"],
    ["--fieldwork-start", "2021-02-30"],
    ["--framework", "yos-1999"],
  ])("takes no %s %s", async (option, value) => {
    const usual = { "--nonce": "c0ffee", "--fieldwork-start": "2021-05-24" };
    const asked = Object.entries({ "--list": caseList, ...usual, [option]: value }).flat();
    const { status, err } = await assay(["sample", "draw", ...asked]);
    expect(status).toBe(2);
    expect(err).not.toBe("");
  });
});

describe("assay framework", () => {
  it("shows a version whose document it would accept, and refuses a wrong one", async () => {
    const { out } = await assay(["framework", "show", "yos-2021", "--json"]);
    const known = await assay(["framework", "check", "-"], { typed: out });
    expect(known).toMatchObject({ status: 0, err: "" });
    expect(known.out).toContain("yos-2021 is known already");
    const taken = await assay(["framework", "check", "-"], {
      typed: out.replace("2021-07-01", "2027-07-01"),
    });
    expect(taken.status).toBe(1);
    expect(taken.err).toContain("yos-2021 is the id of another framework");
    expect((await assay(["framework", "show", "yos-1999"])).status).toBe(2);
  });

  it("names the line and column of every fault of a document", async () => {
    const { out } = await assay(["framework", "show", "yos-2021", "--json"]);
    const typed = out.replace('"scored": true', '"scored": "yes"');
    const line = out.slice(0, out.indexOf('"scored": true')).split("\n").length;
    const wrong = await assay(["framework", "check", "-"], { typed });
    expect(wrong.status).toBe(1);
    expect(wrong.err).toContain(`standards.0.scored (line ${line}, column `);
    const broken = await assay(["framework", "check", "-"], { typed: '{\n  "id": }' });
    expect(broken.err).toContain("(line 2, column 9)");
  });

  it("compares two, and says where they do not differ", async () => {
    const { out } = await assay(["framework", "compare", "yos-2018", "yos-2021"]);
    expect(out).toMatch(/standards › 3\.4 .* › judged\n\s*first: by-cases\n\s*second: by-people/);
    const same = await assay(["framework", "compare", "yos-2018", "yos-2018"]);
    expect(same).toMatchObject({ status: 0, out: "They do not differ.\n" });
  });
});

describe("every command", () => {
  const names = ["replay-published", "audit-published", "score", "inspections", "inspection"];
  const others = ["events", "rating", "why", "diff", "bundle", "verify", "framework list"];
  const lists = ["case-list template", "case-list check", "sample draw", "sample verify"];

  it.each([...names, ...others, ...lists])("%s shows an example with --help", async (name) => {
    const { status, out, err } = await assay([...name.split(" "), "--help"]);
    expect(status).toBe(0);
    expect(out).toMatch(new RegExp(`Examples?:\\n  npm run -s assay -- ${name}`));
    expect(err).toBe("");
  });

  it.each([[], ["nonsense"], ["score"], ["score", "--nonsense"], ["verify", "no-such-file"]])(
    "wrong usage ends with 2: %j",
    async (...args) => {
      const { status, out, err } = await assay(args);
      expect({ status, out }).toEqual({ status: 2, out: "" });
      expect(err).not.toBe("");
    },
  );

  it("says what to do where there is no store", async () => {
    for (const args of [["inspections"], ["why", "peterborough-2020", "2.1"], ["rating", "x"]]) {
      const { status, err } = await assay(args);
      expect(status).toBe(1);
      expect(err).toContain("Start Assay with npm start, or name its folder with --data");
    }
  });

  it("says nothing by colour alone", async () => {
    const plain = await assay(["replay-published", peterborough]);
    const coloured = await assay(["replay-published", peterborough], { colour: true });
    expect(coloured.out).not.toBe(plain.out);
    expect(stripVTControlCharacters(coloured.out)).toBe(plain.out);
  });
});
