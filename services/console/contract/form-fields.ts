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

/** Whether the form has a field or a button of that name, filled in or not. */
export const hasField = (form: string, name: string): boolean =>
  [...form.matchAll(/<(?:button|input|select|textarea)\b([^>]*)>/g)].some(
    ([, given]) => attributes(given!)["name"] === name,
  );

/** The value of the choice of that name that reads so; throws where none does. */
export const choiceIn = (page: string, name: string, reads: string): string => {
  const found = [...page.matchAll(/<input\b([^>]*)>\s*<label\b[^>]*>([^<]*)/g)]
    .filter(([, given]) => attributes(given!)["name"] === name)
    .find(([, , label]) => plain(label!).trim() === reads);
  if (!found) throw new Error(`nothing under ${name} reads “${reads}”`);
  return attributes(found[1]!)["value"] ?? "on";
};

/** Whether somebody could send that: typed, or among what there is to choose from. */
export const isOffered = (form: string, name: string, value: string): boolean => {
  const chosen = [...form.matchAll(/<input\b([^>]*)>/g)]
    .map(([, given]) => attributes(given!))
    .filter((each) => each["name"] === name && /^(?:radio|checkbox)$/.test(each["type"] ?? ""))
    .map((each) => each["value"] ?? "on");
  const listed = [...form.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)]
    .filter(([, given]) => attributes(given!)["name"] === name)
    .flatMap(([, , options]) => [...options!.matchAll(/<option\b([^>]*)>([^<]*)/g)])
    .map(([, given, text]) => attributes(given!)["value"] ?? plain(text!).trim());
  const all = [...chosen, ...listed];
  return all.length === 0 || all.includes(value);
};

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
