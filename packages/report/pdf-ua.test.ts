/**
 * What PDF/UA-1 (ISO 14289-1) asks for and a machine can see, read from the file's own objects and
 * not from the typesetter's word. What only a person can judge, such as whether alternate words are
 * good ones, is not judged here.
 */
import {
  PDFArray,
  PDFBool,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFString,
  decodePDFRawStream,
} from "@cantoo/pdf-lib";
import { beforeAll, describe, expect, it } from "vitest";

import type { Block } from "./document/blocks.ts";
import { documentOf } from "./document/compose.ts";
import { everything } from "./golden/everything.ts";
import { storyOf } from "./golden/story.ts";
import { type ReportModel, reportModelOf } from "./model.ts";
import { renderPdf } from "./pdf.ts";

const publisher = { name: "Inspectorate", url: "https://inspectorate.example/" };

const models: readonly (readonly [string, ReportModel])[] = [
  ["published, with counts", reportModelOf(storyOf("peterborough-2020"), 2)],
  ["published, with percentages", reportModelOf(storyOf("milton-keynes-2021", { times: 3 }), 1)],
  ["under embargo", reportModelOf(storyOf("peterborough-2020"), "embargoed")],
  ["with every part that one may have", everything],
];

/** An element of the structure, its role as the standard names it. */
type Element = {
  readonly role: string;
  readonly dict: PDFDict;
  readonly children: readonly Element[];
};

const wordsOf = (object: PDFObject | undefined): string =>
  object instanceof PDFString || object instanceof PDFHexString ? object.decodeText() : "";

const nameOf = (object: PDFObject | undefined): string =>
  object instanceof PDFName ? object.decodeText() : "";

const look = (dict: PDFDict, name: string): PDFObject | undefined => dict.lookup(PDFName.of(name));

const dictsIn = (dict: PDFDict, name: string): readonly PDFDict[] => {
  const found = look(dict, name);
  const all = found instanceof PDFArray ? found.asArray().map((_, i) => found.lookup(i)) : [found];
  return all.filter((each) => each instanceof PDFDict);
};

const elementsIn = (dict: PDFDict, roles: PDFDict | undefined): readonly Element[] =>
  dictsIn(dict, "K")
    .filter((each) => nameOf(look(each, "S")) !== "")
    .map((each) => {
      const own = nameOf(look(each, "S"));
      const role = (roles && nameOf(look(roles, own))) || own;
      return { role, dict: each, children: elementsIn(each, roles) };
    });

const flat = (elements: readonly Element[]): readonly Element[] =>
  elements.flatMap((each) => [each, ...flat(each.children)]);

const blocksOf = (blocks: readonly Block[]): readonly Block[] =>
  blocks.flatMap((block) => {
    if (block.kind === "figure" && block.table) return [block, block.table];
    return block.kind === "quote" ? [block, ...blocksOf(block.children)] : [block];
  });

/** Where a table's attributes say which cells a header cell is the header of. */
const scopeOf = ({ dict }: Element): string =>
  dictsIn(dict, "A")
    .map((each) => nameOf(look(each, "Scope")))
    .find((scope) => scope !== "") ?? "";

