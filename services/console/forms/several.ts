/** One form for several commands of a kind: each is sent, and a refusal is told by its name. */
import { uuidFrom } from "@assay/domain/kernel/envelope.ts";

import { redirect } from "../http/answer.ts";
import type { Form as Sent } from "../http/asked.ts";
import { type Handle, signedIn, type Visit } from "../pages/page.ts";
import { refusalInWords } from "../wording/refusals.ts";
import type { Attempt, Trouble } from "./attempt.ts";
import type { Offerable } from "../reading/offering.ts";
import { type Doubting, doubtsOn, shownAgain, taking } from "./taking.ts";

type Several = {
  readonly type: Offerable;
  /** The form's own id, after its command. */
  readonly id: string;
  /** Where several are chosen, and what is said where none is. */
  readonly field: string;
  readonly none: string;
  /** Each command as it differs from the others, by the name under which a refusal is told. */
  readonly each: (
    visit: Visit,
    form: Sent,
  ) => Promise<readonly { readonly name: string; readonly said: object }[]>;
  /** Asked of the first of them, because all say the same. */
  readonly doubting?: Doubting;
};

/** Takes this form of the page, and leaves all others to be taken one by one. */
export const takingSeveral =
  (page: Handle, several: Several, otherwise = taking(page, several.doubting)): Handle =>
  async (visit) => {
    const { type, id, field, none, each, doubting } = several;
    const form = await visit.asked.form();
    const whole = `${type}-${id}`;
    if (form.value("_form") !== whole) return otherwise(visit);
    const again = (troubles: readonly Trouble[], more: Partial<Attempt> = {}) =>
      shownAgain(page, visit, { form: whole, typed: form, troubles, ...more });
    if (form.values(field).length === 0) return again([{ text: none, field }]);
    const commands = await each(visit, form);
    const doubts = await doubtsOn(doubting, visit, form, { type, ...commands[0]?.said });
    if (doubts.length > 0) return again(doubts, { doubted: true });
    const troubles: Trouble[] = [];
    for (const { name, said } of commands) {
      const sent = await visit.send({
        id: uuidFrom(`${form.value("_command")}/${name}`),
        by: signedIn(visit).actor,
        correlationId: visit.asked.correlationId,
        command: { type, inspection: visit.parts["inspection"], ...said },
      });
      if (sent.outcome === "malformed") troubles.push({ error: sent.error });
      else if (!sent.reply.accepted)
        troubles.push({ text: `${name}: ${refusalInWords(sent.reply.refusal)}`, field });
    }
    return troubles.length === 0 ? redirect(`${visit.asked.path}?done=${type}`) : again(troubles);
  };
