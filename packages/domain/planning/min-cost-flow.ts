/**
 * A flow of least cost through a network, exactly: successive shortest paths with potentials
 * (Ahuja, Magnanti and Orlin, Network Flows, 1993, section 9.7). Capacities and costs are whole
 * numbers and costs not negative, so the flow is whole and every sum below 2^53 is exact.
 */
export type FlowNetwork = {
  /** A name for the arc, to ask for its flow afterwards. */
  readonly arc: (from: number, to: number, capacity: number, cost: number) => number;
  /**
   * Sends as much as can go from `source` to `sink`, at most `limit`, at the least cost for it and
   * all that was sent before. Several sources may send one after the other to the same sink.
   */
  readonly send: (
    source: number,
    sink: number,
    limit?: number,
  ) => { readonly sent: number; readonly cost: number };
  readonly flowOn: (arc: number) => number;
};

/** Arc 2k and its reverse 2k + 1 stand together; `left` is what an arc can still carry. */
type Residual = {
  readonly head: number[];
  readonly costs: number[];
  readonly left: number[];
  readonly leaving: readonly number[][];
  readonly potential: Float64Array;
};

/** Nodes are the whole numbers below `nodes`. The same calls always give the same flow. */
export const createNetwork = (nodes: number): FlowNetwork => {
  const residual: Residual = {
    head: [],
    costs: [],
    left: [],
    leaving: Array.from({ length: nodes }, () => []),
    potential: new Float64Array(nodes),
  };
  const { head, costs, left, leaving, potential } = residual;
  return {
    arc: (from, to, capacity, cost) => {
      const index = head.length;
      head.push(to, from);
      costs.push(cost, -cost);
      left.push(capacity, 0);
      leaving[from]!.push(index);
      leaving[to]!.push(index + 1);
      return index;
    },
    send: (source, sink, limit = Infinity) => {
      let [sent, cost] = [0, 0];
      raise(residual, source);
      while (sent < limit) {
        const { distance, reachedBy } = search(residual, source, sink);
        const furthest = distance[sink]!;
        if (furthest === Infinity) break;
        for (const [node, reached] of distance.entries()) {
          if (reached < furthest) potential[node]! += reached - furthest;
        }
        const carried = carry(residual, pathTo(residual, sink, reachedBy), limit - sent);
        sent += carried.amount;
        cost += carried.cost;
      }
      return { sent, cost };
    },
    flowOn: (index) => left[index ^ 1]!,
  };
};

/**
 * Dijkstra's shortest distances by reduced costs, in the form for dense networks: final for the
 * nodes nearer than the sink. `reachedBy` is the last arc of the path to each node.
 */
const search = (residual: Residual, source: number, sink: number) => {
  const { head, costs, left, leaving, potential } = residual;
  const distance = new Float64Array(leaving.length).fill(Infinity);
  const reachedBy = new Int32Array(leaving.length).fill(-1);
  const settled = new Uint8Array(leaving.length);
  distance[source] = 0;
  for (let node = source; node !== -1 && node !== sink; node = nearest(distance, settled)) {
    settled[node] = 1;
    const base = distance[node]! + potential[node]!;
    for (const index of leaving[node]!) {
      if (left[index] === 0) continue;
      const to = head[index]!;
      const reached = base + costs[index]! - potential[to]!;
      if (reached >= distance[to]!) continue;
      distance[to] = reached;
      reachedBy[to] = index;
    }
  }
  return { distance, reachedBy };
};

/** The nearest node that is not settled, the least of several; -1 where none can be reached. */
const nearest = (distance: Float64Array, settled: Uint8Array): number => {
  let found = -1;
  let least = Infinity;
  for (let node = 0; node < distance.length; node += 1) {
    if (settled[node] === 1 || distance[node]! >= least) continue;
    least = distance[node]!;
    found = node;
  }
  return found;
};

/** The arcs of the path that ends in `sink`, last first. */
const pathTo = ({ head }: Residual, sink: number, reachedBy: Int32Array): readonly number[] => {
  const path: number[] = [];
  for (let index = reachedBy[sink]!; index !== -1; index = reachedBy[head[index ^ 1]!]!) {
    path.push(index);
  }
  return path;
};

/** A node that has sent nothing yet may come late: it stands high enough for all of its arcs. */
const raise = ({ head, costs, left, leaving, potential }: Residual, source: number): void => {
  for (const index of leaving[source]!) {
    if (left[index] === 0) continue;
    const enough = potential[head[index]!]! - costs[index]!;
    if (enough > potential[source]!) potential[source] = enough;
  }
};

const carry = ({ costs, left }: Residual, path: readonly number[], limit: number) => {
  const amount = path.reduce((least, index) => Math.min(least, left[index]!), limit);
  let cost = 0;
  for (const index of path) {
    left[index]! -= amount;
    left[index ^ 1]! += amount;
    cost += amount * costs[index]!;
  }
  return { amount, cost };
};
