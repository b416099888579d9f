/** One form for several commands of a kind: each is sent, and a refusal is told by its name. */
import { uuidFrom } from "@assay/domain/kernel/envelope.ts";

import { redirect } from "../http/answer.ts";
import type { Form as Sent } from "../http/asked.ts";
import { type Handle, signedIn, type Visit } from "../pages/page.ts";
import { refusalInWords } from "../wording/refusals.ts";
import type { Trouble } from "./attempt.ts";
import type { Offerable } from "../reading/offering.ts";
import { shownAgain, taking } from "./taking.ts";

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
};

/** Takes this form of the page, and leaves all others to be taken one by one. */
export const takingSeveral =
  (page: Handle, { type, id, field, none, each }: Several, otherwise = taking(page)): Handle =>
  async (visit) => {
    const form = await visit.asked.form();
    const whole = `${type}-${id}`;
    if (form.value("_form") !== whole) return otherwise(visit);
    const again = (troubles: readonly Trouble[]) =>
      shownAgain(page, visit, { form: whole, typed: form, troubles });
    if (form.values(field).length === 0) return again([{ text: none, field }]);
    const troubles: Trouble[] = [];
    for (const { name, said } of await each(visit, form)) {
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
