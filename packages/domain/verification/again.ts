/**
 * Every fact of an inspection decided again: whether somebody in that role and relation may have
 * asked for it, whether the phase allowed it, and whether exactly these facts follow. Nothing that
 * the record says of itself is believed.
 */
import { inspectionChart } from "../announcement/machine.ts";
import type { Framework } from "../framework/document.ts";
import { type AnyDocument, frameworkIn, knownFrom, type Versions } from "../framework/versions.ts";
import type { Actor } from "../kernel/actor.ts";
import { canonicalJson } from "../kernel/canonical.ts";
import type { AnyChart } from "../kernel/chart.ts";
import { inspectionOf } from "../kernel/stream.ts";
import type { KeptSeal } from "../kernel/envelope.ts";
import { mapTexts } from "../kernel/text-places.ts";
import { type Charted, notNow } from "../lifecycle/possible.ts";
import { type Asked, askedFor, type Told } from "./asked.ts";
import { type Known, knownOf, type Placed, type Refusal, rulesOf } from "./known.ts";
import { envelopeJudge, type Group, groupsOf } from "./envelopes.ts";
import { type Found, type Leeway, leeway } from "./leeway.ts";
import { type Entry, type Problem, type ReadEntry, readEntry } from "./log.ts";
import { partedOf, sealMessage } from "./seal-message.ts";
import { listFromDraw } from "./unseen.ts";

/** A fact of which something cannot be worked out from what is shown, and what. */
export type Left = { readonly index: number; readonly what: string };

/** The seal of one command with the bytes that it should be a signature of, one of these. */
export type Sealed = {
  readonly index: number;
  readonly by: "people" | "duties";
  readonly seal?: Pick<KeptSeal, "edge" | "signature">;
  readonly messages: readonly Uint8Array[];
};

export type Verdict = {
  /** For each command that is shown, in the log's order. */
  readonly seals: readonly Sealed[];
  readonly problems: readonly Problem[];
  /** How many facts follow from those before them, whole. */
  readonly recomputed: number;
  /** Facts that agree with others, and of which a part does not follow from them. */
  readonly compared: readonly Left[];
};

type Deciding = {
  readonly streams: Map<string, Placed[]>;
  readonly known: Map<string, Known>;
  readonly versions: Versions;
  /** Whether a case list is not shown. */
  readonly hidden: boolean;
};

/** Does the work, or says why not: rules may fail on facts that no rules recorded. */
export type Attempt = <Result>(work: () => Result) => Result | { readonly failed: string };

/** In the log's order; `document` is the framework that the inspection was announced under. */
export const decideAgain = (
  entries: readonly Entry[],
  document: AnyDocument,
  attempt: Attempt = (work) => work(),
): Verdict => {
  const framework = frameworkIn(document);
  const hidden = entries.filter(({ shown }) => !shown);
  const streams = new Map<string, Placed[]>();
  const known = new Map<string, Known>();
  const deciding = { streams, known, versions: [knownFrom(document)], hidden: hidden.length > 0 };
  const read = readAll(entries, { framework, streams, attempt });
  const oddities = envelopeJudge();
  const problems: Problem[] = [...read.problems];
  const compared: Left[] = [];
  let recomputed = 0;
  const groups = groupsOf(read.facts);
  for (const group of groups) {
    const { index } = group[0];
    const answer = attempt(() => judged(group, deciding));
    const { wrong, left } = "failed" in answer ? unable(answer.failed) : answer;
    const found = [...oddities(group), ...wrong];
    problems.push(...found.map((each) => ({ index, ...each })));
    if (found.length > 0) continue;
    recomputed += left === undefined ? group.length : group.length - 1;
    if (left !== undefined)
      compared.push({ index, what: [left, ...drawnAgain(group, read)].join(", ") });
  }
  problems.push(...hidden.flatMap((entry) => misplaced(entry, deciding)));
  const seals = groups.filter(([{ shown }]) => shown).map(sealedIn);
  return { problems: problems.toSorted((a, b) => a.index - b.index), recomputed, compared, seals };
};

