/** What is done about letters: a link is revoked, and a letter goes out again with a new one. */
import { form, type Form, given, reason } from "./form.ts";

export const revoking = (letter: string): Form =>
  form({
    type: "RevokeLink",
    id: letter,
    title: "Revoke the link",
    about:
      "Whoever has it gets nothing by it any more. Then send the letter again, or hand over a copy yourself.",
    button: "Revoke the link",
    grave: true,
    says: { letter: given(letter), reason: reason() },
  });

export const sendingAgain = (letter: string): Form =>
  form({
    type: "SendLetterAgain",
    id: letter,
    title: "Send it again",
    about: "It goes to the address that the address book has now. A former link of it ends.",
    button: "Send it again",
    says: { letter: given(letter) },
  });
