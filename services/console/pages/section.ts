/** One section of a report on a page of its own: nothing typed in one is lost by saving another. */
import { plainOf, unprintableIn, unprintableInWords } from "@assay/domain/kernel/printed.ts";
import { proseBlocks } from "@assay/report/document/prose.ts";
import { blocksHtml } from "@assay/report/html-blocks.ts";
import { offeredBy } from "@assay/report/references.ts";

import { sectionForm } from "../forms/report.ts";
import { taking } from "../forms/taking.ts";
import { draftIn, reportRecordIn, reviewIn } from "../reading/drafts.ts";
import { factOf } from "../reading/held.ts";
import { isStaff, marksBlind } from "../reading/viewer.ts";
import { frame } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound } from "./page.ts";
import { reportText, sectionsOf } from "./report.ts";

export const sectionPage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  if (!isStaff(visit.viewer)) throw new NotFound();
  const framed = frame(held, visit.viewer, "report");
  const events = await visit.library.events(held);
  const sections = sectionsOf(held, reportText(events.map(factOf)).sections).map((each) => ({
    ...each,
    name: each.label,
    href: `${framed.base}/report/sections/${each.section}`,
  }));
  const place = sections.findIndex(({ section }) => section === visit.parts["section"]);
  const section = sections[place];
  if (!section) throw new NotFound();
  const blind = marksBlind(visit.viewer, held);
  const review = blind ? undefined : reviewIn(events);
  const draft = blind ? undefined : draftIn(events);
  return visit.render({
    view: "section",
    title: `${section.label} – ${framed.head.service}`,
    model: {
      ...framed,
      crumbs: [...framed.crumbs, { text: "Report", href: `${framed.base}/report` }],
      section,
      before: sections[place - 1],
      after: sections[place + 1],
      references: draft ? offeredBy(draft) : [],
      suggestion: review?.suggestions.find((each) => each.section === section.section)?.markdown,
      findings: (review?.findings ?? []).filter(
        ({ place: found }) => found === section.label || found.startsWith(`${section.label}, line`),
      ),
    },
    forms: {
      about: { held, now: visit.now },
      at: { here: [sectionForm(section.section, section.markdown)] },
    },
  });
};

/** A section may be looked at before it is saved; everything else is a command. */
export const takeSection: Handle = async (visit) => {
  const form = await visit.asked.form();
  if (!form.names.includes("_preview")) return taking(sectionPage)(visit);
  const { text } = plainOf(form.value("markdown"));
  const unprintable = unprintableIn(text);
  const record = reportRecordIn(await visit.library.events(await inspectionIn(visit)));
  const question = { kind: "section", title: "This section", markdown: text, record } as const;
  const { findings } = unprintable
    ? { findings: [{ place: "This section", problem: unprintableInWords(unprintable) }] }
    : await visit.typesetter.examine(question);
  const previewed = {
    html: findings.length > 0 ? "" : blocksHtml(proseBlocks(text, "preview")),
    problems: findings.map(({ place, problem }) => `${place}: ${problem}`),
  };
  const attempt = { form: form.value("_form"), typed: form, troubles: [] };
  return sectionPage({
    ...visit,
    render: ({ model, ...rest }) =>
      visit.render({ ...rest, model: { ...model, previewed }, attempt }),
  });
};
