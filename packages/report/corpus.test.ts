import { printed } from "@assay/domain/kernel/printed.ts";
import { faultsInHtml } from "@assay/spec/html.ts";
import { expect, it } from "vitest";

import { bodies, pastes, tortures } from "./golden/pastes.ts";
import { storyOf } from "./golden/story.ts";
import { renderHtml } from "./html.ts";
import { renderMarkdown } from "./markdown.ts";
import { type ReportModel, reportModelOf } from "./model.ts";
import { renderPdf } from "./pdf.ts";
import { reportChecks } from "./report-checks.ts";
import type { ReportRecord } from "@assay/domain/publication/checks.ts";

const publisher = { name: "Inspectorate", url: "https://inspectorate.example/" };
const around = { publisher, home: "../", downloads: [], versionsHref: undefined };
const record = storyOf("peterborough-2020");
const whole = reportModelOf(record, 1);
/** With little else to set than the words, and the standard that they refer to. */
const model: ReportModel = {
  ...whole,
  standards: whole.standards.filter(({ standard }) => standard === "2.1"),
};

/** As an author writes it, and the same words wherever else people write. */
const saying = (markdown: string): ReportModel => ({
  ...model,
  sections: model.sections.slice(0, 1).map((each) => ({ ...each, markdown })),
});

const asked = new Map<string, string | undefined>();

/** Why the words are refused, with their place; undefined: they are taken. */
const refusalOf = (words: string): string | undefined => {
  if (!asked.has(words)) asked.set(words, refusalBy(words));
  return asked.get(words);
};

const refusalBy = (words: string): string | undefined => {
  const read = printed(200_000).safeParse(words);
  if (!read.success) return read.error.issues[0]!.message;
  const { findings } = reportChecks({
    ...{ kind: "section", title: "Background", markdown: read.data },
    record: record as ReportRecord,
  });
  const [found] = findings;
  return found && `${found.place}: ${found.problem}`;
};

it.each([...pastes, ...tortures, ...bodies])("prints or refuses at its place: %s", (_, words) => {
  const refused = refusalOf(`${words}\n\nIt ends here.`) ?? refusalOf(words);
  if (refused !== undefined) {
    expect(refused).toMatch(/^(?:line \d+, character \d+: |Background, line \d+: |say something)/);
    return;
  }
  const said = saying(printed(200_000).parse(`${words}\n\nIt ends here.`));
  const html = renderHtml(said, around);
  expect(html).toContain("It ends here.");
  expect(html).not.toMatch(/<script>|href="(?:javascript|data):|\{\{2\.1/);
  expect(renderMarkdown(said)).toContain("It ends here.");
  expect(renderPdf(said, publisher).length).toBeGreaterThan(50_000);
});

it("takes the bodies of the four kinds of report, and most of what people paste", async () => {
  const taken = (all: typeof pastes) =>
    all.filter(([, words]) => refusalOf(words) === undefined).map(([name]) => name);
  expect(taken(bodies)).toEqual(bodies.map(([name]) => name));
  const takenPastes = taken(pastes);
  expect(pastes.map(([name]) => name).filter((name) => !takenPastes.includes(name))).toEqual([
    "template marks",
    "a control character",
    "half a character",
    "a private character",
  ]);
  for (const [name, words] of bodies)
    expect(await faultsInHtml(name, renderHtml(saying(words), around))).toEqual([]);
});
