/**
 * A page as the target of its own forms: a form names its command and the page sends it. Accepted,
 * the page is shown anew; refused, it is shown again with what was typed and what to do about it.
 */
import { createHash } from "node:crypto";

import { identifyingInWords } from "@assay/domain/kernel/identifying.ts";
import { dayInEngland } from "@assay/domain/kernel/instants.ts";
import { dayInWords } from "@assay/domain/kernel/wording.ts";

import { type Answer, redirect } from "../http/answer.ts";
import type { Form as Sent } from "../http/asked.ts";
import { commandIn, partsOf } from "../http/coerce.ts";
import type { Parts } from "../http/routes.ts";
import { errorPage } from "../pages/error-page.ts";
import { type Handle, signedIn, type Visit } from "../pages/page.ts";
import { groupsOf } from "../reading/duty-groups.ts";
import type { Offerable } from "../reading/offering.ts";
import { neverBy } from "../reading/permitted.ts";
import { isTheirs, type Owed, owedFor } from "../reading/tracker.ts";
import { isStaff } from "../reading/viewer.ts";
import { identifyingInCommand } from "../reading/warnings.ts";
import { doneInWords } from "../wording/done.ts";
import { roleNames } from "../wording/names.ts";
import type { Attempt, Trouble } from "./attempt.ts";
import { differencesIn, seenIn } from "./changed.ts";
import { type Form, idOf } from "./form.ts";
import { making } from "./making.ts";

/** The page with a notice of what was just done, and of what comes next; GET. */
export const showing =
  (page: Handle): Handle =>
  async (visit) => {
    const { searchParams } = visit.asked.url;
    const done = searchParams.get("done");
    const plain = Number(searchParams.get("plain"));
    const said = done === null ? undefined : doneInWords(done, plain);
    const next = said === undefined ? undefined : await nextFor(visit);
    const notice = said && next ? `${said} ${next}` : said;
    const render: Visit["render"] = ({ model, ...rest }) =>
      visit.render({ ...rest, model: { ...model, notice } });
    return page({ ...visit, render });
  };

/** What is next on the inspection that the path names: for the viewer, else for whoever it is. */
const nextFor = async ({ library, parts, viewer, now }: Visit): Promise<string | undefined> => {
  const held = parts["inspection"] && (await library.one(parts["inspection"]));
  if (!held) return undefined;
  const owed = owedFor(held, now);
  const [mine] = groupsOf(owed.filter((each) => isTheirs(each, viewer, held)));
  if (mine) return nextInWords(mine, "Next for you");
  const [other] = groupsOf(
    owed.filter(({ owner }) => isStaff(viewer) || owner === "provider-user"),
  );
  return other ? nextInWords(other, `Next, by ${roleNames[other.owner]}`) : undefined;
};

const nextInWords = ({ what, due }: Owed, whose: string): string =>
  `${whose}: ${what.charAt(0).toLowerCase()}${what.slice(1)}` +
  (due === undefined ? "." : `, by ${dayInWords(dayInEngland(due))}.`);

/** Asked before anything is sent: what speaks against it, which its writer may overrule. */
export type Doubting = (
  visit: Visit,
  form: Sent,
  command: Readonly<Record<string, unknown>>,
) => Promise<readonly Trouble[]>;

/** What is doubted, unless the writer says that it stands. */
export const doubtsOn = async (
  doubting: Doubting | undefined,
  ...[visit, form, command]: Parameters<Doubting>
): Promise<readonly Trouble[]> =>
  form.value("_stands") === "yes" ? [] : ((await doubting?.(visit, form, command)) ?? []);

export const taking =
  (page: Handle, doubting?: Doubting): Handle =>
  async (visit) => {
    const viewer = signedIn(visit);
    const form = await visit.asked.form();
    const type = form.value("_type");
    const command = commandIn(type, form);
    if (!command) return errorPage(visit, 400);
    const id = form.value("_form") || type;
    const refused = (troubles: readonly Trouble[], more: Partial<Attempt> = {}) =>
      shownAgain(page, visit, { form: id, typed: form, troubles, ...more });
    if (neverBy(viewer.actor, type)) return refused(await refusalOf(visit, form, command));
    const place = { person: viewer.actor.id, page: visit.asked.path, form: id };
    if (form.names.includes("_discard")) {
      visit.words.drop(place);
      return redirect(visit.asked.path);
    }
    const changed = await changedSince(page, visit, form, id);
    if (changed) return refused([changed], { changed: true });
    const missing = missingIn(form);
    if (missing.length > 0) return refused(missing);
    const doubts = await doubtsOn(doubting, visit, form, command);
    if (doubts.length > 0) return refused(doubts, { doubted: true });
    const made = (await making[type as Offerable]?.(visit, form)) ?? { said: {} };
    if ("troubles" in made) return refused(made.troubles);
    const whole = { ...command, ...made.said };
    const held = await visit.library.one(visit.parts["inspection"] ?? "");
    const telling = identifyingInCommand(whole, held).map(identifyingInWords);
    const warned = warningIn([...telling, ...(made.doubts ?? [])], form);
    if (warned) return refused(warned.troubles, { mark: warned.mark });
    const sent = await visit.send({
      id: commandIdIn(form),
      by: viewer.actor,
      correlationId: visit.asked.correlationId,
      command: {
        ...newIn(form, partsOf(type)),
        ...whole,
        ...subjectOf(visit.parts, partsOf(type)),
      },
    });
    if (sent.outcome === "malformed") return refused([{ error: sent.error }]);
    if (!sent.reply.accepted) return refused([{ refusal: sent.reply.refusal }]);
    visit.words.drop(place);
    const plain = sent.plainer.reduce((sum, { count }) => sum + count, 0);
    const told = plain > 0 ? `&plain=${plain}` : "";
    return redirect(`${made.next ?? visit.asked.path}?done=${type}${told}`);
  };

