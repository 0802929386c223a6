"""Makes ../fixtures/elementary.json: elementary functions of doubles, computed with 60 digits by Python's decimal module and rounded
once. Run with Python 3 (nothing else): python3 elementary.py"""
import json
import math
import os
import random
from decimal import Decimal, getcontext

getcontext().prec = 60
rng = random.Random(5)
PI = Decimal('3.14159265358979323846264338327950288419716939937510582097494459')


def cos(x):
    total = term = Decimal(1)
    for n in range(1, 80):
        term = -term * x * x / ((2 * n - 1) * (2 * n))
        total += term
    return total


def arccos(x):
    # Newton's method on the cosine, from the double beside it.
    angle = Decimal(math.acos(float(x)))
    for _ in range(5):
        angle += (cos(angle) - x) / sine(angle)
    return angle


def sine(x):
    return cos(x - PI / 2)


def rows(count, draw, function):
    return [[x, float(function(Decimal(x)))] for x in (draw() for _ in range(count))]


fixture = {
    'log': rows(100, lambda: 2 ** rng.uniform(-1000, 1000), lambda x: x.ln())
    + rows(100, lambda: rng.uniform(0.5, 2), lambda x: x.ln())
    + rows(100, lambda: 1 + 2 ** rng.uniform(-50, -2), lambda x: x.ln()),
    'log1p': rows(100, rng.random, lambda x: (1 + x).ln())
    + rows(100, lambda: 2 ** rng.uniform(-60, 0), lambda x: (1 + x).ln()),
    'exp': rows(100, lambda: rng.uniform(-700, 700), lambda x: x.exp())
    + rows(100, lambda: rng.uniform(-3, 3), lambda x: x.exp()),
    'cosPi': rows(200, lambda: rng.uniform(0, 2), lambda x: cos(PI * x)),
    'power': [
        [base, x, float(Decimal(base) ** Decimal(x))]
        for base, x in ((rng.uniform(0.01, 20), rng.uniform(-30, 30)) for _ in range(200))
    ],
    'arccos': rows(100, lambda: rng.uniform(-1, 1), arccos) + rows(100, lambda: 1 - 2 ** rng.uniform(-40, -1), arccos),
}
with open(os.path.join(os.path.dirname(__file__), '..', 'fixtures', 'elementary.json'), 'w') as file:
    json.dump(fixture, file)
