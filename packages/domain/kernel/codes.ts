/** The codes by which standards, key questions and prompts are known. */
import { z } from "zod";

export const StandardCode = z.string().regex(/^\d\.\d$/, "a standard such as 2.1");
export const KeyQuestionCode = z.string().regex(/^\d\.\d\.\d$/, "a key question such as 2.1.1");
export const QuestionCode = z
  .string()
  .regex(/^\d\.\d\.\d[a-z]?$/, "a key question such as 2.1.1 or a prompt such as 2.1.1a");

export const standardOf = (question: string): string => question.slice(0, 3);
export const keyQuestionOf = (question: string): string => question.slice(0, 5);
export const isPrompt = (question: string): boolean => question.length > 5;
