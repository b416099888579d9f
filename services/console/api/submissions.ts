/**
 * A file that the inspected service sends for what was asked of it: kept where it may be sent, then
 * recorded.
 */
import { SettingId } from "@assay/domain/framework/setting-id.ts";
import { issuesOf } from "@assay/host/schema.ts";
import { z } from "zod";

import { type Handle, inspectionIn, signedIn } from "../pages/page.ts";
import { barredOn } from "../reading/possible.ts";
import { carriedOut } from "./commands.ts";
import { bodyIn } from "./endpoint.ts";
import { problem, refused } from "./problem.ts";

export const Submission = z.strictObject({
  request: SettingId,
  name: z.string().min(1).max(200),
  mediaType: z.string().min(1).max(200),
  content: z.base64().min(1).describe("The file, in base64."),
});

export const submissions: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  const { inspection } = held;
  const given = Submission.safeParse(await bodyIn(visit, "content"), { reportInput: true });
  if (!given.success) return problem(422, { issues: issuesOf(given.error) });
  const { content, ...about } = given.data;
  const asked = { by: signedIn(visit).actor, at: visit.now, request: about.request };
  const barred = barredOn({ held }, "ReceiveSubmission", asked);
  if (barred?.reason === "NotPermitted") return refused(barred);
  const file = Buffer.from(content, "base64");
  const digest = await visit.files.keep(file);
  const command = { type: "ReceiveSubmission", inspection, digest, bytes: file.length, ...about };
  return carriedOut(visit, command);
};
