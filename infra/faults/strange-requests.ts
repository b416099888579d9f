/**
 * What is asked: links, forms and paths that the console itself shows, and the operations that the
 * description of its API names, with something strange in each.
 */
import { readers } from "@assay/console/reading/readers.ts";
import type { RandomStream } from "@assay/domain/sampling/stream.ts";

import type { Client, Request, Response } from "./request-client.ts";
import { formsIn, linksIn, type ShownForm } from "./shown-page.ts";
import { type Drawing, oneOf, strangeFile, strangeWord, uuid, valueOf } from "./strange-words.ts";

/** `kind`: the path, operation or form that is tried. */
export type Made = { readonly kind: string; readonly request: Request };

type Known = { readonly who: string; readonly path: string; readonly forms: readonly ShownForm[] };

/** So many pages, links, values and files that were shown are kept. */
const mostKept = 400;

export const makersOf = async (client: Client, chance: RandomStream) => {
  const visitors = ["", ...client.people];
  const links = visitors.map((who) => ({ who, path: "/" }));
  const pages: Known[] = [];
  const seen: string[] = [];
  const files: string[] = [];
  const drawing = { chance, seen, files };
  const programs = await callingPrograms(client, drawing);
  const makers: readonly (() => Made | undefined)[] = [
    // Every link once, and again with something strange in it.
    () => {
      const link = chance.below(2) === 0 ? links.shift() : oneOf(chance, links);
      return link && { kind: "link", request: { ...link, method: "GET" } };
    },
    () => {
      const kind = oneOf(chance, Object.keys(readers));
      const path = filled(kind, /:\w+/g, drawing) + query(drawing);
      const method = oneOf(chance, ["GET", "GET", "POST", "HEAD", "PUT"]);
      return { kind, request: { who: oneOf(chance, visitors), method, path } };
    },
    () => {
      const page = oneOf(chance, pages);
      const form = page && oneOf(chance, page.forms);
      return form && submitted(page, form, drawing);
    },
    () => programs(oneOf(chance, visitors)),
  ];
  return {
    visitors,
    next: (): Made => {
      for (;;) {
        const made = oneOf(chance, makers)();
        if (made) return made;
      }
    },
    learn: ({ who, at, text, isPage, isTable }: Response): void => {
      if (isTable) files.push(text);
      if (!isPage) return;
      const forms = formsIn(text);
      if (forms.length > 0) pages.push({ who, path: at, forms });
      for (const path of linksIn(text)) {
        links.push({ who, path });
        seen.push(...path.split(/[/?=&]/).filter((part) => part.length > 1));
      }
      for (const kept of [pages, links, seen, files])
        kept.splice(0, Math.max(0, kept.length - mostKept));
    },
  };
};

type Description = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
};
type Operation = {
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: object }>>;
  };
};

/** Operations as the API describes them, with bodies that mostly fit their schemas. */
const callingPrograms = async (client: Client, drawing: Drawing) => {
  const described = await client.ask({ who: "", method: "GET", path: "/api/openapi.json" });
  const { paths, components } = JSON.parse(described.text) as Description;
  const named = (reference: string) => components.schemas[reference.split("/").at(-1)!];
  const { chance } = drawing;
  return (who: string): Made => {
    const [path, methods] = oneOf(chance, Object.entries(paths));
    const [method, { requestBody }] = oneOf(chance, Object.entries(methods));
    const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
    const body = schema && JSON.stringify(valueOf(schema, drawing, named));
    const headers = { "content-type": "application/json", "idempotency-key": uuid(chance) };
    const request = {
      ...{ who, method: method.toUpperCase() },
      path: filled(path, /\{\w+\}/g, drawing) + query(drawing),
      ...(body !== undefined && { body: mangled(body, chance), headers }),
    };
    return { kind: `${method} ${path}`, request };
  };
};

const encoded = (text: string): string => encodeURIComponent(text.slice(0, 1500).toWellFormed());

const filled = (pattern: string, parts: RegExp, drawing: Drawing): string =>
  pattern.replaceAll(parts, () => encoded(strangeWord(drawing)));

const queried = ["q", "page", "limit", "from", "before", "after", "sort", "done", "at", "view"];

const query = (drawing: Drawing): string =>
  drawing.chance.below(3) > 0
    ? ""
    : `?${oneOf(drawing.chance, queried)}=${encoded(strangeWord(drawing))}`;

/** Sometimes no JSON at all. */
const mangled = (body: string, chance: RandomStream): string => {
  const kind = chance.below(12);
  if (kind === 0) return body.slice(0, chance.below(body.length + 1));
  if (kind === 1) return `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
  return body;
};

/** The form as it was shown, with some of its fields otherwise, left out, or there twice. */
const submitted = ({ who, path }: Known, form: ShownForm, drawing: Drawing): Made => {
  const { chance } = drawing;
  const sent: [name: string, value: string, isFile: boolean][] = [];
  for (const { name, value, isFile } of form.fields) {
    const kind = name.startsWith("_") ? 9 : chance.below(10);
    if (kind === 0) continue;
    const strange = (): string => (isFile ? strangeFile(drawing) : strangeWord(drawing));
    sent.push([name, kind <= 4 || isFile ? strange() : value, isFile]);
    if (kind === 1) sent.push([name, strange(), isFile]);
  }
  if (chance.below(10) === 0) sent.push([strangeWord(drawing).slice(0, 300), "x", false]);
  const type = form.fields.find(({ name }) => name === "_type")?.value;
  return {
    kind: `form ${type ?? form.action}`,
    request: {
      ...{ who, method: "POST", path: form.action || path },
      ...(form.inParts ? inParts(sent, drawing) : inOneLine(sent)),
    },
  };
};

type Fields = readonly (readonly [name: string, value: string, isFile: boolean])[];

const inOneLine = (fields: Fields): Pick<Request, "body" | "headers"> => ({
  headers: { "content-type": "application/x-www-form-urlencoded" },
  body: String(new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value]))),
});

const inParts = (fields: Fields, drawing: Drawing): Pick<Request, "body" | "headers"> => {
  const boundary = "strange-parts";
  const quoted = (text: string): string => text.slice(0, 300).replaceAll(/["\r\n]/g, "%22");
  const parts = fields.map(([name, value, isFile]) => {
    const file = isFile
      ? `; filename="${quoted(strangeWord(drawing))}"\r\ncontent-type: text/csv`
      : "";
    const head = `content-disposition: form-data; name="${quoted(name)}"${file}`;
    return `--${boundary}\r\n${head}\r\n\r\n${value}\r\n`;
  });
  return {
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body: `${parts.join("")}--${boundary}--\r\n`,
  };
};
