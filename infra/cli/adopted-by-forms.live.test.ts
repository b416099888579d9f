import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { carryByForms } from "@assay/console/contract/by-forms.ts";
import { openDesk } from "@assay/console/contract/desk.ts";
import { Day, Instant } from "@assay/domain/kernel/instants.ts";
import { madeUpPlot } from "@assay/domain/reconstruction/made-up.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { openLedger, publishing } from "@assay/publication/publishing.ts";
import { homes } from "@assay/spec/conformance/homes.ts";
import { expect, it } from "vitest";

import { atTerminal } from "./contract/at-terminal.ts";

const log = createLog({ service: "test", level: "silent" });
const inspection = "meadow-house-2026";

it("carries an inspection under a document adopted a moment ago, by the forms that pages offer", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "assay-by-forms-"));
  const clock = createSteppedClock(Instant.parse("2026-01-05T09:00:00.000Z"));
  const reactions = publishing(dataDir, await openLedger(dataDir));
  const engine = await startEngine({ dataDir, clock, log, reactions });
  const desk = await openDesk(engine, clock);
  try {
    await desk.signIn("head-of-programme/head-of-programme/");
    const adopted = await desk.send("/frameworks", "AdoptFramework", {
      document: new Blob([JSON.stringify(homes)]),
    });
    expect(adopted.at).toContain("?done=AdoptFramework");
    const plot = madeUpPlot({
      ...{ inspection, service: "Meadow House", seed: 1, start: Day.parse("2026-09-07") },
      framework: homes,
    });
    await carryByForms({ desk, engine, clock, plot });
    desk.signOut();
    expect((await desk.read("/public")).text).toContain("Meadow House");
    const bundle = join(dataDir, `site/reports/${inspection}/1/audit-bundle.json`);
    const { status, out } = await atTerminal(["verify", bundle, "--json"]);
    expect([status, JSON.parse(out)]).toMatchObject([0, { holds: true }]);
  } finally {
    desk.close();
    await engine.close();
    rmSync(dataDir, { recursive: true });
  }
}, 60_000);
