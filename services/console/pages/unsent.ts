/**
 * Takes what somebody is typing, as a form's fields, and keeps it for them. Fields that begin with
 * `_` are the form's own: the page and the form in which it stands, and the version last seen.
 */
import { type Answer, json } from "../http/answer.ts";
import type { Form } from "../http/asked.ts";
import { mostTyped } from "../unsent/unsent.ts";
import { errorPage } from "./error-page.ts";
import { type Handle, signedIn } from "./page.ts";

export const takeUnsent: Handle = async (visit) => {
  const { id: person } = signedIn(visit).actor;
  const form = await visit.asked.form();
  const [page, name] = [form.value("_page"), form.value("_form")];
  if (!page.startsWith("/") || page.length > 300 || name === "" || name.length > 100)
    return errorPage(visit, 400);
  const place = { person, page, form: name };
  if (form.names.includes("_drop")) {
    visit.words.drop(place);
    return json({ version: 0 });
  }
  const typed = typedIn(form);
  if (JSON.stringify(typed).length > mostTyped) return errorPage(visit, 413);
  const { kept, now } = visit.words.keep(place, typed, Number(form.value("_version")) || 0);
  return told(kept, now);
};

const told = (
  kept: boolean,
  { version, typed }: { readonly version: number; readonly typed: object },
): Answer => (kept ? json({ version }) : json({ version, typed }, { status: 409 }));

/** `_seen` says what was recorded when the form was opened, and is kept with the words. */
const typedIn = (form: Form): Readonly<Record<string, string[]>> =>
  Object.fromEntries(
    form.names
      .filter((name) => !name.startsWith("_") || name === "_seen")
      .map((name) => [name, [...form.values(name)]]),
  );