/** What stands behind a group: the commands that it answers may be several, and one was sealed. */
const sealedIn = (group: Group): Sealed => {
  const [{ index, stream, category, metadata, fact }] = group;
  const { commandId: id, correlationId, causationId, seal } = metadata;
  const by = (fact["by"] as Actor).role === "system" ? "duties" : "people";
  if (!seal) return { index, by, messages: [] };
  const facts = group.map((each) => each.fact);
  const messages = askedFor(category, facts, inspectionOf(stream)!).map((command) =>
    sealMessage({ id, correlationId, causationId }, partedOf(command).said, seal),
  );
  return { index, by, seal, messages };
};

type Reading = {
  readonly framework: Framework;
  readonly streams: Map<string, Placed[]>;
  readonly attempt: Attempt;
};

const readAll = (
  entries: readonly Entry[],
  { framework, streams, attempt }: Reading,
): { readonly facts: readonly ReadEntry[]; readonly problems: readonly Problem[] } => {
  const facts: ReadEntry[] = [];
  const problems: Problem[] = [];
  for (const entry of entries) {
    const { index, stream, revision, type, shown } = entry;
    const placed = streams.get(stream) ?? [];
    streams.set(stream, placed);
    if (!shown && type === "CaseListSubmitted") {
      const list = listFromDraw(entries, index, framework);
      const begun = beginning(entry, list, entries);
      placed.push({ index, revision, fact: begun?.fact ?? list });
      if (begun) facts.push(begun);
      continue;
    }
    const found = attempt(() => readEntry(entry));
    if ("failed" in found)
      problems.push({ index, rule: "form", what: `it is no ${type}: ${found.failed}` });
    else if ("rule" in found) problems.push(found);
    else {
      placed.push({ index, revision, fact: found.fact });
      facts.push(found);
    }
  }
  return { facts, problems };
};

/** A list that is not shown, where more facts of its command are, which name that command. */
const beginning = (entry: Entry, list: Told, entries: readonly Entry[]): ReadEntry | undefined => {
  const next = entries.find(
    ({ stream, revision }) => stream === entry.stream && revision === entry.revision + 1,
  );
  const read = next?.shown && readEntry(next);
  if (!read || "rule" in read || read.metadata.index !== 1) return undefined;
  const { at, by } = read.fact;
  const metadata = { ...read.metadata, index: 0 };
  return { ...entry, category: read.category, metadata, fact: { ...list, at, by } };
};

/** A list that is not shown stands in the inspection's own stream, where a list was awaited. */
const misplaced = (entry: Entry, { streams, versions }: Deciding): readonly Problem[] => {
  const { index, type, stream } = entry;
  if (type !== "CaseListSubmitted") return [];
  const inspection = inspectionOf(stream);
  const problem = (what: string): readonly Problem[] => [{ index, rule: "withheld", what }];
  if (stream !== `inspection-${inspection}`) return problem("no case list stands in that stream");
  const known = knownOf(rulesOf("inspection", versions), streams);
  known.fold(stream, index);
  const chart = inspectionChart as unknown as AnyChart;
  return notNow(chart, known.state() as Charted, "SubmitCaseList")
    ? problem("no case list was awaited there")
    : [];
};

const unable = (why: string): Judged => ({
  wrong: [{ rule: "rules", what: `they cannot be applied: ${why}` }],
});

/** What the service said of a draw, who has the list. */
const drawnAgain = ([{ fact }]: Group, { facts }: { readonly facts: readonly ReadEntry[] }) => {
  if (fact.type !== "SampleDrawn") return [];
  const signed = facts.findLast(({ type }) => type === "DrawCountersigned");
  if (!signed) return [];
  return [`and the service that drew it again got ${signed.fact["equal"] ? "the same" : "others"}`];
};

type Judged = { readonly wrong: readonly Found[]; readonly left?: string | undefined };

const judged = (group: Group, deciding: Deciding): Judged => {
  const [{ stream, index, category, type }] = group;
  const facts = group.map(({ fact }) => fact);
  const rules = rulesOf(category, deciding.versions);
  const known = deciding.known.get(stream) ?? knownOf(rules, deciding.streams);
  deciding.known.set(stream, known);
  known.fold(stream, index);
  const inspection = inspectionOf(stream)!;
  const asked = askedFor(category, facts, inspection);
  if (asked.length === 0)
    return { wrong: [{ rule: "command", what: `no command leads to ${type} as it is recorded` }] };
  const answers = asked.map((command): Judged =>
    answered(command, facts, { known, deciding, index }),
  );
  const best = answers.toSorted((a, b) => a.wrong.length - b.wrong.length)[0]!;
  return best.wrong.length > 0 ? best : { ...best, wrong: frameworks(group, known) };
};

