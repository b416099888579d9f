/**
 * Cases by their number on pages: `c0007` is the name that addresses and data have for the seventh
 * on the case list. Sentences come from many places, so it is done once, where pages are made.
 */
import { caseNumber } from "@assay/domain/kernel/wording.ts";

/** Tags stay as they are, and so does what somebody typed or what stands as code. */
const left = /<(code|pre|textarea|script|style|datalist)\b[^]*?<\/\1>|<[^<>]*>/;
const named = /(?<before>\bcases? )?\b(?<id>c(?:0\d{3}|[1-9]\d{3,}))\b/i;
const both = new RegExp(`${left.source}|${named.source}`, "gi");

/** A page with the numbers of its cases in its words. */
export const casesNumbered = (html: string): string =>
  html.replaceAll(both, (found, ...rest) => {
    const { before, id } = rest.at(-1) as { readonly before?: string; readonly id?: string };
    if (id === undefined) return found;
    const begins = isFirst(html, rest.at(-3) as number);
    return `${before ?? (begins ? "Case " : "case ")}${caseNumber(id.toLowerCase())}`;
  });

const isFirst = (html: string, at: number): boolean => {
  let before = at - 1;
  while (/\s/.test(html[before] ?? "")) before -= 1;
  return html[before] === ">";
};
