/**
 * Pictures as SVG text. Every attribute and every word is escaped here, and styles come from
 * classes, because the content security policy forbids styles in the page.
 */
export type Svg = string & { readonly __brand: "Svg" };

type Attributes = Readonly<Record<string, string | number | undefined>>;

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

/** Numbers to a tenth, which is finer than any screen. */
const written = (value: string | number): string =>
  typeof value === "number" ? String(Math.round(value * 10) / 10) : escaped(value);

export const element = (
  name: string,
  attributes: Attributes,
  ...children: readonly string[]
): Svg => {
  const pairs = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${written(value ?? "")}"`);
  return `<${name}${pairs.join("")}>${children.join("")}</${name}>` as Svg;
};

export const label = (attributes: Attributes, text: string): Svg =>
  element("text", attributes, escaped(text));

export type Canvas = {
  readonly width: number;
  readonly height: number;
  /** What the picture shows, for those who do not see it. */
  readonly title: string;
  readonly className?: string;
};

export const picture = (canvas: Canvas, ...children: readonly string[]): Svg => {
  const { width, height, title, className } = canvas;
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
      width: Math.ceil(width),
      height: Math.ceil(height),
      role: "img",
      "aria-label": title,
      class: className,
    },
    ...children,
  );
};
