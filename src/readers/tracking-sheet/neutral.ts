/** What a spreadsheet takes for the beginning of a formula, full-width forms and leading blanks among it (OWASP, CSV injection). */
const FORMULA = /^[\s\u00a0\u3000]*[=+\-@\uff1d\uff0b\uff0d\uff20|]/;
const NUMBER = /^[+-]?\d{1,15}(?:[.,]\d{1,10})?%?$/;

/** A cell that no spreadsheet will compute when it is written out again: a formula gets an apostrophe before it. */
export const neutral = (cell: string): string =>
  FORMULA.test(cell) && !NUMBER.test(cell.trim()) ? `'${cell.trimStart()}` : cell;
