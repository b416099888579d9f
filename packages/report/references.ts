/**
 * References of a report's text, filled in from its model: what each stands for, where it is
 * explained, which of them name nothing, and which an author is offered for a section.
 */
import type { Framework } from "@assay/domain/framework/document.ts";
import { hasScore } from "@assay/domain/ratings/overall.ts";
import { aboutOf } from "./about.ts";
import { standardsOf } from "@assay/domain/briefing/inspection.ts";
import {
  filledBy,
  type Misnamed,
  misnamedIn,
  type Reference,
  resultAt,
  unknownPart,
} from "@assay/domain/briefing/references.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import { dayInWords } from "@assay/domain/kernel/wording.ts";
import { type Inline, plainText, say } from "./document/blocks.ts";
import { figureWithUnit } from "./document/wording.ts";
import type { Fact } from "./recorded.ts";
import type { OverallResult, StandardResult } from "./results.ts";
import type { SampleFacts } from "./sample-facts.ts";
import type { Written } from "./written.ts";

/** What references are filled in from: a report's model, as far as they reach. */
export type Referable = Pick<Written, "facts"> & {
  readonly edition: "draft" | "embargoed" | "published";
  readonly result: OverallResult;
  readonly standards: readonly StandardResult[];
  readonly sample: SampleFacts;
  readonly evidence: readonly EvidenceNamed[];
  readonly counts: boolean;
};

/** What an author's text becomes: its words, with each reference filled in. */
export type Filling = (text: string) => readonly Inline[];

/** A reference that the record does not fill stays as it was typed. */
export const fillingOf =
  (model: Referable): Filling =>
  (text) =>
    filledBy(text, (reference): Inline | undefined => {
      const value = valueAt(reference, model);
      if (value === undefined) return undefined;
      const href = explainedAt(reference, model);
      return href === undefined ? say(value) : { kind: "recorded", href, text: value };
    }).map((piece) => (typeof piece === "string" ? say(piece) : piece));

/** The same without its links. */
export const filledIn = (model: Referable, text: string): string =>
  plainText(fillingOf(model)(text));

const valueAt = (reference: Reference, model: Referable): string | undefined => {
  switch (reference.kind) {
    case "population": {
      const found = model.sample.populations.find(
        ({ population }) => population === reference.name,
      );
      return found && String(found[reference.asked]);
    }
    case "figure": {
      const fact = model.facts.find(({ name }) => name === reference.name);
      if (!fact) return undefined;
      return reference.asked === "value"
        ? figureWithUnit(fact)
        : `${fact.source}, ${dayInWords(fact.asOf)}`;
    }
    case "evidence":
      return model.evidence.find(({ item }) => item === reference.item)?.title;
    case "code":
      if (reference.asked === "count" && !model.counts) return undefined;
  }
  return resultAt(reference, { ...model.result, standards: model.standards });
};

/** Where a reader finds how it came about: only a published version has such a page. */
const explainedAt = (
  reference: Reference,
  { edition, standards }: Referable,
): string | undefined => {
  if (reference.kind === "figure") return "#table-facts";
  if (edition !== "published") return undefined;
  if (reference.kind === "overall") return "why.html#why-overall";
  if (reference.kind !== "code") return undefined;
  const { code } = reference;
  const standard = standards.find((each) => code === each.standard || isUnder(code, each.standard));
  return standard && whyStandard(standard.standard);
};

const whyStandard = (code: string): string => `why.html#why-${code.replaceAll(".", "-")}`;

/** A standard's name, which leads to why it was rated so where there is a page that says it. */
export const standardNamed = (
  { standard, label }: Pick<StandardResult, "standard" | "label">,
  { edition }: Pick<Referable, "edition">,
): Inline => {
  const text = `${standard} ${label}`;
  return edition === "published"
    ? { kind: "recorded", href: whyStandard(standard), text }
    : say(text);
};

const isUnder = (code: string, standard: string): boolean => code.startsWith(`${standard}.`);

/** References that name nothing on record, with their lines; known before the ratings are. */
export const misnamedBy = (facts: readonly Fact[], text: string): readonly Misnamed[] => {
  const { framework, briefing } = aboutOf(facts);
  const rated = { ...framework, standards: standardsOf(briefing) };
  const figures = new Set(
    facts.flatMap((fact) => (fact.type === "ContextualFactRecorded" ? [fact.name] : [])),
  );
  const items = new Set(evidenceIn(facts).map(({ item }) => item));
  return misnamedIn(text, (reference) => {
    if (reference.kind === "figure")
      return figures.has(reference.name)
        ? undefined
        : `names nothing: no figure “${reference.name}” is recorded`;
    if (reference.kind === "evidence")
      return items.has(reference.item)
        ? undefined
        : `names nothing: no evidence “${reference.item}” is logged`;
    return unknownPart(reference, rated);
  });
};

export type EvidenceNamed = {
  readonly item: string;
  readonly kind: string;
  readonly title: string | undefined;
};

/** What was logged as evidence, without notes. */
export const evidenceIn = (facts: readonly Fact[]): readonly EvidenceNamed[] =>
  facts.flatMap((fact) =>
    fact.type === "EvidenceLogged"
      ? [{ item: fact.item, kind: fact.kind, title: words(fact.text)?.title }]
      : [],
  );

/** References whose value the record does not have, though it knows what they name. */
export const unfilledIn = (model: Referable, text: string): readonly Misnamed[] =>
  misnamedIn(text, (reference) =>
    valueAt(reference, model) === undefined ? "has no value on record" : undefined,
  );

/** A reference with what it stands for now, for whoever writes. */
export type Offered = { readonly typed: string; readonly about: string; readonly value: string };

/** What a text may refer to: all that has a value on record. */
export const offeredBy = (
  model: Referable & { readonly framework: Framework },
): readonly Offered[] =>
  [
    { typed: "overall rating", about: "Overall rating" },
    ...(hasScore(model.framework) ? [{ typed: "overall score", about: "Overall score" }] : []),
    ...model.standards.flatMap(({ standard, label, keyQuestions }) => [
      { typed: `${standard} rating`, about: `${standard} ${label}` },
      { typed: `${standard} rule`, about: `${standard} ${label}, by the cases alone` },
      ...keyQuestions.flatMap((question) =>
        [
          { code: question.keyQuestion, named: question.label },
          ...question.prompts.map(({ prompt, label: named }) => ({ code: prompt, named })),
        ].flatMap(({ code, named }) => [
          { typed: `${code} percent`, about: `${code} ${named}` },
          { typed: `${code} count`, about: `${code} ${named}, cases` },
        ]),
      ),
    ]),
    ...model.sample.populations.map(({ population, words: { case: noun } }) => ({
      typed: `population ${population} assessed`,
      about: `Number of ${noun.many} assessed`,
    })),
    ...model.facts.flatMap(({ name, label }) => [
      { typed: `figure ${name}`, about: label },
      { typed: `figure ${name} source`, about: `${label}, source` },
    ]),
  ].flatMap(({ typed, about }) => {
    const written = `{{${typed}}}`;
    const value = filledIn(model, written);
    return value === written ? [] : [{ typed: written, about, value }];
  });
