/** What is wrong with a page of HTML, by the standard and for those who hear it. */
import { HtmlValidate } from "html-validate";

const rules = new HtmlValidate({
  extends: ["html-validate:standard", "html-validate:a11y"],
  // SVG closes its elements as XML does, and the rest are matters of taste.
  rules: {
    "void-style": "off",
    "no-implicit-button-type": "off",
    "long-title": "off",
    "prefer-native-element": "off",
    "no-inline-style": "off",
    "no-trailing-whitespace": "off",
    // GOV.UK's own date input says so, for older screen readers.
    "no-redundant-role": "off",
  },
});

/** Each fault with its place; none for a page that is valid. */
export const faultsInHtml = async (page: string, html: string): Promise<readonly string[]> => {
  const { results } = await rules.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line }) => `${page}:${line} ${ruleId} ${message}`),
  );
};
