/** Unpacks the browser before page tests begin, because two that unpack it at once spoil it. */
import packed from "@sparticuz/chromium";

export const setup = async (): Promise<void> => void (await packed.executablePath());
