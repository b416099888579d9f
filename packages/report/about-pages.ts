/** What a public site says of itself: about, accessibility, contact, no page at an address. */
import { bullets, link, paragraph } from "./document/blocks.ts";
import { blocksHtml } from "./html-blocks.ts";
import type { Publisher } from "./metadata.ts";
import type { Page } from "./site-page.ts";

export const aboutPages = (publisher: Publisher): readonly Page[] => [
  about(publisher),
  accessibility,
  contact(publisher),
  notFound(publisher),
];

const trail = [{ href: "../", label: "Inspection reports" }];

const about = ({ name }: Publisher): Page => ({
  path: "about/index.html",
  heading: "About this site",
  description: "Who publishes these reports, and how they can be checked.",
  trail,
  body: blocksHtml([
    paragraph(`${name} publishes its inspection reports here, with the numbers behind them.`),
    paragraph(
      "A published report is never changed. A correction is a new version beside it, and says " +
        "what changed and why.",
    ),
    paragraph("Beside each report stand:"),
    bullets([
      "why each rating was given, down to the single answers",
      "its data, with a description of each file",
      "its audit bundle, and a verifier that checks it in your own browser",
    ]),
    paragraph(
      "The reports and their data may be used under the ",
      link(
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "Open Government Licence v3.0",
      ),
      ".",
    ),
  ]),
});

const accessibility: Page = {
  path: "accessibility/index.html",
  heading: "Accessibility statement",
  description: "How accessible this site and its reports are, and what to do where they are not.",
  trail,
  body: blocksHtml([
    paragraph(
      "The pages are made to meet the Web Content Accessibility Guidelines (WCAG) 2.2 at level " +
        "AA. They can be read at any size, without a script, by keyboard and by screen reader.",
    ),
    bullets([
      "Each report is a page, a tagged PDF (PDF/UA-1) and plain Markdown, with the same words.",
      "Each drawing has a description, and most have a table with their numbers.",
      "Ratings have a symbol beside their name, so that nobody needs the colour.",
    ]),
    paragraph(
      "Programs check every kind of page and PDF whenever the software changes. They do not find " +
        "everything.",
    ),
    paragraph(
      "If you cannot use something, or need it in another form, ",
      link("../contact/", "write to us"),
      ".",
    ),
  ]),
};

const contact = ({ name, url, contact: where }: Publisher): Page => ({
  path: "contact/index.html",
  heading: "Contact",
  description: `How to reach ${name}.`,
  trail,
  body: blocksHtml([
    where === undefined
      ? paragraph("These reports are published by ", link(url, name), ".")
      : paragraph(`Write to ${name}: ${where}`),
    paragraph("Say which report it is about, by its service and version."),
  ]),
});

/** It is shown at any address, so its links are whole. */
const notFound = ({ url }: Publisher): Page => ({
  path: "404.html",
  heading: "Page not found",
  description: "There is no page at this address.",
  home: url,
  body: blocksHtml([
    paragraph("If you typed the address, check that it is right."),
    paragraph("Published reports keep their address for ever. ", link(url, "See all reports"), "."),
  ]),
});
