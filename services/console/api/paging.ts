/** A long list in pages, as the API gives every list: `from`, `limit`, and where it goes on. */
import type { Answer } from "../http/answer.ts";
import type { Visit } from "../pages/page.ts";
import { problem } from "./problem.ts";

const usual = 100;
const most = 500;

type Paged<Item> =
  | { readonly page: readonly Item[]; readonly around: object }
  | { readonly refused: Answer };

export const paged = <Item>({ asked }: Visit, all: readonly Item[]): Paged<Item> => {
  const { searchParams } = asked.url;
  const from = whole(searchParams.get("from"), 0);
  const limit = whole(searchParams.get("limit"), usual);
  if (from === undefined || limit === undefined || limit < 1 || limit > most)
    return { refused: problem(400, { detail: `from is 0 or more; limit is 1 to ${most}.` }) };
  const onwards = new URLSearchParams(searchParams);
  onwards.set("from", String(from + limit));
  onwards.set("limit", String(limit));
  const next = from + limit < all.length ? `${asked.path}?${onwards.toString()}` : undefined;
  return {
    page: all.slice(from, from + limit),
    around: { total: all.length, ...(next !== undefined && { next }) },
  };
};

/** Undefined for what is no whole number. */
const whole = (given: string | null, otherwise: number): number | undefined =>
  given === null ? otherwise : /^\d{1,9}$/.test(given) ? Number(given) : undefined;