type Place = { readonly known: Known; readonly deciding: Deciding; readonly index: number };

const answered = (command: Asked, facts: readonly Told[], place: Place): Judged => {
  const { known, deciding, index } = place;
  const { rules } = known;
  const given: Leeway | undefined = leeway[command.type];
  const basis = known.consult(command, index);
  const state = known.state() as never;
  const checked = given?.check?.(facts, state, deciding.hidden) ?? [];
  if (given && !given.decides) {
    const asking = { by: command["by"], case: command["case"] };
    const no = rules.prospect(command.type, asking, state);
    return { wrong: [...(no ? [inWords(no)] : []), ...checked], left: given.why };
  }
  const decision = rules.decide(command, state, basis);
  if (!decision.accepted) return { wrong: [inWords(decision.refusal)] };
  const left = given && facts.some((fact) => isMasked(fact, given)) ? given.why : undefined;
  return { wrong: [...otherThan(decision.events, facts, given), ...checked], left };
};

const isMasked = (fact: Told, { mask }: Leeway): boolean =>
  mask !== undefined && Object.keys(mask(fact)).length < Object.keys(fact).length;

const inWords = ({ reason, ...rest }: Refusal): Found => {
  const { permitted: _, ...said } = rest as Readonly<Record<string, unknown>>;
  return { rule: reason, what: `it would be refused: ${JSON.stringify({ reason, ...said })}` };
};

/** Where the recorded facts are not those that follow. */
const otherThan = (
  decided: readonly Told[],
  recorded: readonly Told[],
  given: Leeway | undefined,
): readonly Found[] => {
  if (decided.length === 0)
    return [{ rule: "repeated", what: "it says what stood recorded already" }];
  const optional = given?.optional;
  const left =
    optional !== undefined && !recorded.some(({ type }) => type === optional)
      ? decided.filter(({ type }) => type !== optional)
      : decided;
  const plain = (fact: Told): Told => {
    const bare = mapTexts(fact, () => ({ erased: true })) as Told;
    return given?.mask ? given.mask(bare) : bare;
  };
  return Array.from({ length: Math.max(left.length, recorded.length) }).flatMap((_, at) => {
    const [follows, stands] = [left[at], recorded[at]];
    if (!follows) return [{ rule: "answer", what: `${stands!.type} does not follow` }];
    if (!stands) return [{ rule: "answer", what: `${follows.type} has to follow` }];
    const places = differences(plain(follows), plain(stands));
    return places.map(({ place, ours, theirs }) => ({
      rule: "answer",
      what: `${stands.type}${place} is ${theirs}, and the rules give ${ours}`,
    }));
  });
};

type Difference = { readonly place: string; readonly ours: string; readonly theirs: string };

const differences = (ours: unknown, theirs: unknown, place = ""): readonly Difference[] => {
  if (!isBranch(ours) || !isBranch(theirs) || Array.isArray(ours) !== Array.isArray(theirs))
    return ours === theirs ? [] : [{ place, ours: brief(ours), theirs: brief(theirs) }];
  const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return [...keys].flatMap((key) => differences(ours[key], theirs[key], `${place}/${key}`));
};

const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const brief = (value: unknown): string =>
  value === undefined ? "nothing" : canonicalJson(value).slice(0, 80);

/** Each fact names the framework version that was in force once it was recorded. */
const frameworks = (group: Group, known: Known): readonly Found[] => {
  let state = known.state();
  return group.flatMap(({ fact, metadata }) => {
    state = known.rules.evolve(state, fact);
    const briefed = state as {
      readonly briefing?: { readonly framework?: { readonly id: string } };
    };
    const inForce = briefed.briefing?.framework?.id;
    return metadata.framework === inForce
      ? []
      : [{ rule: "framework", what: `it names ${metadata.framework}, in force is ${inForce}` }];
  });
};
