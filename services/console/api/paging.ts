/** A long list in pages, as the API gives every list: `from`, `limit`, and where it goes on. */
import { z } from "zod";

import type { Visit } from "../pages/page.ts";

const most = 500;

export const Paging = {
  from: z.coerce.number().int().min(0).max(999_999_999).default(0),
  limit: z.coerce.number().int().min(1).max(most).default(100),
} as const;

type Page = { readonly from: number; readonly limit: number };
type Named = { readonly name: string; readonly all: readonly unknown[] };

export const paged = ({ asked }: Visit, { from, limit }: Page, { name, all }: Named): object => {
  const onwards = new URLSearchParams(asked.url.searchParams);
  onwards.set("from", String(from + limit));
  onwards.set("limit", String(limit));
  const next = from + limit < all.length ? `${asked.path}?${onwards.toString()}` : undefined;
  return {
    [name]: all.slice(from, from + limit),
    total: all.length,
    ...(next !== undefined && { next }),
  };
};
