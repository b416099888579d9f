/** Ratings that a sentence gives a standard, a domain or the whole, and the record does not. */
import type { Rating } from "@assay/domain/framework/scale.ts";
import { inWords } from "./document/wording.ts";
import type { ReportModel } from "./model.ts";
import { ratingWords } from "./rating-words.ts";
import { type Found, numbered, paired, placeOf, type SaidWrongly } from "./sentence.ts";

/** What has a rating: a standard, a domain or the whole. */
type Rated = {
  readonly name: string;
  readonly rating: Rating | undefined;
  /** What the cases alone give. */
  readonly rule: Rating | undefined;
};

/** A sentence on another day's rating, or on one that might have been, says nothing of this one. */
const saysElsewhen = new RegExp(
  String.raw`\b(?:would|could|might|should|if|to (?:be|become|remain)|previously|formerly|earlier|` +
    String.raw`(?:last|previous|former|next) inspection|had been|(?:in|of) (?:19|20)\d\d|` +
    String.raw`since (?:\d{4}|then|the last))\b`,
  "i",
);

/** Nobody can excuse what is clear: not a first word, which may be "Good" by its place alone. */
export const ratingsSaidWrongly = (
  sentence: string,
  model: ReportModel,
): readonly SaidWrongly[] => {
  if (saysElsewhen.test(sentence)) return [];
  const every = numbered(sentence, ratingWords(model));
  const said = every.filter(
    ({ at, thing }) => !describesWork(sentence.slice(at + thing[0].length)),
  );
  const subjects = ratedNamed(sentence, model);
  const parts = subjects.filter(({ thing }) => thing.name !== "overall");
  const pairs =
    every.length === 1 && said.length === 1
      ? (parts.length > 0 ? parts : subjects).map(({ thing }) => [said[0]!, thing] as const)
      : paired(said, subjects);
  const isClear = every.length === 1 || said.length === subjects.length;
  return pairs.flatMap(([each, subject]) => {
    const around = { sentence, said };
    const whole = subjects.filter(({ thing }) => thing.name === "overall");
    const others = isClear ? (every.length === 1 ? whole : []) : subjects;
    if ([subject, ...others.map(({ thing }) => thing)].some((one) => isGiven(each, one, around)))
      return [];
    const { name, rating, rule } = subject;
    const is = each.thing[0].toLowerCase();
    const problem = byRule(each, subject, around)
      ? `The text says that the data gave ${is} for ${name}; they gave ${rule}.`
      : isDenied(sentence, each)
        ? `The text says that ${name} is not ${is}; the rating is ${rating}.`
        : `The text says ${is} for ${name}; the rating is ${rating ?? "not rated"}.`;
    return [isClear && each.at > 0 ? { problem } : { problem, words: each.thing[0] }];
  });
};

type Around = { readonly sentence: string; readonly said: readonly Found<RegExpMatchArray>[] };

const isGiven = (each: Found<RegExpMatchArray>, subject: Rated, around: Around): boolean => {
  const { rating, rule } = subject;
  const is = (given: Rating | undefined): boolean =>
    given?.toLowerCase() === each.thing[0].toLowerCase();
  if (byRule(each, subject, around)) return is(rule);
  if (isDenied(around.sentence, each)) return !is(rating);
  const after = around.sentence.slice(each.at + each.thing[0].length).replace(/[,;].*/s, "");
  return is(rating) || (is(rule) && saysRule.test(after));
};

/** "3.2 is not Good", "no longer Good". */
const isDenied = (sentence: string, { at }: Found<unknown>): boolean =>
  /\b(?:not|neither|nor|never|no longer)(?: rated)? $|n't $/i.test(sentence.slice(0, at));

const byRule = (each: Found<unknown>, { rule }: Rated, { sentence, said }: Around): boolean =>
  rule !== undefined && saysRule.test(clauseBefore(sentence, each.at, said));

/** "Good practice" rates nothing; "Good for 2.1" does. */
const describesWork = (after: string): boolean =>
  /^ \p{Ll}/u.test(after) && !connecting.test(after);

const connecting = new RegExp(
  "^ (?:for|in|on|and|or|but|overall|by|to|at|with|because|as|from|while|rather|when|where|is|was|" +
    String.raw`before|after|instead|despite|though|although|since|here)\b`,
);

/** Words after which a rating is what the cases gave, before anybody's discretion. */
const saysRule = /\b(?:data|rules?|numbers|percentages?|answers|cases alone)\b|\bfrom $/i;

/** From the last comma or "and", or from the rating before. */
const clauseBefore = (sentence: string, at: number, said: readonly Found<RegExpMatchArray>[]) => {
  const former = said.findLast((each) => each.at < at);
  const begin = former ? former.at + former.thing[0].length : 0;
  return sentence.slice(begin, at).replace(/^.*(?:[,;:]| and )/s, "");
};

/** Standards by their code, or by a name that only one has; domains by number; the whole. */
const ratedNamed = (sentence: string, model: ReportModel): readonly Found<Rated>[] => {
  const { standards, framework, result } = model;
  const found = standards.flatMap(({ standard, label, rating, rule, judged }) => {
    const unique = standards.filter((other) => other.label === label).length === 1;
    const code = placeOf(sentence, standard);
    const at = code < 0 && unique ? sentence.toLowerCase().indexOf(label.toLowerCase()) : code;
    const thing = { name: standard, rating, rule: judged === "by-cases" ? rule : undefined };
    return at < 0 ? [] : [{ at, thing }];
  });
  const domains = framework.domains.flatMap(({ number, rating }) => {
    const at = sentence.search(new RegExp(`\\bdomain (?:${number}|${inWords(number)})\\b`, "i"));
    const given = result.domains.find(({ domain }) => domain === number)?.rating;
    const thing = { name: `domain ${number}`, rating: given, rule: undefined };
    return rating && at >= 0 ? [{ at, thing }] : [];
  });
  const at = sentence.search(/\boverall\b/i);
  const whole = { name: "overall", rating: result.overall, rule: undefined };
  return [...found, ...domains, ...(at < 0 ? [] : [{ at, thing: whole }])].toSorted(
    (a, b) => a.at - b.at,
  );
};
