/** What a browser would send of a form that nobody touched, read from the page's HTML. */

export type Sent = readonly (readonly [name: string, value: string])[];

export const fieldsIn = (form: string): Sent => [
  ...[...form.matchAll(/<input\b([^>]*)>/g)].flatMap(([, given]) => inputSent(attributes(given!))),
  ...[...form.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)].flatMap(([, given, options]) =>
    selectSent(attributes(given!), options!),
  ),
  ...[...form.matchAll(/<textarea\b([^>]*)>(.*?)<\/textarea>/gs)].flatMap(([, given, text]) => {
    const { name } = attributes(given!);
    return name === undefined ? [] : [[name, plain(text!)] as const];
  }),
];

/** Whether the form has a field of that name, filled in or not. */
export const hasField = (form: string, name: string): boolean =>
  [...form.matchAll(/<(?:input|select|textarea)\b([^>]*)>/g)].some(
    ([, given]) => attributes(given!)["name"] === name,
  );

type Attributes = Readonly<Record<string, string | undefined>>;

const attributes = (given: string): Attributes =>
  Object.fromEntries(
    [...given.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, name, value = ""]) => [
      name!,
      plain(value),
    ]),
  );

const inputSent = ({ name, type = "text", value = "on", checked }: Attributes): Sent => {
  if (name === undefined || type === "file" || type === "submit") return [];
  if ((type === "radio" || type === "checkbox") && checked === undefined) return [];
  return [[name, value]];
};

/** Where none is chosen, browsers choose the first. */
const selectSent = ({ name }: Attributes, options: string): Sent => {
  const all = [...options.matchAll(/<option\b([^>]*)>([^<]*)/g)].map(([, given, text]) => {
    const { value, selected } = attributes(given!);
    return { value: value ?? plain(text!).trim(), chosen: selected !== undefined };
  });
  const found = all.find(({ chosen }) => chosen) ?? all[0];
  return name === undefined || found === undefined ? [] : [[name, found.value]];
};

const plain = (html: string): string =>
  html
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