/** Of a command that the sender's role may never send: nothing looks at what it says. */
const refusalOf = async (
  visit: Visit,
  form: Sent,
  command: Readonly<Record<string, unknown>>,
): Promise<readonly Trouble[]> => {
  const { correlationId } = visit.asked;
  const by = signedIn(visit).actor;
  const sent = await visit.send({ id: commandIdIn(form), by, correlationId, command });
  return sent.outcome === "answered" && !sent.reply.accepted ? [sent.reply] : [];
};

export const shownAgain = (
  page: Handle,
  visit: Visit,
  attempt: Attempt,
): Answer | Promise<Answer> =>
  page({ ...visit, render: (shown) => visit.render({ ...shown, status: 422, attempt }) });

/** Somebody else recorded something in these fields since the form was opened, and not the same. */
const changedSince = async (
  page: Handle,
  visit: Visit,
  sent: Sent,
  id: string,
): Promise<Trouble | undefined> => {
  const seen = sent.value("_seen");
  if (seen === "") return undefined;
  const form = await formNow(page, visit, id);
  if (!form || seenIn(form) === seen) return undefined;
  const [first] = differencesIn(form, sent);
  return first && { text: changedMeanwhile, field: first.name };
};

const changedMeanwhile =
  "Somebody else recorded this after you opened it. Read both versions, change yours if you need " +
  "to, and send it again.";

/** The form as the page would show it now. */
const formNow = async (page: Handle, visit: Visit, id: string): Promise<Form | undefined> => {
  const all: Form[] = [];
  await page({
    ...visit,
    render: (shown) => {
      for (const list of Object.values(shown.forms?.at ?? {}))
        for (const each of list) if (each) all.push(each);
      return { status: 200, headers: {}, body: "" };
    },
  });
  return all.find((form) => idOf(form) === id);
};

/** So many warnings are shown; the rest are counted. */
const mostTold = 30;

/** The id that a form gave its command, without the mark of what its writer was warned of. */
export const commandIdIn = (form: Sent): string => form.value("_command").split("~")[0] ?? "";

/** What the form needs though the command could do without it, each with what is said then. */
const missingIn = (form: Sent): readonly Trouble[] =>
  form.values("_needed").flatMap((each) => {
    const [field = "", ...said] = each.split(": ");
    return form.value(field) !== "" ? [] : [{ field, text: said.join(": ") }];
  });

/** What speaks against it, unless whoever wrote it was told just that and sends it again. */
export const warningIn = (
  said: readonly string[],
  form: Sent,
): { readonly troubles: readonly Trouble[]; readonly mark: string } | undefined => {
  if (said.length === 0) return undefined;
  const mark = `~${createHash("sha256").update(said.join("\n")).digest("hex").slice(0, 16)}`;
  if (form.value("_command").endsWith(mark)) return undefined;
  const advice = "Take it out, or send the form again to keep it. Nothing is recorded yet.";
  const told = said.slice(0, mostTold).map((each) => ({ text: `${each}. ${advice}` }));
  const left = said.length - told.length;
  const more = left > 0 ? [{ text: `There are ${left} more such places` }] : [];
  return { troubles: [...told, ...more], mark };
};

/** What begins with the command is named in the form. */
const newIn = (form: Sent, wanted: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ["inspection", "programme"].flatMap((name) => {
      const value = form.value(name);
      return value !== "" && wanted.includes(name) ? [[name, value]] : [];
    }),
  );

/** What the path is about goes into a command that names it, whatever the form says. */
const subjectOf = (parts: Parts, wanted: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ["inspection", "programme", "framework", "case"].flatMap((name) => {
      const value = parts[name];
      return value !== undefined && wanted.includes(name) ? [[name, value]] : [];
    }),
  );
