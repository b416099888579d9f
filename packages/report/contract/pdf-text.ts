/** The text of a PDF, as a reader that searches in it has it. */
import { getDocument, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";

export const pdfText = async (pdf: PDFDocumentProxy): Promise<string> => {
  const pages = await Promise.all(
    Array.from({ length: pdf.numPages }, async (_, i) => {
      const content = await (await pdf.getPage(i + 1)).getTextContent();
      return content.items.map((item) => ("str" in item ? item.str : "")).join(" ");
    }),
  );
  return pages.join(" ").replaceAll(/\s+/g, " ");
};

export const pdfTextOf = async (body: Uint8Array): Promise<string> => {
  const loading = getDocument({ data: new Uint8Array(body), verbosity: 0 });
  try {
    return await pdfText(await loading.promise);
  } finally {
    await loading.destroy();
  }
};
