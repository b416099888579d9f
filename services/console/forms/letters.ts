/** What is done about letters: a link that went to the wrong person leads nowhere any more. */
import { form, type Form, given, reason } from "./form.ts";

export const revoking = (letter: string): Form =>
  form({
    type: "RevokeLink",
    id: letter,
    title: "Revoke the link",
    about: "Whoever has it gets nothing by it any more. A new copy is handed over by you.",
    button: "Revoke the link",
    grave: true,
    says: { letter: given(letter), reason: reason() },
  });
