/** What a page of the console offers to do: where its links lead, and what its forms ask. */

export type ShownForm = {
  /** Empty: the page itself. */
  readonly action: string;
  /** Whether it takes files. */
  readonly inParts: boolean;
  readonly fields: readonly ShownField[];
};

type ShownField = { readonly name: string; readonly value: string; readonly isFile: boolean };

export const linksIn = (html: string): readonly string[] => [
  ...new Set(
    [...html.matchAll(/ href="(\/[^"#]*)/g)]
      .map(([, path]) => plain(path!))
      // Whoever signs out makes every form stale that was shown before.
      .filter((path) => !/^\/(assets|sign-)/.test(path)),
  ),
];

/** Those that are posted, with every field they have, ticked or not. */
export const formsIn = (html: string): readonly ShownForm[] =>
  [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)]
    .filter(([, given]) => /method="post"/.test(given!) && !/action="\/sign-/.test(given!))
    .map(([, given, inner]) => ({
      action: plain(/action="([^"]*)"/.exec(given!)?.[1] ?? ""),
      inParts: given!.includes("multipart/form-data"),
      fields: [...inner!.matchAll(/<(?:input|select|textarea|button)\b([^>]*)>/g)].flatMap(
        ([, field]) => {
          const name = /\bname="([^"]*)"/.exec(field!)?.[1];
          const value = /\bvalue="([^"]*)"/.exec(field!)?.[1] ?? "";
          const isFile = /\btype="file"/.test(field!);
          return name === undefined ? [] : [{ name: plain(name), value: plain(value), isFile }];
        },
      ),
    }));

/** A part of a page that is kept keeps the whole page, unless it is copied. */
const plain = (text: string): string =>
  Buffer.from(text)
    .toString()
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
