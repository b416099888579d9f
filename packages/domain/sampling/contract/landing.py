"""The landing by linear programming, written from docs/sampling.md alone."""

import math

NEAR = 1e-9
MOST = 15_000


def candidates(chances, like, managers, room, size):
    pull = []
    for row in like:
        total = 0
        for each, chance in zip(row, chances):
            total += each * chance
        pull.append(total)
    sets, costs, chosen, left = [], [], [], dict(room)

    def visit(place, members, cost):
        if len(chosen) == size:
            sets.append(members)
            costs.append(cost)
            return
        if len(chances) - place < size - len(chosen):
            return
        manager = managers[place]
        if manager is None or left[manager] > 0:
            added = like[place][place] - 2 * pull[place]
            for other in chosen:
                added += 2 * like[place][other]
            chosen.append(place)
            if manager is not None:
                left[manager] -= 1
            visit(place + 1, members | 1 << place, cost + added)
            if manager is not None:
                left[manager] += 1
            chosen.pop()
        visit(place + 1, members, cost)

    visit(0, 0, 0)
    return sets, costs


def least_cost(sets, costs, targets):
    count = len(targets)
    basis, values = [None] * count, list(targets)
    inverse = [[1.0 if i == k else 0.0 for k in range(count)] for i in range(count)]
    for phase in ("feasibility", "cost"):
        for _ in range(40 * count + 200):
            entering = cheapest(sets, costs, prices(costs, basis, inverse, phase), phase)
            if entering is None:
                break
            direction = []
            for row in inverse:
                total = 0
                for k in range(count):
                    if sets[entering] >> k & 1:
                        total += row[k]
                direction.append(total)
            leaving = leaving_row(basis, values, direction)
            if leaving is None:
                break
            pivot(basis, values, inverse, entering, leaving, direction)
        if phase == "feasibility" and any(
            column is None and value > NEAR for column, value in zip(basis, values)
        ):
            return None
    return [(c, value) for c, value in zip(basis, values) if c is not None and value > 0]


def prices(costs, basis, inverse, phase):
    found = [0.0] * len(basis)
    for column, row in zip(basis, inverse):
        if phase == "cost":
            cost = 0 if column is None else costs[column]
        else:
            cost = 1 if column is None else 0
        if cost:
            for k, entry in enumerate(row):
                found[k] += cost * entry
    return found


def cheapest(sets, costs, price, phase):
    half = len(price) // 2
    low, high = subset_sums(price[:half]), subset_sums(price[half:])
    best, found = -NEAR, None
    for column, members in enumerate(sets):
        cost = costs[column] if phase == "cost" else 0
        reduced = cost - (low[members & (1 << half) - 1] + high[members >> half])
        if reduced < best:
            best, found = reduced, column
    return found


def subset_sums(price):
    sums = [0.0]
    for each in price:
        sums += [total + each for total in sums]
    return sums


def leaving_row(basis, values, direction):
    found, least = None, math.inf
    for i, steep in enumerate(direction):
        if steep <= NEAR:
            continue
        ratio = max(0, values[i]) / steep
        better = ratio < least - NEAR
        if not better and ratio < least + NEAR:
            artificial, former = basis[i] is None, basis[found] is None
            better = artificial and not former or (
                artificial == former and steep > direction[found]
            )
        if better:
            found, least = i, min(least, ratio)
    return found


def pivot(basis, values, inverse, entering, leaving, direction):
    by = direction[leaving]
    inverse[leaving] = own = [entry / by for entry in inverse[leaving]]
    values[leaving] = weight = max(0, values[leaving]) / by
    for i, factor in enumerate(direction):
        if i == leaving or factor == 0:
            continue
        inverse[i] = [entry - factor * each for entry, each in zip(inverse[i], own)]
        values[i] = max(0, values[i] - factor * weight)
    basis[leaving] = entering
