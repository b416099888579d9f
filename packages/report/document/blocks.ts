/**
 * A report as blocks of text, tables and figures: one document from which every form is rendered,
 * so that no form can say what another does not. There is no block for raw markup.
 */
import type { Rating, Scale } from "@assay/domain/framework/scale.ts";

export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "strong" | "emphasis"; readonly children: readonly Inline[] }
  /** A lowest value, which decides a rating: bold, and said in words where bold is not heard. */
  | { readonly kind: "lowest"; readonly text: string }
  /** What the record says, filled into a text; `href` leads to how it came about. */
  | { readonly kind: "recorded"; readonly href: string; readonly text: string }
  | { readonly kind: "link"; readonly href: string; readonly children: readonly Inline[] }
  /** Drawn with its symbol, where the form has symbols; undefined is "Not rated". */
  | {
      readonly kind: "rating";
      readonly rating: Rating | undefined;
      readonly scale: Scale;
      /** The symbol alone is seen, where there is no room; the name is still heard. */
      readonly brief?: boolean;
    }
  /** Refers to a note of the same table. */
  | { readonly kind: "mark"; readonly mark: string; readonly note: string }
  /** `first`: the note is referred to here and not before. */
  | {
      readonly kind: "footnote";
      readonly id: string;
      readonly number: number;
      readonly first: boolean;
      readonly children: readonly Inline[];
    }
  | { readonly kind: "break" };

/** Under a table. `id` is unique in the document. */
export type Note = {
  readonly id: string;
  readonly mark: string;
  readonly children: readonly Inline[];
};

export type Column = { readonly label: string; readonly numeric: boolean };

/** The first cell of each row is its header. */
export type Table = {
  readonly kind: "table";
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (readonly Inline[])[])[];
  readonly notes: readonly Note[];
  /** Set small, because it is long or stands beside others like it. */
  readonly dense?: boolean;
};

/** A drawing that says nothing which the table behind it does not say. */
export type Figure = {
  readonly kind: "figure";
  readonly id: string;
  readonly caption: string;
  /** What a person who cannot see the drawing should know. */
  readonly description: string;
  readonly svg: string;
  /** Undefined where the table stands beside the figure in the text already. */
  readonly table: Table | undefined;
};

export type Block =
  | {
      readonly kind: "heading";
      readonly level: 2 | 3 | 4 | 5;
      readonly id: string;
      readonly text: string;
    }
  | { readonly kind: "paragraph"; readonly children: readonly Inline[] }
  | {
      readonly kind: "list";
      readonly ordered: boolean;
      readonly start: number;
      readonly items: readonly (readonly Block[])[];
    }
  /** `from` says whose words they are, so that nobody is known by it. */
  | { readonly kind: "quote"; readonly children: readonly Block[]; readonly from?: string }
  /** Practice that others can learn from. */
  | { readonly kind: "example"; readonly title: string; readonly children: readonly Block[] }
  | { readonly kind: "notice"; readonly children: readonly Inline[] }
  | Table
  | Figure;

/** A heading of level 2 with what stands under it. */
export type Chapter = {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
};

export type Document = {
  readonly title: string;
  /** Under the title: what it is, when, which version. */
  readonly particulars: readonly { readonly label: string; readonly value: string }[];
  /** Across every page of a copy that is not public yet. */
  /** In a few words, why it may not be passed on; undefined for what is published. */
  readonly watermark: string | undefined;
  /** The same in full, with whose copy it is: it stands on every page. */
  readonly mark: string | undefined;
  readonly chapters: readonly Chapter[];
};

export const say = (text: string): Inline => ({ kind: "text", text });

export const link = (href: string, label: string): Inline => ({
  kind: "link",
  href,
  children: [say(label)],
});

export const paragraph = (...children: readonly (Inline | string)[]): Block => ({
  kind: "paragraph",
  children: children.map((child) => (typeof child === "string" ? say(child) : child)),
});

export const heading = (level: 2 | 3 | 4 | 5, id: string, text: string): Block => ({
  kind: "heading",
  level,
  id,
  text,
});

export const bullets = (items: readonly string[]): Block => ({
  kind: "list",
  ordered: false,
  start: 1,
  items: items.map((item) => [paragraph(item)]),
});

/** The words of inlines, without their looks. */
export const plainText = (inlines: readonly Inline[]): string =>
  inlines
    .map((inline): string => {
      switch (inline.kind) {
        case "text":
        case "recorded":
        case "lowest":
          return inline.text;
        case "strong":
        case "emphasis":
        case "link":
          return plainText(inline.children);
        case "rating":
          return inline.rating ?? "Not rated";
        case "mark":
          return inline.mark;
        case "footnote":
          return "";
        case "break":
          return " ";
      }
    })
    .join("");
