/**
 * Drawings as text: elements, their attributes, and words that can never become markup. A drawing
 * carries its own title and description for those who hear it.
 */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

export const element = (
  name: string,
  attributes: Attributes,
  ...inside: readonly string[]
): string => {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        ` ${key}="${escapedMarkup(typeof value === "number" ? short(value) : value!)}"`,
    )
    .join("");
  return inside.length === 0
    ? `<${name}${written}/>`
    : `<${name}${written}>${inside.join("")}</${name}>`;
};

const short = (value: number): string => String(Math.round(value * 100) / 100);

/** Text as it stands in XML and HTML. */
export const escapedMarkup = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

export type Drawing = {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
};

export const fontFamily = "'Source Sans 3', Arial, Helvetica, sans-serif";

export const drawing = (
  { id, width, height, title, description }: Drawing,
  parts: readonly string[],
): string =>
  element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${short(width)} ${short(height)}`,
      width,
      height,
      role: "img",
      "aria-labelledby": `${id}-title ${id}-desc`,
      "font-family": fontFamily,
    },
    element("title", { id: `${id}-title` }, escapedMarkup(title)),
    element("desc", { id: `${id}-desc` }, escapedMarkup(description)),
    ...parts,
  );

export type TextLook = {
  readonly size?: number;
  readonly weight?: number;
  readonly fill?: string;
  readonly anchor?: "start" | "middle" | "end";
};

export const label = (
  x: number,
  y: number,
  text: string,
  { size = 15, weight = 400, fill = ink, anchor = "start" }: TextLook = {},
): string =>
  element(
    "text",
    { x, y, "font-size": size, "font-weight": weight, fill, "text-anchor": anchor },
    escapedMarkup(text),
  );

export type Label = Required<TextLook> & Readonly<Record<"x" | "y", number> & { text: string }>;

const attributes = ["x", "y", "font-size", "font-weight", "fill", "text-anchor"];
const ofLabel = new RegExp(
  `<text ${attributes.map((name) => `${name}="([^"]*)"`).join(" ")}>([^<]*)</text>`,
  "g",
);

/** A drawing without its labels, and the labels, in the units in which it is so wide. */
export const takenApart = (svg: string) => ({
  width: Number(/ width="([^"]*)"/.exec(svg)![1]),
  shapes: svg.replaceAll(ofLabel, ""),
  labels: [...svg.matchAll(ofLabel)].map(([, ...parts]): Label => {
    const [x, y, size, weight] = parts.slice(0, 4).map(Number) as [number, number, number, number];
    const [fill, anchor, text] = parts.slice(4).map(plain) as [string, Label["anchor"], string];
    return { x, y, size, weight, fill, anchor, text };
  }),
});

const plain = (markup: string): string =>
  markup
    .replaceAll("&quot;", '"')
    .replaceAll("&gt;", ">")
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&");

export const ink = "#14213d";
export const quiet = "#4a5568";
export const hairline = "#c8ced8";
export const pale = "#eef1f6";

const characters = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Those that are as wide as two others. */
const wide = /\p{sc=Han}|\p{sc=Hiragana}|\p{sc=Katakana}|\p{sc=Hangul}|\p{Extended_Pictographic}/u;

/** As much of a text as there is room for; the table behind the drawing has it whole. */
export const shortened = (text: string, most = 38): string => {
  let room = most;
  let kept = "";
  for (const { segment, index } of characters.segment(text)) {
    room -= wide.test(segment) ? 2 : 1;
    if (room >= 2) kept = text.slice(0, index + segment.length);
  }
  return room < 0 ? `${kept.trimEnd()}…` : text;
};
