/**
 * Which letters an inspection brings with it: the announcement, a chaser for what is late, the
 * draft for the service, a copy for each named recipient, the news that a version is public, and
 * what became of dates that an earlier letter says.
 */
import type { SettingId } from "../framework/setting-id.ts";
import { uuidFrom } from "../kernel/envelope.ts";
import type { InspectionId, ServiceId } from "../kernel/ids.ts";
import { endOfDay, fromEpochMs, type Instant, toEpochMs } from "../kernel/instants.ts";
import type { AnyFact } from "../facts.ts";
import type { Addressed, LetterCalled, LetterOutcome, ReminderEvent } from "./events.ts";

type News = Pick<LetterCalled, "about" | "key"> & {
  readonly at: Instant;
  /** Until when its link leads to the copy, where it has one. */
  readonly until?: Instant;
  readonly recipients?: number;
  readonly offices?: readonly SettingId[];
};

/** What is known for the post; of each stream for itself, because they are read in any order. */
export type Post = {
  readonly service: ServiceId | undefined;
  /** A published report is carried through: nobody gets a letter about it. */
  readonly silent: boolean;
  readonly offices: readonly SettingId[];
  readonly news: readonly News[];
  /** How many are to get a copy under embargo, and until when it holds. */
  readonly recipients: number;
  readonly publishAt: Instant | undefined;
  /** Whether recipients have copies, and whether nothing has changed since those went. */
  readonly copies: "none" | "holding" | "former";
};

export const emptyPost: Post = {
  service: undefined,
  silent: false,
  offices: [],
  news: [],
  recipients: 0,
  publishAt: undefined,
  copies: "none",
};

/** What a key says after its kind: the moment of the fact, or the version. */
export const toldBy = (key: string): string => key.slice(key.indexOf("/") + 1);

const withNews = (post: Post, news: News): Post => ({ ...post, news: [...post.news, news] });

/** What had changed before is no news any more: a letter says what holds when it is written. */
const changed = (
  post: Post,
  { type, at }: AnyFact,
  whom: Pick<News, "offices" | "recipients">,
): Post => {
  const others = post.news.filter(
    ({ about, offices }) => about !== "change" || !offices !== !whom.offices,
  );
  const news: News = { about: "change", key: `change/${type}/${at}`, at, ...whom };
  return { ...post, news: [...others, news] };
};

export const postedBy = (post: Post, fact: AnyFact): Post => {
  const { at } = fact;
  switch (fact.type) {
    case "InspectionScheduled": {
      const silent = fact.reconstruction !== undefined;
      return { ...post, service: fact.service.id, silent };
    }
    case "InspectionAnnounced": {
      const offices = fact.recipients.map(({ office }) => office);
      return withNews({ ...post, offices }, { about: "announcement", key: "announcement", at });
    }
    case "InspectionRescheduled":
    case "InspectionPostponed":
    case "InspectionResumed":
      return changed(post, fact, { offices: post.offices });
    case "InspectionCancelled":
      return changed({ ...post, news: [] }, fact, { offices: post.offices });
    case "RequestChased":
      return withNews(post, { about: "chaser", key: `chaser/${fact.request}/${fact.due}`, at });
    case "DraftSent":
      return withNews(post, { about: "draft", key: `draft/${at}`, at, until: endOfDay(fact.due) });
    case "EmbargoSet": {
      const { publishAt, recipients } = fact;
      return { ...post, publishAt, recipients: recipients.length };
    }
    case "EmbargoChanged": {
      const { copies, recipients } = post;
      if (copies === "none") return { ...post, publishAt: fact.publishAt };
      const moved = { ...post, publishAt: fact.publishAt, copies: "former" as const };
      return fact.publishAt > at ? changed(moved, fact, { recipients }) : moved;
    }
    case "SignOffWithdrawn": {
      const { copies, recipients } = post;
      const held = { ...post, publishAt: undefined, copies: "none" as const };
      return copies === "none" ? held : changed(held, fact, { recipients });
    }
    case "EmbargoedCopiesSent": {
      const { recipients, publishAt: until = at } = post;
      const sent = { ...post, copies: "holding" as const };
      return withNews(sent, { about: "copy", key: `copy/${at}`, at, until, recipients });
    }
    case "ReportPublished":
    case "CorrectionIssued": {
      const { recipients } = post;
      return withNews(post, {
        ...{ about: "publication", key: `publication/${fact.version}`, at, recipients },
      });
    }
    default:
      return post;
  }
};

