/**
 * The codes by which standards, key questions and prompts are known. A code has one to three parts
 * of capital letters and digits; a key question adds a part to its standard's code, and a prompt
 * adds small letters to its key question's.
 */
import { z } from "zod";

const part = "[A-Z0-9]{1,8}";

const code = (pattern: string, message: string) =>
  z.string().regex(new RegExp(`^${pattern}$`), message);

export const StandardCode = code(`${part}(?:\\.${part})?`, "a standard such as 2.1 or V1");
export const KeyQuestionCode = code(
  `${part}(?:\\.${part}){1,2}`,
  "a key question such as 2.1.1 or V1.1",
);
export const PromptCode = code(`${part}(?:\\.${part}){1,2}[a-z]{1,2}`, "a prompt such as 2.1.1a");
export const QuestionCode = code(
  `${part}(?:\\.${part}){1,2}[a-z]{0,2}`,
  "a key question such as 2.1.1 or a prompt such as 2.1.1a",
);
/** What people judge: a standard, or a key question of a standard that is made of its questions. */
export const JudgedCode = code(
  `${part}(?:\\.${part}){0,2}`,
  "a standard such as 2.1, or a key question that people grade",
);

/** The standard to which a key question or prompt belongs. */
export const standardOf = (question: string): string =>
  question.slice(0, Math.max(0, question.lastIndexOf(".")));
/** The key question itself, or the one to which a prompt belongs. */
export const keyQuestionOf = (question: string): string =>
  question.replace(/(?<![a-z])[a-z]+$/, "");
export const isPrompt = (question: string): boolean => /[a-z]$/.test(question);
