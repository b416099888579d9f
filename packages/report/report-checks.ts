/** The report's checks as the rules of publication ask for them. */
import type { ReportChecks } from "@assay/domain/publication/checks.ts";

import { errorsIn, errorsInAnswer, mayBeExcused } from "./review.ts";

export const reportChecks: ReportChecks = { errorsIn, errorsInAnswer, mayBeExcused };