export type OwedLetter = Omit<LetterCalled, "type" | "at" | "by" | "link"> & {
  readonly until: Instant | undefined;
};

/** In days: what is older, as where Assay learnt to write letters later, is news no more. */
const newsFor = 14;

/** The letters about what was recorded lately that were not called for yet. */
export const lettersOwed = (
  inspection: InspectionId,
  { post, called }: { readonly post: Post; readonly called: Pick<ReadonlySet<string>, "has"> },
  now: Instant,
): readonly OwedLetter[] => {
  const { service, silent } = post;
  if (silent || !service) return [];
  const since = fromEpochMs(toEpochMs(now) - newsFor * 86_400_000);
  return post.news
    .filter(({ at, until }) => at >= since && (until === undefined || until > now))
    .flatMap(({ about, key, until, offices, recipients = 0 }) =>
      addressed(about, { offices: offices ?? post.offices, service, recipients }).map((to) => {
        const letter = uuidFrom(`letter/${inspection}/${key}/${JSON.stringify(to)}`);
        return { letter, about, key, to, until };
      }),
    )
    .filter(({ letter }) => !called.has(letter));
};

/**
 * The news that the letter brings, if it still holds by then: its time has not passed, the copy is
 * the newest, and nothing has changed since.
 */
export const newsBehind = (
  post: Post,
  { about, key }: Pick<LetterCalled, "about" | "key">,
  now: Instant,
): Pick<News, "until"> | undefined => {
  const news = post.news.find((each) => each.key === key);
  const newest = post.news.findLast((each) => each.about === about)?.key;
  const isFormer =
    (about === "copy" && post.copies !== "holding") || (news?.until && key !== newest);
  return news && !isFormer && (news.until === undefined || news.until > now) ? news : undefined;
};

/** Whether both letters say the same to the same. */
export const sameAddress = (one: LetterCalled | undefined, other: LetterCalled): boolean =>
  one?.key === other.key && JSON.stringify(one.to) === JSON.stringify(other.to);

const addressed = (
  about: News["about"],
  {
    service,
    offices,
    recipients,
  }: Pick<Post, "offices" | "recipients"> & { readonly service: ServiceId },
): readonly Addressed[] => {
  const places = Array.from({ length: recipients }, (_, at) => ({ service, place: at + 1 }));
  const named = offices.map((office, at) => ({ service, office, place: at + 1 }));
  switch (about) {
    case "announcement":
      return named;
    case "change":
      return recipients > 0 ? places : named;
    case "copy":
      return places;
    case "publication":
      return [{ service }, ...places];
    case "chaser":
    case "draft":
      return [{ service }];
  }
};

type LinkStanding = "open" | "over" | "revoked" | "replaced";

export type LetterTold = LetterCalled & {
  readonly outcome: LetterOutcome;
  readonly standing: LinkStanding | undefined;
  /** It may be sent again: what it says still holds, and nothing newer took its place. */
  readonly holds: boolean;
};

/** Each letter with what became of it and of its link, the newest last; facts in any order. */
export const lettersSent = (
  facts: readonly (AnyFact | ReminderEvent)[],
  now: Instant,
): readonly LetterTold[] => {
  const outcomes = new Map<string, LetterOutcome>();
  const revoked = new Set<string>();
  const letters: LetterCalled[] = [];
  let post = emptyPost;
  for (const fact of facts) {
    if (fact.type === "ReminderDelivered") outcomes.set(fact.reminder, fact.channel);
    else if (fact.type === "ReminderFailed") outcomes.set(fact.reminder, fact.why);
    else if (fact.type === "LinkRevoked") revoked.add(fact.letter);
    else if (fact.type === "LetterCalled") letters.push(fact);
    else if (fact.type !== "ReminderCalled") post = postedBy(post, fact);
  }
  return letters.map((letter, place) => {
    const isLast = !letters.slice(place + 1).some((each) => sameAddress(each, letter));
    const holds = isLast && newsBehind(post, letter, now) !== undefined;
    const standing = (): LinkStanding => {
      if (revoked.has(letter.letter)) return "revoked";
      if (!letter.link || letter.link.until <= now) return "over";
      return holds ? "open" : "replaced";
    };
    return {
      ...{ ...letter, holds, outcome: outcomes.get(letter.letter) ?? "under-way" },
      standing: letter.link && standing(),
    };
  });
};
