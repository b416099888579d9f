/** Whether the store still says what was signed, and the published bundles, verified at a click. */
import { isStaff } from "../reading/viewer.ts";
import { judged, type Proofs, standingOf } from "../reading/proofs.ts";
import { checkNames, signedNames } from "../wording/names.ts";
import { frame } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound } from "./page.ts";
import { publishedOf } from "./public.ts";

export const proofsPage =
  (proofs: Proofs): Handle =>
  async (visit) => {
    const held = await inspectionIn(visit);
    if (!isStaff(visit.viewer)) throw new NotFound();
    const framed = frame(held, visit.viewer, "proofs");
    const record = await proofs.record(held.inspection);
    const events = await visit.library.events(held);
    const keys = await proofs.keys();
    const standing = record && standingOf(events, record, keys);
    const bundles = await proofs.bundles(held.inspection);
    const asked = Number(visit.asked.url.searchParams.get("verify") ?? 0);
    const chosen = bundles.find(({ version }) => version === asked);
    return visit.render({
      view: "proofs",
      title: `Proofs – ${framed.head.service}`,
      model: {
        ...framed,
        standing: standing && {
          ...standing,
          checkpoints: standing.checkpoints.map((each) => ({
            ...each,
            name: signedNames[each.stage] ?? each.stage,
          })),
        },
        keys,
        elsewhere: proofs.elsewhere,
        bundles: bundles.map(({ version, content }) => ({ version, bytes: content.length })),
        report: chosen && namedReport(judged(chosen.content, keys)),
        verified: chosen?.version,
      },
    });
  };

const namedReport = (report: ReturnType<typeof judged>) => ({
  ...report,
  checks: report.checks.map((check) => ({ ...check, title: checkNames[check.name] ?? check.name })),
});

/** A published bundle to take away: everybody may. */
export const bundlePage =
  (proofs: Proofs): Handle =>
  async (visit) => {
    const held = await publishedOf(visit);
    const version = Number(visit.parts["version"]);
    const found = (await proofs.bundles(held.inspection)).find((each) => each.version === version);
    if (!found) throw new NotFound();
    return {
      status: 200,
      headers: {
        "content-type": "application/json",
        "content-disposition": `attachment; filename="${held.inspection}-${version}.bundle.json"`,
      },
      body: found.content,
    };
  };
