/** Server-sent events: that something was recorded, never what. The page is then asked for anew. */
import type { Answer } from "../http/answer.ts";
import type { Live } from "../reading/live.ts";
import { maySee } from "../reading/viewer.ts";
import { type Handle, inspectionIn, signedIn } from "./page.ts";

/** Between two signs of life, in milliseconds: proxies close what is silent for long. */
const pulse = 20_000;

const opened = "retry: 3000\n\n";

/** About one inspection, or where the path names none about any that the viewer may see. */
export const livePage =
  (live: Live): Handle =>
  async (visit): Promise<Answer> => {
    const viewer = signedIn(visit);
    const one = visit.parts["inspection"];
    if (one !== undefined) await inspectionIn(visit);
    const concerns = async (inspection: string): Promise<boolean> => {
      if (one !== undefined) return inspection === one;
      const held = await visit.library.one(inspection);
      return held !== undefined && maySee(viewer, held);
    };
    return {
      status: 200,
      headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
      body: opened,
      follow: (write) => {
        const beat = setInterval(() => write(": still here\n\n"), pulse);
        const end = live.listen((inspection) => {
          void concerns(inspection).then((yes) => {
            if (yes) write(`event: recorded\ndata: ${inspection}\n\n`);
          });
        });
        return () => {
          clearInterval(beat);
          end();
        };
      },
    };
  };
