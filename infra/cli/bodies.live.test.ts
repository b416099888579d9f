import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Desk, openDesk } from "@assay/console/contract/desk.ts";
import { tellUntil } from "@assay/console/contract/telling.ts";
import { versionById } from "@assay/domain/framework/versions.ts";
import { Day, Instant } from "@assay/domain/kernel/instants.ts";
import { madeUpPlot } from "@assay/domain/reconstruction/made-up.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { readPublishing } from "@assay/publication/config.ts";
import { openLedger, publishing, siteFolder, typesetterOf } from "@assay/publication/publishing.ts";
import { pdfTextOf } from "@assay/report/contract/pdf-text.ts";
import { bodies } from "@assay/report/golden/pastes.ts";
import { expect, it } from "vitest";

const log = createLog({ service: "test", level: "silent" });

/** Every section of the report, and all that stands beside its text, by the console's own forms. */
const writtenAt = async (desk: Desk, page: string): Promise<void> => {
  const taken = async (form: string, values: object, at = page) => {
    const sent = await desk.send(at, form, values as never);
    const summary = /error-summary[^]*?<\/ul>/.exec(sent.text)?.[0];
    expect([form, sent.at, summary]).toEqual([form, `${at}?done=${form}`, undefined]);
  };
  const { text } = await desk.read(page);
  const sections = [...new Set(text.match(/\/inspections\/[^"]+\/report\/sections\/[a-z0-9-]+/g))];
  expect(sections.length).toBeGreaterThan(5);
  for (const [place, section] of sections.entries())
    await taken("DraftSection", { markdown: bodies[place]?.[1] ?? "What we found." }, section);
  await taken("MakePoint", {
    ...{ kind: "strength", about: "2.1.1", wording: "Plans are {{2.1 rating}}." },
  });
  await taken("RecordFigureTable", {
    ...{ table: "staff", label: "Staff", unit: "people", source: "The service", asOf: "2022" },
    rows: "What\tHere\tNational\nIn post\t20\t18.5",
  });
  await taken("SetImprint", { ledBy: "The lead", contact: "reports@example.org" });
  await taken("MakeRecommendation", { addressee: "The board", wording: "Hear children." });
  for (;;) {
    const shown = await desk.read(page);
    const [form] = /ExcuseFinding-\d+/.exec(shown.text) ?? [];
    if (!form) break;
    const excused = await desk.send(shown, form, {
      reason: "It stands in the source that is named.",
    });
    expect(excused.at).toBe(`${page}?done=ExcuseFinding`);
  }
  await taken("SendDraft", {});
};

it("carries the bodies of the four kinds of report from the console's forms to every form", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "assay-bodies-"));
  const clock = createSteppedClock(Instant.parse("2020-01-01T09:00:00.000Z"));
  const config = readPublishing({});
  const engine = await startEngine({
    ...{ dataDir, clock, log, examine: typesetterOf(config).examine },
    reactions: publishing(dataDir, await openLedger(dataDir), config),
  });
  const desk = await openDesk(engine, clock);
  try {
    const plot = madeUpPlot({
      ...{ inspection: "bodies-2022", service: "Bodies", seed: 5 },
      ...{ start: Day.parse("2022-08-15"), framework: versionById("yos-2021")! },
      ...{ listed: { court: 40, outOfCourt: 12 }, drawn: { court: 8, outOfCourt: 5 } },
    });
    const page = `/inspections/${plot.inspection}/report`;
    await tellUntil(engine, clock, plot, ({ command }) => command.type === "DraftSection");
    await desk.signIn("lead-inspector/lead-inspector/");
    await writtenAt(desk, page);
    await desk.signIn("service-manager/provider-user/bodies");
    await desk.send(`/inspections/${plot.inspection}/service`, "ReturnComments", {});
    await desk.signIn("lead-inspector/lead-inspector/");
    await desk.send(page, "CloseFactualAccuracy", {});
    await desk.signIn("chief-inspector/chief-inspector/");
    await desk.send(page, "SignOffReport", {});
    await desk.signIn("publications-officer/publications-officer/");
    const set = await desk.send(page, "SetEmbargo", {});
    expect(set.at).toBe(`${page}?done=SetEmbargo`);
    await clock.moveTo("2023-06-01T09:00:00.000Z" as never, () => engine.idle());
    await engine.idle();
    const version = join(siteFolder(dataDir), "reports", plot.inspection, "1");
    const file = (path: string) => readFileSync(join(version, path));
    const forms = {
      html: file("index.html")
        .toString()
        .replaceAll(/<[^>]*>/g, ""),
      md: file("report.md").toString(),
      json: file("report.json").toString(),
      pdf: await pdfTextOf(file("report.pdf")),
    };
    for (const [form, told] of Object.entries(forms)) {
      const said = told.replaceAll(/\s+/g, " ");
      expect(said).toMatch(/Plans are (Outstanding|Good|Requires improvement|Inadequate)/);
      for (const words of form === "json"
        ? []
        : ["same worker", "posts were empty", "We wait for", "Hear children"])
        expect([form, words, said.includes(words)]).toEqual([form, words, true]);
    }
  } finally {
    desk.close();
    await engine.close();
    rmSync(dataDir, { recursive: true });
  }
});
