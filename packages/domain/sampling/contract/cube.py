"""The draw of one population in five steps, written from docs/sampling.md alone."""

import math

from landing import MOST, NEAR, candidates, least_cost

LIMIT = 2**26


def category(row, variable):
    value = row[variable]
    return "other-or-unknown" if variable == "gender" and value in ("other", "unknown") else value


def balanced(cases, size, settings, numbers):
    draw = Draw(cases, size, settings, numbers)
    return [cases[unit] for unit in draw.drawn()]


class Draw:
    def __init__(self, cases, size, settings, numbers):
        self.numbers, self.count = numbers, len(cases)
        self.values = [
            [category(row, variable) for _, row in cases] for variable in settings["balancedOn"]
        ]
        managers = [row["manager"] for _, row in cases]
        loads = {}
        for manager in managers:
            if manager:
                loads[manager] = loads.get(manager, 0) + 1
        self.cap = settings["maxPerCaseManager"]
        free = self.count - sum(loads.values())
        while free + sum(min(load, self.cap) for load in loads.values()) < size:
            self.cap += 1
        n, population, lowered = size, self.count, {}
        for load in sorted(loads.values(), reverse=True):
            if load <= self.cap or n * load <= self.cap * population:
                break
            lowered[load] = self.cap / load
            n, population = n - self.cap, population - load
        common = n / population if population else 0
        self.chances = [lowered.get(loads.get(manager, 0), common) for manager in managers]
        self.manager = [m if loads.get(m, 0) > self.cap else None for m in managers]
        self.totals = {
            manager: self.cap if load in lowered else load * common
            for manager, load in loads.items()
            if load > self.cap
        }

    def drawn(self):
        order = self.numbers.shuffle(range(self.count))
        profiles = {}
        for unit in order:
            profiles.setdefault(tuple(values[unit] for values in self.values), []).append(unit)
        left = []
        for units in profiles.values():
            left += self.fly(units, {unit: [0] for unit in units}, 1)
        count = len(self.values)
        singles = [(v,) for v in range(count)]
        pairs = [(a, b) for a in range(count) for b in range(a + 1, count)]
        left = self.fly(left, *self.rows(left, singles + pairs))
        for kept in range(count, -1, -1):
            if not left:
                break
            left = self.fly(left, *self.rows(left, singles[:kept]))
            if not left or self.land(left):
                break
        else:
            raise AssertionError("the last cases could not be settled")
        return [unit for unit in range(self.count) if self.chances[unit] == 1]

    def rows(self, units, terms):
        """Rows are numbered as they are first met, case by case and term by term; 0 is the size."""
        known, of = {}, {}
        for unit in units:
            of[unit] = [0]
            for term in terms:
                key = (term, tuple(self.values[v][unit] for v in term))
                of[unit].append(known.setdefault(key, len(known) + 1))
        return of, len(known) + 1

    def is_open(self, unit):
        return 0 < self.chances[unit] < 1

    def is_full(self, manager):
        return self.totals[manager] >= self.cap - NEAR

    def fly(self, units, rows, count):
        front, basis, extra = [], [], {}
        height = count + sum(self.is_full(manager) for manager in self.totals)
        waiting = [unit for unit in units if self.is_open(unit)]
        while waiting:
            unit = waiting.pop(0)
            ones = list(rows[unit])
            manager = self.manager[unit]
            if manager is not None and self.is_full(manager):
                ones.append(extra.setdefault(manager, count + len(extra)))
            column = reduce(basis, ones, height)
            if column is None:
                return front + [unit] + waiting
            front.append(unit)
            if any(column[:height]):
                basis.append(column)
                continue
            filled = self.step(front, column[height:])
            if filled:
                settled, extra, basis = 0, {}, []
                height = count + sum(self.is_full(manager) for manager in self.totals)
            else:
                settled = next(i for i, each in enumerate(front) if not self.is_open(each))
                basis = basis[:settled]
            waiting = [each for each in front[settled:] if self.is_open(each)] + waiting
            front = front[:settled]
        return front

    def step(self, units, weights):
        changes = {}
        for unit, weight in zip(units, weights):
            manager = self.manager[unit]
            if weight and manager is not None and not self.is_full(manager):
                changes[manager] = changes.get(manager, 0) + weight
        up = down = math.inf
        for unit, weight in zip(units, weights):
            if weight == 0:
                continue
            to_one = (1 - self.chances[unit]) / abs(weight)
            to_zero = self.chances[unit] / abs(weight)
            up = min(up, to_one if weight > 0 else to_zero)
            down = min(down, to_zero if weight > 0 else to_one)
        for manager, change in changes.items():
            if change == 0:
                continue
            room = (self.cap - self.totals[manager]) / abs(change)
            if change > 0:
                up = min(up, room)
            else:
                down = min(down, room)
        move = up if self.numbers.fraction() * (up + down) < down else -down
        for unit, weight in zip(units, weights):
            if weight:
                chance = self.chances[unit] + move * weight
                self.chances[unit] = 0 if chance < NEAR else 1 if chance > 1 - NEAR else chance
        filled = False
        for manager, change in changes.items():
            if change:
                self.totals[manager] += move * change
                filled = filled or self.is_full(manager)
        return filled

    def land(self, units):
        chances = [self.chances[unit] for unit in units]
        total = 0
        for chance in chances:
            total += chance
        size = math.floor(total + 0.5)
        if len(units) > 30 and 0 < size < len(units) or math.comb(len(units), size) > MOST:
            return False
        room = {manager: self.cap for manager in self.totals}
        for unit, manager in enumerate(self.manager):
            if manager is not None and self.chances[unit] == 1:
                room[manager] -= 1
        like = [[self.likeness(a, b) for b in units] for a in units]
        managers = [self.manager[unit] for unit in units]
        sets, costs = candidates(chances, like, managers, room, size)
        weights = least_cost(sets, costs, chances)
        if weights is None:
            return False
        whole = 0
        for _, weight in weights:
            whole += weight
        point = self.numbers.fraction() * whole
        picked = weights[-1][0]
        for column, weight in weights:
            point -= weight
            if point < 0:
                picked = column
                break
        for place, unit in enumerate(units):
            self.chances[unit] = sets[picked] >> place & 1
        return True

    def likeness(self, a, b):
        same = sum(values[a] == values[b] for values in self.values)
        return same + same * (same - 1) / 32


def reduce(basis, ones, height):
    """A new column, less what the basis explains; None when it grows past what is exact."""
    column = [0] * (height + len(basis) + 1)
    for row in ones:
        column[row] = 1
    column[-1] = 1
    for reduced in basis:
        place = next(i for i, entry in enumerate(reduced) if entry)
        if column[place] == 0:
            continue
        factor = math.gcd(column[place], reduced[place])
        keep, take = abs(reduced[place]) // factor, column[place] // factor
        if reduced[place] < 0:
            take = -take
        column = [keep * entry for entry in column]
        for i, entry in enumerate(reduced):
            column[i] -= take * entry
        if max(map(abs, column)) >= LIMIT:
            common = math.gcd(*column)
            column = [entry // common for entry in column]
        if max(map(abs, column)) >= LIMIT:
            return None
    return column