describe.each(models)("a report %s", (_, model) => {
  let pdf: PDFDocument;
  let elements: readonly Element[];
  const wanted = documentOf(model);
  const blocks = blocksOf(wanted.chapters.flatMap((chapter) => chapter.blocks));
  const having = (...roles: readonly string[]) =>
    elements.filter(({ role }) => roles.includes(role));

  beforeAll(async () => {
    pdf = await PDFDocument.load(renderPdf(model, publisher), { updateMetadata: false });
    const root = look(pdf.catalog, "StructTreeRoot") as PDFDict;
    const roles = look(root, "RoleMap");
    elements = flat(elementsIn(root, roles instanceof PDFDict ? roles : undefined));
  });

  it("says that it is PDF/UA-1 and tagged, and shows its title and language", () => {
    const { catalog } = pdf;
    expect(wordsOf(look(catalog, "Lang"))).toBe(model.framework.language);
    const flag = (dict: string, name: string): unknown => {
      const found = look(look(catalog, dict) as PDFDict, name);
      return found instanceof PDFBool && found.asBoolean();
    };
    expect(flag("MarkInfo", "Marked")).toBe(true);
    expect(flag("MarkInfo", "Suspects")).toBe(false);
    expect(flag("ViewerPreferences", "DisplayDocTitle")).toBe(true);
    const metadata = look(catalog, "Metadata") as PDFRawStream;
    const xmp = new TextDecoder().decode(decodePDFRawStream(metadata).decode());
    expect(xmp).toMatch(/pdfuaid:part(>|=")1/);
    expect(xmp).toMatch(/<dc:title>[\s\S]*An inspection of youth offending services/);
    expect(pdf.isEncrypted).toBe(false);
  });

  it("gives every figure, and nothing else, its alternate words", () => {
    const alternates = having("Figure").map(({ dict }) => wordsOf(look(dict, "Alt")));
    const figures = blocks.filter((block) => block.kind === "figure");
    expect(figures.length).toBeGreaterThan(3);
    expect(alternates.toSorted()).toEqual(figures.map(({ description }) => description).toSorted());
  });

  it("has headings that begin at the first level and skip none on the way down", () => {
    const levels = elements.flatMap(({ role }) => {
      const found = /^H([1-6])$/.exec(role);
      return found ? [Number(found[1])] : [];
    });
    expect(levels.length).toBeGreaterThan(wanted.chapters.length);
    expect(levels[0]).toBe(1);
    const skipped = levels.filter((level, i) => i > 0 && level > levels[i - 1]! + 1);
    expect(skipped).toEqual([]);
    expect(having("H")).toEqual([]);
  });

  it("has every table as rows of equal length under header cells that say what they head", () => {
    const tables = having("Table");
    const expected = blocks.filter((block) => block.kind === "table");
    expect(tables.length).toBe(expected.length);
    for (const table of tables) {
      const inside = flat(table.children);
      const rows = inside.filter(({ role }) => role === "TR");
      const lengths = new Set(rows.map(({ children }) => children.length));
      expect(lengths.size).toBe(1);
      const heads = inside.filter(({ role }) => role === "TH");
      expect(heads.length).toBeGreaterThanOrEqual([...lengths][0]!);
      for (const head of heads) expect(scopeOf(head)).toMatch(/^(Column|Row|Both)$/);
    }
  });

  it("has a bookmark for each chapter, in their order", () => {
    const outlines = look(pdf.catalog, "Outlines") as PDFDict;
    const titles: string[] = [];
    for (let each = look(outlines, "First"); each instanceof PDFDict; each = look(each, "Next")) {
      titles.push(wordsOf(look(each, "Title")));
    }
    const chapters = wanted.chapters.map(({ title }) => title);
    expect(titles.filter((title) => chapters.includes(title))).toEqual(chapters);
  });

  it("embeds every typeface, with what each of its signs means", () => {
    const fonts = pdf.context
      .enumerateIndirectObjects()
      .map(([, object]) => object)
      .filter((object) => object instanceof PDFDict)
      .filter((dict) => nameOf(look(dict, "Type")) === "Font");
    const composed = fonts.filter((font) => nameOf(look(font, "Subtype")) === "Type0");
    expect(composed.length).toBeGreaterThan(2);
    for (const font of composed) expect(look(font, "ToUnicode")).toBeInstanceOf(PDFRawStream);
    const drawn = fonts.filter((font) => nameOf(look(font, "Subtype")) !== "Type0");
    const unembedded = drawn.filter((font) => {
      const descriptor = look(font, "FontDescriptor");
      return !(
        descriptor instanceof PDFDict &&
        ["FontFile", "FontFile2", "FontFile3"].some((file) => look(descriptor, file))
      );
    });
    expect(unembedded).toEqual([]);
  });

  it("ties every page and every link to its structure, to be followed in its order", () => {
    const pages = pdf.getPages().map(({ node }) => node);
    expect(pages.length).toBeGreaterThan(10);
    const all = pages.flatMap((page) => dictsIn(page, "Annots"));
    expect(all.length).toBeGreaterThan(wanted.chapters.length - 1);
    for (const page of pages) {
      expect(look(page, "StructParents")).toBeDefined();
      const links = dictsIn(page, "Annots");
      if (links.length > 0) expect(nameOf(look(page, "Tabs"))).toBe("S");
      for (const link of links) {
        expect(look(link, "StructParent")).toBeDefined();
        expect(wordsOf(look(link, "Contents"))).not.toBe("");
      }
    }
    expect(having("Link").length).toBeGreaterThan(wanted.chapters.length - 1);
  });
});
