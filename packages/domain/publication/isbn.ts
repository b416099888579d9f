/** The International Standard Book Number (ISO 2108), by its check digit. */

/** Ten or thirteen digits, with hyphens or spaces between them; the tenth of ten may be an X. */
export const isIsbn = (written: string): boolean => {
  const digits = written.replaceAll(/[- ]/g, "");
  if (/^\d{9}[\dX]$/.test(digits)) {
    const sum = [...digits].reduce(
      (total, digit, i) => total + (10 - i) * (digit === "X" ? 10 : Number(digit)),
      0,
    );
    return sum % 11 === 0;
  }
  if (!/^97[89]\d{10}$/.test(digits)) return false;
  return [...digits].reduce((sum, digit, i) => sum + Number(digit) * (i % 2 ? 3 : 1), 0) % 10 === 0;
};
