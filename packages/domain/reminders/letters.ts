/**
 * Which letters an inspection brings with it: the announcement, a chaser for what is late, the
 * draft for the service, a copy for each named recipient, the news that a version is public.
 */
import type { SettingId } from "../framework/setting-id.ts";
import { uuidFrom } from "../kernel/envelope.ts";
import type { InspectionId, ServiceId } from "../kernel/ids.ts";
import { endOfDay, fromEpochMs, type Instant, toEpochMs } from "../kernel/instants.ts";
import type { AnyFact } from "../facts.ts";
import type { Addressed, LetterCalled, ReminderEvent } from "./events.ts";

type News = Pick<LetterCalled, "about" | "key"> & {
  readonly at: Instant;
  /** Until when its link leads to the copy, where it has one. */
  readonly until?: Instant;
  readonly recipients?: number;
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
};

export const emptyPost: Post = {
  service: undefined,
  silent: false,
  offices: [],
  news: [],
  recipients: 0,
  publishAt: undefined,
};

/** What a key says after its kind: the moment of the fact, or the version. */
export const toldBy = (key: string): string => key.slice(key.indexOf("/") + 1);

const withNews = (post: Post, news: News): Post => ({ ...post, news: [...post.news, news] });

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
    case "RequestChased":
      return withNews(post, { about: "chaser", key: `chaser/${fact.request}/${fact.due}`, at });
    case "DraftSent":
      return withNews(post, { about: "draft", key: `draft/${at}`, at, until: endOfDay(fact.due) });
    case "EmbargoSet": {
      const { publishAt, recipients } = fact;
      return { ...post, publishAt, recipients: recipients.length };
    }
    case "EmbargoChanged":
      return { ...post, publishAt: fact.publishAt };
    case "EmbargoedCopiesSent": {
      const { recipients, publishAt: until = at } = post;
      return withNews(post, { about: "copy", key: `copy/${at}`, at, until, recipients });
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

type OwedLetter = Omit<LetterCalled, "type" | "at" | "by" | "link"> & {
  readonly until: Instant | undefined;
};

/** In days: what is older, as where Assay learnt to write letters later, is news no more. */
const newsFor = 14;

/** The letters about what was recorded lately that were not called for yet. */
export const lettersOwed = (
  inspection: InspectionId,
  { post, called }: { readonly post: Post; readonly called: ReadonlySet<string> },
  now: Instant,
): readonly OwedLetter[] => {
  const { service, silent } = post;
  if (silent || !service) return [];
  const since = fromEpochMs(toEpochMs(now) - newsFor * 86_400_000);
  return post.news
    .filter(({ at, until }) => at >= since && (until === undefined || until > now))
    .flatMap(({ about, key, until, recipients = 0 }) =>
      addressed(about, { ...post, service, recipients }).map((to) => {
        const letter = uuidFrom(`letter/${inspection}/${key}/${JSON.stringify(to)}`);
        return { letter, about, key, to, until };
      }),
    )
    .filter(({ letter }) => !called.has(letter));
};

const addressed = (
  about: News["about"],
  { service, offices, recipients }: Post & { readonly service: ServiceId },
): readonly Addressed[] => {
  const places = Array.from({ length: recipients }, (_, at) => ({ service, place: at + 1 }));
  switch (about) {
    case "announcement":
      return offices.map((office, at) => ({ service, office, place: at + 1 }));
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
  /** Under way until it was handed over, or turned out to have nowhere to go. */
  readonly outcome: "under-way" | "log" | "mail" | "no-address" | "refused";
  readonly standing: LinkStanding | undefined;
};

/** Facts after which copies that are out there are not to be read any more. */
const replaces = new Set(["SignOffWithdrawn", "EmbargoChanged", "EmbargoedCopiesSent"]);

/** Each letter with what became of it and of its link, the newest last; facts in any order. */
export const lettersSent = (
  facts: readonly (AnyFact | ReminderEvent)[],
  now: Instant,
): readonly LetterTold[] => {
  const outcomes = new Map<string, LetterTold["outcome"]>();
  const revoked = new Set<string>();
  const withdrawn: Instant[] = [];
  for (const fact of facts) {
    if (fact.type === "ReminderDelivered") outcomes.set(fact.reminder, fact.channel);
    if (fact.type === "ReminderFailed") outcomes.set(fact.reminder, fact.why);
    if (fact.type === "LinkRevoked") revoked.add(fact.letter);
    if (replaces.has(fact.type)) withdrawn.push(fact.at);
  }
  const standingOf = ({ letter, about, key, link }: LetterCalled): LinkStanding | undefined => {
    if (!link) return undefined;
    if (revoked.has(letter)) return "revoked";
    if (about === "copy" && withdrawn.some((at) => at > toldBy(key))) return "replaced";
    return link.until > now ? "open" : "over";
  };
  return facts.flatMap((fact) =>
    fact.type === "LetterCalled"
      ? [
          {
            ...fact,
            outcome: outcomes.get(fact.letter) ?? ("under-way" as const),
            standing: standingOf(fact),
          },
        ]
      : [],
  );
};
