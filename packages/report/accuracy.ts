/**
 * The factual-accuracy round on one page: what the service said of the draft, what it was answered,
 * and everything that changed since the draft went out, with the words before and after.
 */
import type { ConcludedStandard } from "@assay/domain/panel/events.ts";
import { frameworkIn } from "@assay/domain/framework/versions.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import { dayInEngland, type Day, type Instant } from "@assay/domain/kernel/instants.ts";
import { capitalised, dayInWords, listed } from "@assay/domain/kernel/wording.ts";
import type { Section } from "@assay/domain/publication/events.ts";
import { figure, ratingName, sectionTitle } from "./document/wording.ts";
import type { Fact, Recorded } from "./recorded.ts";
import { erasedWords } from "./results.ts";

export type AnsweredComment = {
  readonly comment: string;
  readonly section: Section;
  readonly wording: string;
  /** Undefined until it is answered. */
  readonly answer: Answer | undefined;
};
type Answer = {
  readonly outcome: "accepted" | "partly-accepted" | "not-accepted";
  readonly wording: string;
  /** Those that went back to the panel because of it. */
  readonly standards: readonly string[];
};

/** Undefined before or after: it was not there. */
export type Change = {
  readonly at: Instant;
  readonly by: string;
  readonly what: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
};

type Titles = (section: string) => string;

export type AccuracyRound = {
  readonly sent: Day | undefined;
  readonly due: Day | undefined;
  /** What each section is called under the framework that was pinned. */
  readonly title: Titles;
  readonly comments: readonly AnsweredComment[];
  readonly changes: readonly Change[];
};

export const accuracyRoundOf = (recorded: readonly Recorded[]): AccuracyRound => {
  const facts = recorded
    .toSorted((a, b) => a.revision - b.revision)
    .map(({ event }) => event)
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const sent = facts.find((fact) => fact.type === "DraftSent");
  const announced = facts.find((fact) => fact.type === "InspectionAnnounced");
  const framework = announced && frameworkIn(announced.framework.version);
  const title = (section: string): string =>
    framework ? sectionTitle(framework, section) : section;
  return {
    sent: sent && dayInEngland(sent.at),
    due: sent?.due,
    title,
    comments: commentsIn(facts),
    changes: sent ? changesAfter(facts, facts.indexOf(sent), title) : [],
  };
};

const commentsIn = (facts: readonly Fact[]): readonly AnsweredComment[] =>
  facts.flatMap((fact): readonly AnsweredComment[] => {
    if (fact.type !== "CommentReceived") return [];
    const { comment, section, text } = fact;
    const wording = words(text)?.comment ?? erasedWords;
    const found = facts.find((each) => each.type === "CommentAnswered" && each.comment === comment);
    if (found?.type !== "CommentAnswered")
      return [{ comment, section, wording, answer: undefined }];
    const { outcome, standards } = found;
    const answer = { outcome, standards, wording: words(found.text)?.answer ?? erasedWords };
    return [{ comment, section, wording, answer }];
  });

/** What a fact says of something that has a name, so that the last word on it can be found. */
type Said = { readonly of: string; readonly words: string | undefined };

const changesAfter = (facts: readonly Fact[], sent: number, title: Titles): readonly Change[] => {
  const last = new Map<string, string | undefined>();
  const changes: Change[] = [];
  for (const [index, fact] of facts.entries()) {
    for (const { of, words: after } of saidBy(fact, title)) {
      const before = last.get(of);
      last.set(of, after);
      if (index <= sent || before === after) continue;
      changes.push({ at: fact.at, by: fact.by.id, what: of, before, after });
    }
  }
  return changes;
};

const saidBy = (fact: Fact, title: Titles): readonly Said[] => {
  switch (fact.type) {
    case "SectionDrafted":
      return [{ of: title(fact.section), words: words(fact.text)?.markdown ?? erasedWords }];
    case "ContextualFactRecorded":
      return [
        {
          of: fact.label,
          words: `${figure(fact.value)} ${fact.unit} (${fact.source}, ${fact.asOf})`,
        },
      ];
    case "PointMade":
      return [{ of: `Point on ${fact.about}`, words: words(fact.text)?.wording ?? erasedWords }];
    case "FigureTableRecorded":
      return [
        {
          of: fact.label,
          words: fact.rows
            .map(({ label, value, national }) =>
              [label, value, national].filter((each) => each !== undefined).join(", "),
            )
            .join("\n"),
        },
      ];
    case "RecommendationMade": {
      const wording = words(fact.text)?.wording ?? erasedWords;
      return [{ of: `Recommendation ${fact.number}`, words: `${fact.addressee}: ${wording}` }];
    }
    case "RecommendationWithdrawn":
      return [{ of: `Recommendation ${fact.number}`, words: undefined }];
    case "RatingsConcluded":
      return [
        ...fact.standards.map(ratingSaid),
        { of: "Overall rating", words: `${ratingName(fact.overall)}, ${fact.score}` },
      ];
    default:
      return [];
  }
};

const ratingSaid = ({ standard, rating }: ConcludedStandard): Said => ({
  of: `Rating of ${standard}`,
  words: ratingName(rating),
});

/** As Markdown, for whoever closes the round, signs the report, or asked for a change. */
export const accuracyPage = ({ sent, due, title, comments, changes }: AccuracyRound): string => {
  if (!sent || !due) return "The draft has not gone to the service.\n";
  return `${[
    "# Factual accuracy",
    `Sent ${dayInWords(sent)}; comments by ${dayInWords(due)}.`,
    "## Comments",
    ...(comments.length === 0 ? ["None."] : comments.map((comment) => commentText(comment, title))),
    "## What changed since the draft was sent",
    ...(changes.length === 0 ? ["Nothing."] : changes.map(changeText)),
  ].join("\n\n")}\n`;
};

const commentText = ({ section, wording, answer }: AnsweredComment, title: Titles): string => {
  const said = `**${title(section)}.** ${wording}`;
  if (!answer) return `${said}\n\nNot answered yet.`;
  const { outcome, standards } = answer;
  const panel = standards.length > 0 ? ` The panel decided anew on ${listed(standards)}.` : "";
  return `${said}\n\n*${capitalised(outcome.replaceAll("-", " "))}:* ${answer.wording}${panel}`;
};

const changeText = ({ at, by, what, before, after }: Change): string =>
  [
    `**${what}**, ${dayInWords(dayInEngland(at))}, ${by}`,
    ...(before === undefined ? [] : [`Before:\n\n${quoted(before)}`]),
    after === undefined ? "Withdrawn." : `Now:\n\n${quoted(after)}`,
  ].join("\n\n");

const quoted = (text: string): string =>
  text
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");
