/** What a page of the console offers to do: where its links lead, and what its forms ask. */

export type ShownForm = {
  /** Empty: the page itself. */
  readonly action: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
};

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
      fields: [...inner!.matchAll(/<(?:input|select|textarea|button)\b([^>]*)>/g)].flatMap(
        ([, field]) => {
          const name = /\bname="([^"]*)"/.exec(field!)?.[1];
          const value = /\bvalue="([^"]*)"/.exec(field!)?.[1] ?? "";
          return name === undefined ? [] : [{ name: plain(name), value: plain(value) }];
        },
      ),
    }));

const plain = (text: string): string =>
  text.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
