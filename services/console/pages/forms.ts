/**
 * Pages that also take commands: a form names its command and the page sends it. Accepted, the page
 * is shown anew; refused, it is shown again with what was typed and what to do about it.
 */
import { createHash } from "node:crypto";

import { identifyingInRequest, identifyingInWords } from "@assay/domain/kernel/identifying.ts";

import type { Form } from "../http/asked.ts";
import { redirect } from "../http/answer.ts";
import { commandIn, partsOf } from "../http/coerce.ts";
import type { Parts } from "../http/routes.ts";
import { doneInWords } from "../wording/done.ts";
import { refusalInWords } from "../wording/refusals.ts";
import { errorPage } from "./error-page.ts";
import { type Handle, signedIn, type Visit } from "./page.ts";

export type Problem = {
  readonly text: string;
  readonly href?: string;
  /** The field's name, where it is a field's. */
  readonly field?: string;
};

/** The page with a notice of what was just done; GET. */
export const showing =
  (page: Handle): Handle =>
  (visit) => {
    const done = visit.asked.url.searchParams.get("done");
    const notice = done === null ? undefined : doneInWords(done);
    return page(withModel(visit, { notice, typed: (_: string, otherwise?: string) => otherwise }));
  };

/** What a page itself says in commands of this type, whatever its form says. */
type Adding = (type: string) => Readonly<Record<string, unknown>>;

/** The page as the target of its own forms; POST. */
export const taking =
  (page: Handle, adding: Adding = () => ({})): Handle =>
  async (visit) => {
    const { asked, parts, send } = visit;
    const viewer = signedIn(visit);
    const form = await asked.form();
    const type = form.value("_type");
    const command = commandIn(type, form);
    if (!command) return errorPage(visit, 400);
    const shown = form.value("_form") || type;
    const warned = warningIn(command, form, `#form-${shown}`);
    if (warned) {
      const { problems, mark } = warned;
      const typed = typedIn(form);
      return page(withModel(visit, { problems, typed, status: 422, failed: shown, warned: mark }));
    }
    const sent = await send({
      id: commandIdIn(form),
      by: viewer.actor,
      correlationId: asked.correlationId,
      command: { ...command, ...adding(type), ...subjectOf(parts, form, partsOf(type)) },
    });
    if (sent.outcome === "answered" && sent.reply.accepted) {
      const next = form.value("_next") || asked.path;
      return redirect(`${next}?done=${type}`);
    }
    const problems: readonly Problem[] =
      sent.outcome === "malformed"
        ? sent.issues.map(({ path, code, message }) => ({
            text: `${fieldName(path)}: ${blank.has(code) ? "fill this in or choose one" : message}`,
            href: `#${shown}-${path.replaceAll(".", "-")}`,
            field: path,
          }))
        : sent.reply.accepted
          ? []
          : [{ text: refusalInWords(sent.reply.refusal), href: `#form-${shown}` }];
    return page(withModel(visit, { problems, typed: typedIn(form), status: 422, failed: shown }));
  };

/** The id that a form gave its command, without the mark of what its writer was warned of. */
export const commandIdIn = (form: Form): string => form.value("_command").split("~")[0] ?? "";

/**
 * What in the words could identify a child, unless whoever wrote them was warned of just that and
 * sends them again.
 */
export const warningIn = (
  command: unknown,
  form: Form,
  href: string,
): { readonly problems: readonly Problem[]; readonly mark: string } | undefined => {
  const found = identifyingInRequest(command);
  if (found.length === 0) return undefined;
  const said = found.map(identifyingInWords);
  const mark = `~${createHash("sha256").update(said.join("\n")).digest("hex").slice(0, 16)}`;
  if (form.value("_command").endsWith(mark)) return undefined;
  const advice = "Take it out, or send the form again to keep it. Nothing is recorded yet.";
  return { problems: said.map((each) => ({ text: `${each}. ${advice}`, href })), mark };
};

/** What the path is about goes into a command that names it; something new is named in the form. */
const subjectOf = (
  parts: Parts,
  form: Form,
  wanted: readonly string[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ["inspection", "programme", "case"]
      .filter((name) => wanted.includes(name))
      .flatMap((name) => {
        const value = parts[name] ?? (form.names.includes(name) ? form.value(name) : undefined);
        return value === undefined || value === "" ? [] : [[name, value]];
      }),
  );

/** What the schema says of a field that was left blank. */
const blank = new Set(["invalid_type", "invalid_value", "invalid_union"]);

/** Gives the page's model more to stand on. */
export const withModel = (visit: Visit, more: Readonly<Record<string, unknown>>): Visit => ({
  ...visit,
  render: ({ status, model, ...rest }) =>
    visit.render({
      ...rest,
      status: typeof more["status"] === "number" ? more["status"] : (status ?? 200),
      model: { ...model, ...more },
    }),
});

const typedIn =
  (form: Form) =>
  (name: string, otherwise = ""): string =>
    form.names.includes(name) ? form.value(name) : otherwise;

const fieldName = (path: string): string => {
  const name = path.split(".").at(-1) ?? path;
  const spaced = name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};
