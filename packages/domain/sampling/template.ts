/**
 * The case list to hand to a service: the header and a worked example of what each cell may hold.
 */
import { columns } from "./case-list.ts";
import { headers } from "./import-columns.ts";

const example: readonly (readonly string[])[] = [
  "A-0001|Referral order|2020-02-14|Female|10-14|White British|Medium|High|CM-03|CH-117|no|yes",
  "A-0002|YRO|03/03/2020|Male|15-17|Mixed|High|Very high|CM-01|CH-204|no|yes",
  "A-0003|DTO|2020-01-30|Male|15-17|Black|Very high|High|CM-01|CH-031|yes|yes",
  "A-0004|YCC|2020-05-21|Non-binary|15-17|Asian|Low|Medium|CM-02|CH-088|no|yes",
  "A-0005|Community resolution|2020-06-02|Male|10-14||Low|Not assessed|CM-02|CH-140|no|no",
].map((line) => line.split("|"));

/** CSV (RFC 4180) with CRLF line ends and no byte order mark, as spreadsheets read it. */
export const caseListTemplate: string = [columns.map((column) => headers[column]), ...example]
  .map((cells) => `${cells.join(",")}\r\n`)
  .join("");
