/** Where the code is that makes models and pages. */
export const codeFolder = import.meta.dirname;
