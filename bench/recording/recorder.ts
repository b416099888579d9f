/** What every contender does: it records judgements, and says afterwards how many it holds. */

/** What an inspector says about one question of one case. Everybody stores these same words. */
export type Judgement = {
  readonly at: string;
  readonly by: { readonly id: string; readonly role: string };
  readonly question: string;
  readonly answer: "yes" | "no";
  readonly rationale: string;
  readonly reason: string;
};

/** Judgements on some streams, from the moment when this was begun. */
export type Recording = {
  /** Resolves once the judgement is on the disk. Streams count from 0. */
  readonly record: (stream: number, judgement: Judgement) => Promise<void>;
  /** How many judgements are stored, asked of the store itself. */
  readonly stored: () => Promise<number>;
};

export type Recorder = {
  readonly name: string;
  /** How it was set up, in words: durability first. */
  readonly settings: string;
  readonly begin: (streams: number) => Promise<Recording>;
  readonly close: () => Promise<void>;
};

/** A judgement that differs from every other number's. */
export const judgementOf = (number: number, stream: number): Judgement => ({
  at: "2021-12-01T16:00:00.000Z",
  by: { id: `inspector-${stream}`, role: "inspector" },
  question: "2.1.1",
  answer: number % 2 === 0 ? "no" : "yes",
  rationale: `The plan did not address what had led to the offence, look ${number}.`,
  reason: `A second look, number ${number}.`,
});

/** The rule that all follow: an answer that is already so needs no fact. */
export type Answers = Readonly<Record<string, string>>;

export const isNews = (answers: Answers, { question, answer, reason }: Judgement): boolean =>
  answers[question] !== `${answer}: ${reason}`;

export const answered = (answers: Answers, { question, answer, reason }: Judgement): Answers => ({
  ...answers,
  [question]: `${answer}: ${reason}`,
});
