/**
 * Frameworks: which there are, one whole with the questions that it asks, what differs between two,
 * and what is done about them. A document can be looked at like this before it is adopted.
 */
import { compareFrameworks } from "@assay/domain/framework/compare.ts";
import {
  type Known,
  knownById,
  knownFrom,
  type Versions,
} from "@assay/domain/framework/versions.ts";
import { FrameworkId } from "@assay/domain/kernel/ids.ts";
import { readFrameworkDocument } from "@assay/host/framework-file.ts";

import { askingShown } from "../forms/asking.ts";
import { select } from "../forms/form.ts";
import { adopting, withdrawing } from "../forms/frameworks.ts";
import { shownAgain, taking } from "../forms/taking.ts";
import { frameworksKnown, type KeptFramework, untouched } from "../reading/frameworks.ts";
import { isStaff } from "../reading/viewer.ts";
import { documentProblems } from "../wording/file-problems.ts";
import { frameworkTold } from "./framework-told.ts";
import { type Handle, NotFound, signedIn, type Visit } from "./page.ts";

const crumb = { text: "Frameworks", href: "/frameworks" };

export const frameworksPage: Handle = async (visit) => {
  onlyStaff(visit);
  const kept = await visit.library.frameworks();
  return visit.render({
    view: "frameworks",
    title: "Frameworks",
    model: {
      frameworks: frameworksKnown(kept).map((known) => ({
        id: known.framework.id,
        label: known.framework.label,
        from: known.framework.from,
        standards: known.framework.standards.length,
        use: useOf(kept.get(known.framework.id as FrameworkId)),
      })),
    },
    forms: {
      about: { framework: untouched.state, now: visit.now },
      at: { here: [adopting] },
    },
  });
};

/** Adopts a document, or shows what it holds without recording anything. */
export const takeFramework: Handle = async (visit) => {
  const form = await visit.asked.form();
  if (!form.names.includes("_preview")) return taking(frameworksPage)(visit);
  onlyStaff(visit);
  const content = await form.file("document");
  const read = content && readFrameworkDocument(content);
  if (read?.accepted) return shown(visit, knownFrom(read.document), undefined);
  const troubles = read ? documentProblems(read.problems) : ["Choose the file"];
  return shownAgain(frameworksPage, visit, {
    form: "AdoptFramework",
    typed: form,
    troubles: troubles.map((text) => ({ text, field: "document" })),
  });
};

export const frameworkPage: Handle = async (visit) => {
  onlyStaff(visit);
  const { known, kept } = await frameworkIn(visit);
  return shown(visit, known, kept);
};

/** `kept` is left out for a document that nobody has adopted. */
const shown = async (visit: Visit, known: Known, kept: KeptFramework | undefined) => {
  const { framework } = known;
  const all = frameworksKnown(await visit.library.frameworks());
  const others = all.filter((each) => each.digest !== known.digest);
  return visit.render({
    view: "framework",
    title: framework.label,
    model: {
      crumbs: [crumb, { text: framework.label }],
      told: frameworkTold(known),
      isPreview: kept === undefined,
      use: useOf(kept),
      history: kept?.facts.map(({ type, at, by, ...fact }) => ({
        type,
        at,
        by: by.id,
        reason: "text" in fact && "reason" in fact.text ? fact.text.reason : undefined,
      })),
      compared: kept && comparedIn(visit, known, others),
      comparing:
        kept &&
        others.length > 0 &&
        askingShown({
          id: "comparing",
          button: "Compare",
          fields: {
            with: select(
              "With which framework",
              others.map(({ framework: { id, label } }) => ({ value: id, text: label })),
            ),
          },
        }),
    },
    ...(kept && {
      forms: {
        about: { framework: kept.state, now: visit.now },
        at: { here: [withdrawing] },
      },
    }),
  });
};

/** What differs from the framework that the address names. */
const comparedIn = (visit: Visit, { framework }: Known, others: Versions) => {
  const other = knownById(visit.asked.url.searchParams.get("with") ?? "", others)?.framework;
  return (
    other && {
      label: other.label,
      differences: compareFrameworks(framework, other).map((each) => ({
        ...each,
        place: each.place.join(" › "),
      })),
    }
  );
};

const onlyStaff = (visit: Visit): void => {
  signedIn(visit);
  if (!isStaff(visit.viewer)) throw new NotFound();
};

const frameworkIn = async (visit: Visit): Promise<{ known: Known; kept: KeptFramework }> => {
  const id = FrameworkId.safeParse(visit.parts["framework"]);
  const all = await visit.library.frameworks();
  const known = id.success ? knownById(id.data, frameworksKnown(all)) : undefined;
  if (!id.success || !known) throw new NotFound();
  return { known, kept: all.get(id.data) ?? untouched };
};

const useOf = (kept: KeptFramework = untouched): string => {
  if (kept.state.phase.matches("withdrawn")) return "Withdrawn";
  return kept.state.adopted ? "Adopted" : "Comes with Assay";
};
