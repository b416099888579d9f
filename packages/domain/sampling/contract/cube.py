"""The draw from one population, as docs/sampling.md says: chances, flights and landing."""

import math

import landing

NEAR = 1e-9


def chances_of(cases, size, cap):
    """The cap as it was raised, each case's chance, and the totals of watched managers."""
    loads = {}
    for case in cases:
        if case["manager"] != "":
            loads[case["manager"]] = loads.get(case["manager"], 0) + 1
    free = len(cases) - sum(loads.values())
    while free + sum(min(load, cap) for load in loads.values()) < size:
        cap += 1
    left, among, lowered = size, len(cases), {}
    for manager, load in sorted(loads.items(), key=lambda entry: -entry[1]):
        if load <= cap or left * load <= cap * among:
            break
        lowered[manager] = cap / load
        left -= cap
        among -= load
    other = left / among if among else 0.0
    chances = [lowered.get(case["manager"], other) for case in cases]
    totals = {
        manager: float(cap) if manager in lowered else load * other
        for manager, load in loads.items()
        if load > cap
    }
    return cap, chances, totals


class Draw:
    def __init__(self, cases, size, cap, variables, stream):
        self.cases, self.stream, self.variables = cases, stream, len(variables)
        self.cap, self.chance, self.total = chances_of(cases, size, cap)
        self.kinds = [tuple(category(case, name) for name in variables) for case in cases]

    def is_open(self, case):
        return 0 < self.chance[case] < 1

    def is_full(self, manager):
        return self.total[manager] >= self.cap - NEAR

    def manager(self, case):
        manager = self.cases[case]["manager"]
        return manager if manager in self.total else None

    def sampled(self):
        order = self.stream.shuffled(range(len(self.cases)))
        groups = {}
        for case in order:
            groups.setdefault(self.kinds[case], []).append(case)
        waiting = []
        for group in groups.values():
            waiting += self.flight(group, {case: [0] for case in group}, 1)
        waiting = self.flight(waiting, *self.rows(waiting, self.variables, True))
        for kept in range(self.variables, -1, -1):
            if not waiting:
                break
            waiting = self.flight(waiting, *self.rows(waiting, kept, False))
            if self.land(waiting):
                waiting = []
        if waiting:
            raise ValueError("the landing was not possible")
        return [case for case in range(len(self.cases)) if self.chance[case] == 1]

    def rows(self, order, count, pairs):
        numbers, rows = {}, {}
        for case in order:
            kinds = list(enumerate(self.kinds[case][:count]))
            keys = list(kinds)
            if pairs:
                keys += [(a, b) for i, a in enumerate(kinds) for b in kinds[i + 1 :]]
            rows[case] = [0] + [numbers.setdefault(key, len(numbers) + 1) for key in keys]
        return rows, len(numbers) + 1

    def flight(self, waiting, rows, count):
        waiting = [case for case in waiting if self.is_open(case)]
        front, basis, numbers = [], [], {}
        width = count + len(self.total)
        while waiting:
            case = waiting.pop(0)
            column = [0] * width + [0] * len(basis) + [1]
            for row in rows[case]:
                column[row] = 1
            manager = self.manager(case)
            if manager is not None and self.is_full(manager):
                column[numbers.setdefault(manager, count + len(numbers))] = 1
            column = reduced(column, basis)
            if column is None:
                return front + [case] + waiting
            front.append(case)
            if any(column[:width]):
                basis.append(column)
                continue
            if self.move(front, column[width:]):
                waiting = [case for case in front if self.is_open(case)] + waiting
                front, basis, numbers = [], [], {}
            else:
                settled = next(k for k, case in enumerate(front) if not self.is_open(case))
                waiting = [case for case in front[settled:] if self.is_open(case)] + waiting
                front, basis = front[:settled], basis[:settled]
        return front

    def move(self, front, weights):
        """Moves the chances along the weights; whether a manager became full."""
        changes = {}
        for case, weight in zip(front, weights):
            manager = self.manager(case)
            if manager is not None and not self.is_full(manager):
                changes[manager] = changes.get(manager, 0) + weight
        changes = {manager: change for manager, change in changes.items() if change}
        moved = [(case, weight) for case, weight in zip(front, weights) if weight]
        up = self.step(moved, changes, 1)
        down = self.step(moved, changes, -1)
        by = up if self.stream.fraction() * (up + down) < down else -down
        for case, weight in moved:
            chance = self.chance[case] + by * weight
            self.chance[case] = 0 if chance < NEAR else 1 if chance > 1 - NEAR else chance
        for manager, change in changes.items():
            self.total[manager] += by * change
        return any(self.is_full(manager) for manager in changes)

    def step(self, moved, changes, way):
        steps = []
        for case, weight in moved:
            room = 1 - self.chance[case] if weight * way > 0 else self.chance[case]
            steps.append(room / abs(weight))
        for manager, change in changes.items():
            if change * way > 0:
                steps.append((self.cap - self.total[manager]) / abs(change))
        return min(steps)

    def land(self, waiting):
        chances = [self.chance[case] for case in waiting]
        room = {manager: self.cap for manager in self.total}
        for case in range(len(self.cases)):
            if self.manager(case) is not None and self.chance[case] == 1:
                room[self.manager(case)] -= 1
        drawn = landing.land(
            chances,
            [[self.likeness(a, b) for b in waiting] for a in waiting],
            [self.manager(case) for case in waiting],
            room,
            self.stream,
        )
        if drawn is None:
            return False
        for place, case in enumerate(waiting):
            self.chance[case] = drawn >> place & 1
        return True

    def likeness(self, a, b):
        agree = sum(x == y for x, y in zip(self.kinds[a], self.kinds[b]))
        return agree + agree * (agree - 1) / 32


def category(case, name):
    value = case[name]
    return "unknown" if name == "gender" and value == "other" else value


def reduced(column, basis):
    """The column less what the basis explains of it; nothing where numbers grow too large."""
    for b in basis:
        q = next(place for place, entry in enumerate(b) if entry)
        w, v = column[q], b[q]
        if w == 0:
            continue
        g = math.gcd(w, v)
        times, less = abs(v) // g, (1 if v > 0 else -1) * w // g
        column = [times * entry for entry in column]
        for place, entry in enumerate(b):
            if entry:
                column[place] -= less * entry
        if max(map(abs, column)) >= 2**26:
            g = math.gcd(*column)
            column = [entry // g for entry in column]
            if max(map(abs, column)) >= 2**26:
                return None
    return column
