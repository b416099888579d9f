/** Things said in a sentence, where each stands, and what each is said of. */

/** What is wrong in a sentence. `words` are set where a person may say why they stand. */
export type SaidWrongly = { readonly problem: string; readonly words?: string };

/** Something in a sentence, and where it begins. */
export type Found<Thing> = { readonly at: number; readonly thing: Thing };

/** Each thing with what it is said of: in order where they are as many, else what is before. */
export const paired = <Said, Subject>(
  said: readonly Found<Said>[],
  subjects: readonly Found<Subject>[],
): readonly (readonly [Found<Said>, Subject])[] =>
  said.flatMap((each, i): readonly (readonly [Found<Said>, Subject])[] => {
    const subject =
      said.length === subjects.length
        ? subjects[i]
        : (subjects.findLast(({ at }) => at < each.at) ?? subjects[0]);
    return subject ? [[each, subject.thing] as const] : [];
  });

/** Where a code begins; "2.1" does not stand in "2.1.3". */
export const placeOf = (sentence: string, word: string): number =>
  sentence.search(new RegExp(`(?<![\\w.-])${escaped(word)}(?![\\w-]|\\.\\d)`, "i"));

const escaped = (word: string): string => word.replaceAll(/[^\w\s]/g, "\\$&");

export const numbered = (sentence: string, pattern: RegExp): readonly Found<RegExpMatchArray>[] =>
  [...sentence.matchAll(pattern)].map((thing) => ({ at: thing.index, thing }));
