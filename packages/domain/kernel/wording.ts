/** Days, moments and names of facts as British readers write them, on every page and letter. */
import { Role } from "./actor.ts";
import { dayInEngland, type Instant, timeInEngland } from "./instants.ts";

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** `2021-05-24` as "24 May 2021", `2021-05` as "May 2021"; what is neither stays as it is. */
export const dayInWords = (day: string): string => {
  const [year, month, date] = day.split("-").map(Number);
  const name = months[(month ?? 0) - 1];
  if (name && date) return `${date} ${name} ${year}`;
  return name && /^\d{4}-\d\d$/.test(day) ? `${name} ${year}` : day;
};

/** "00:01 on 12 August 2021", as clocks in England show it. */
export const momentInWords = (instant: Instant): string =>
  `${timeInEngland(instant)} on ${dayInWords(dayInEngland(instant))}`;

/** Who is called by a post is called so in lower case, as in a sentence. */
const posts = [...Role.options, "service-manager"];

/** `inspector-1` as "Inspector 1", `anna.bell` as "Anna Bell". */
export const personName = (id: string): string => {
  const spaced = id.replaceAll(/[-.]/g, " ");
  if (posts.some((post) => id.startsWith(post))) return capitalised(spaced);
  return spaced.replaceAll(/(?<=^| )\p{L}/gu, (letter) => letter.toUpperCase());
};

/** `c0007` as 7, its place on the case list: what people call it by. */
export const caseNumber = (id: string): string => id.replace(/^c0*/, "");

/** Stored names that speak of one framework, or of less than the fact says. */
const called: Readonly<Record<string, string>> = {
  ClassificationJudged: "Question about the case answered",
  DomainOneDecided: "Rating decided",
  DomainOneProposed: "Rating proposed",
};

/** `PanelConvened` as "Panel convened". */
export const factName = (type: string): string =>
  called[type] ?? type.replaceAll(/(?<=.)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** `openCases` as "open cases". */
export const nameInWords = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** "a, b and c". */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)!}`;
