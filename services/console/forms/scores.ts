/** Scores before discussion: each member seals their own, and all are opened together. */
import type { Held } from "../reading/held.ts";
import { type Field, form, type Form, given, text } from "./form.ts";

/** The browser makes and keeps the code: see `assets/sealing.js`. */
export const scoreForms = ({ inspection }: Held, code: string, rating: Field): readonly Form[] => {
  const place = `/inspections/${inspection}/${code}`;
  const subject = { standard: code };
  return [
    form({
      type: "SealScore",
      subject,
      title: "Seal a score",
      first: true,
      button: "Seal my score",
      attributes: { "data-sealing": place, "data-standard": code },
      secret: true,
      says: { standard: given(code), seal: given("") },
      beside: {
        own: rating,
        code: text("Your opening code", {
          hint:
            "This browser keeps it. Write it down if you may open your score elsewhere: nobody " +
            "else has it.",
          attributes: { readonly: "", autocomplete: "off" },
        }),
      },
    }),
    form({
      type: "OpenScore",
      subject,
      title: "Open my score",
      first: true,
      button: "Open my score",
      attributes: { "data-opening": place },
      secret: true,
      says: {
        standard: given(code),
        rating,
        nonce: text("Your opening code", { attributes: { autocomplete: "off" } }),
      },
    }),
  ];
};
