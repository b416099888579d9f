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

export const ink = "#14213d";
export const quiet = "#4a5568";
export const hairline = "#c8ced8";
export const pale = "#eef1f6";

/** As much of a text as there is room for; the table behind the drawing has it whole. */
export const shortened = (text: string, most = 38): string =>
  text.length > most ? `${text.slice(0, most - 2).trimEnd()}…` : text;
