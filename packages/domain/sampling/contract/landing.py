"""The landing by linear programming, as docs/sampling.md says. A set of cases is a bit mask."""

import math

NEAR = 1e-9
MOST_SETS = 15000


def land(chances, likeness, managers, room, stream):
    """The cases that are drawn, or nothing where it cannot be done."""
    size, count = math.floor(total(chances) + 0.5), len(chances)
    if (count > 30 and 0 < size < count) or math.comb(count, size) > MOST_SETS:
        return None
    sets, costs = candidates(chances, likeness, managers, dict(room), size)
    likely = programme(chances, sets, costs)
    if not likely:
        return None
    left = stream.fraction() * total(value for _, value in likely)
    for members, value in likely:
        left -= value
        if left < 0:
            break
    return members


def total(numbers):
    """One by one: `sum` of newer versions of Python adds otherwise."""
    found = 0.0
    for number in numbers:
        found += number
    return found


def candidates(chances, likeness, managers, room, size):
    pull = [total(like * chance for like, chance in zip(row, chances)) for row in likeness]
    sets, costs, chosen = [], [], []

    def decide(place, members, cost):
        if len(chosen) == size:
            sets.append(members)
            costs.append(cost)
            return
        if len(chances) - place < size - len(chosen):
            return
        manager = managers[place]
        if manager is None or room[manager] > 0:
            added = likeness[place][place] - 2 * pull[place]
            for other in chosen:
                added += 2 * likeness[place][other]
            chosen.append(place)
            if manager is not None:
                room[manager] -= 1
            decide(place + 1, members | 1 << place, cost + added)
            if manager is not None:
                room[manager] += 1
            chosen.pop()
        decide(place + 1, members, cost)

    decide(0, 0, 0.0)
    return sets, costs


def programme(chances, sets, costs):
    """The sets that the rows end with, with their probabilities; nothing where it cannot be done."""
    count = len(chances)
    inverse = [[1.0 if i == k else 0.0 for k in range(count)] for i in range(count)]
    value, column = list(chances), [None] * count
    for phase in (1, 2):
        for _ in range(40 * count + 200):
            if phase == 1:
                paid = [1.0 if c is None else 0.0 for c in column]
            else:
                paid = [0.0 if c is None else costs[c] for c in column]
            entering = enters(sets, costs if phase == 2 else None, paid, inverse)
            if entering is None:
                break
            places = [k for k in range(count) if sets[entering] >> k & 1]
            direction = [total(row[k] for k in places) for row in inverse]
            leaving = leaves(direction, value, column)
            if leaving is None:
                break
            exchange(inverse, value, direction, leaving)
            column[leaving] = entering
        if phase == 1 and any(c is None and v > NEAR for c, v in zip(column, value)):
            return None
    return [(sets[c], v) for c, v in zip(column, value) if c is not None and v > 0]


def enters(sets, costs, paid, inverse):
    count = len(inverse)
    prices, half = [0.0] * count, count // 2
    for cost, row in zip(paid, inverse):
        if cost != 0:
            prices = [price + cost * entry for price, entry in zip(prices, row)]
    low, high, mask = subset_sums(prices[:half]), subset_sums(prices[half:]), (1 << half) - 1
    best, least = None, -NEAR
    for index, members in enumerate(sets):
        own = costs[index] if costs else 0.0
        reduced = own - (low[members & mask] + high[members >> half])
        if reduced < least:
            best, least = index, reduced
    return best


def subset_sums(prices):
    """The sum of each set of them, by its bit mask, in rising order."""
    sums = [0.0]
    for price in prices:
        sums += [each + price for each in sums]
    return sums


def leaves(direction, value, column):
    best, least = None, math.inf
    for row, d in enumerate(direction):
        if d <= NEAR:
            continue
        ratio = max(0.0, value[row]) / d
        takes = ratio < least - NEAR
        if not takes and ratio < least + NEAR:
            mine, theirs = column[row] is None, column[best] is None
            takes = (mine and not theirs) or (mine == theirs and d > direction[best])
        if takes:
            best, least = row, min(least, ratio)
    return best


def exchange(inverse, value, direction, leaving):
    d = direction[leaving]
    inverse[leaving] = [entry / d for entry in inverse[leaving]]
    value[leaving] = max(0.0, value[leaving]) / d
    for row, by in enumerate(direction):
        if row != leaving and by != 0:
            inverse[row] = [a - by * b for a, b in zip(inverse[row], inverse[leaving])]
            value[row] = max(0.0, value[row] - by * value[leaving])
