/** Restate with a state machine in XState as its virtual object, called over its HTTP ingress. */
import { createServer } from "node:http2";

import { createEndpointHandler } from "@restatedev/restate-sdk";
import { xstate } from "@restatedev/xstate";
import { assign, setup } from "xstate";

import { freePort } from "../recording/loopback.ts";
import { answered, type Answers, type Judgement, type Recorder } from "../recording/recorder.ts";
import { restateVersion, startRestateServer } from "./restate-server.ts";

const assessment = setup({
  types: {
    context: {} as { readonly recorded: number; readonly answers: Answers },
    events: {} as { readonly type: "JudgementRecorded"; readonly judgement: Judgement },
  },
}).createMachine({
  id: "assessment",
  initial: "open",
  context: { recorded: 0, answers: {} },
  states: {
    open: {
      on: {
        JudgementRecorded: {
          actions: assign({
            recorded: ({ context }) => context.recorded + 1,
            answers: ({ context, event }) => answered(context.answers, event.judgement),
          }),
        },
      },
    },
  },
});

export const startRestate = async (folder: string): Promise<Recorder> => {
  const server = await startRestateServer(folder);
  const services = [xstate("assessment", assessment)];
  const endpoint = createServer(createEndpointHandler({ services, logger: () => {} }));
  const port = await freePort();
  await new Promise<void>((resolve) => endpoint.listen(port, "127.0.0.1", resolve));
  await post(`${server.admin}/deployments`, { uri: `http://127.0.0.1:${port}` });
  const call = (key: string, handler: string, body?: object): Promise<unknown> =>
    post(`${server.ingress}/assessment/${key}/${handler}`, body);
  let begun = 0;
  return {
    name: "Restate with XState",
    settings: `server ${restateVersion}, one node, log fsynced (its default), HTTP ingress`,
    begin: async (streams) => {
      begun += 1;
      const keys = Array.from({ length: streams }, (_, stream) => `${begun}.${stream}`);
      for (const key of keys) await call(key, "create", {});
      return {
        record: async (stream, judgement) => {
          const event = { type: "JudgementRecorded", judgement };
          await call(keys[stream]!, "send", { event });
        },
        stored: async () => {
          let recorded = 0;
          for (const key of keys) {
            const snapshot = (await call(key, "snapshot")) as {
              readonly context: { readonly recorded: number };
            };
            recorded += snapshot.context.recorded;
          }
          return recorded;
        },
      };
    },
    close: async () => {
      await server.close();
      await new Promise<void>((resolve) => endpoint.close(() => resolve()));
    },
  };
};

const post = async (address: string, body?: object): Promise<unknown> => {
  const answer = await fetch(address, {
    method: "POST",
    ...(body === undefined
      ? {}
      : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
};
