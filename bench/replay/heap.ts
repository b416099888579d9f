/** How much of the heap is really in use, which only a collection can tell. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** In mebibytes. */
export const heapInUse = (): number => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
};
