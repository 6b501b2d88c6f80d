"""What the meter charges: the tariff of 2015, in cents.

Source: NYC TLC, taxi fare of 2015: $2.50, then $0.50 for a fifth of a mile or a minute in slow traffic; $0.50 at
night, $1.00 in the weekday rush; $0.50 MTA tax; $0.30 improvement surcharge; $52 between JFK and Manhattan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from infra.local.data.facts import Zone
from infra.local.data.trips.choices import chance, draw
from infra.local.data.trips.columns import Flags, Integers, Numbers

STANDARD, JFK, NEWARK, NASSAU, NEGOTIATED = 1, 2, 3, 4, 5
JFK_ZONE, LAGUARDIA_ZONE, NEWARK_ZONE = 132, 138, 1
FLAT_JFK = 5200
MTA_TAX = 50
SURCHARGE = 30
TOLL_RISES = date(2015, 3, 22)
RARE_RATES = {STANDARD: 0.99585, NASSAU: 0.0007, NEGOTIATED: 0.0034, 6: 3e-5, 99: 2e-5}
NEGOTIATED_FARES = {4500: 12, 6000: 12, 2000: 10, 5500: 8, 7000: 8, 8000: 8, 1500: 6, 5000: 6, 10000: 4, 0: 1}
BIG_BRIDGES = {975: 5, 1066: 2, 1175: 3, 1375: 1}


@dataclass(frozen=True, slots=True)
class RouteRules:
    """For each pair of zones (by place in the zone model): is the JFK flat fare due, and how likely is a toll."""

    flat: Flags
    toll: Numbers
    newark: Flags


def build_route_rules(zones: tuple[Zone, ...]) -> RouteRules:
    """The rules for these zones. The chances of a toll are those of the TLC's records of 2015."""
    ids = np.array([zone.id for zone in zones])
    boroughs = np.array([zone.borough for zone in zones])
    manhattan, bronx = boroughs == "Manhattan", boroughs == "Bronx"
    jfk, laguardia = ids == JFK_ZONE, ids == LAGUARDIA_ZONE
    toll = np.zeros((len(zones), len(zones)))
    _both_ways(toll, manhattan, boroughs == "Brooklyn", 0.045)
    _both_ways(toll, manhattan, boroughs == "Queens", 0.10)
    _both_ways(toll, manhattan, bronx, 0.07)
    _both_ways(toll, manhattan, laguardia, 0.74)
    _both_ways(toll, manhattan, jfk, 0.74)
    toll[:, ids == NEWARK_ZONE] = 0.93
    flat = (jfk[:, None] & manhattan[None, :]) | (manhattan[:, None] & jfk[None, :])
    return RouteRules(flat, toll, ids == NEWARK_ZONE)


def draw_rates(rng: np.random.Generator, rules: RouteRules, begin: Integers, end: Integers) -> Integers:
    """The rate code of each trip."""
    rates = draw(rng, len(begin), RARE_RATES)
    rates[(rates == STANDARD) & rules.flat[begin, end]] = JFK
    rates[(rates == STANDARD) & rules.newark[end] & ~rules.newark[begin]] = NEWARK
    return rates


def draw_fares(rng: np.random.Generator, rates: Integers, miles: Numbers, seconds: Integers) -> Integers:
    """The fare of each trip: the metered one in steps of 50 cents, or what its rate code says."""
    noise = 45 * rng.standard_normal(len(miles), dtype=np.float32)
    metered = 211 + 195 * miles + 34.3 * seconds / 60 + noise
    fares = np.maximum(np.round(metered / 50) * 50, 250).astype(np.int64)
    fares[rates == JFK] = FLAT_JFK
    fares[rates == NEWARK] += 1750
    fares[rates == NASSAU] = fares[rates == NASSAU] * 3 // 2
    negotiated = np.flatnonzero(rates == NEGOTIATED)
    fares[negotiated] = draw(rng, len(negotiated), NEGOTIATED_FARES)
    return fares


def draw_extras(rng: np.random.Generator, day: date, hours: Integers, rates: Integers) -> Integers:
    """The night or rush-hour extra of each trip; in 1.3 % of trips another one than the rule says."""
    extras = np.where((hours >= 20) | (hours < 6), 50, 0)
    if day.weekday() < 5:
        extras[(hours >= 16) & (hours < 20)] = 100
    odd = chance(rng, len(hours), 0.013)
    extras[odd] = np.where(extras[odd] == 0, 50, 0)
    extras[(rates == JFK) | (rates == NEGOTIATED)] = 0
    return extras


def draw_tolls(
    rng: np.random.Generator, day: date, rules: RouteRules, begin: Integers, end: Integers, rates: Integers
) -> Integers:
    """The tolls of each trip: one tunnel or bridge of the city, or a dearer crossing to New Jersey."""
    paid = rng.random(len(begin), dtype=np.float32) < rules.toll[begin, end]
    tolls = np.where(paid, 533 if day < TOLL_RISES else 554, 0)
    dear = np.flatnonzero(paid & ((rates == NEWARK) | chance(rng, len(begin), 0.01)))
    tolls[dear] = draw(rng, len(dear), BIG_BRIDGES)
    return tolls


def mta_tax(rates: Integers) -> Integers:
    """The MTA tax of each trip: hardly ever due to Newark or on a negotiated fare."""
    return np.where((rates == NEWARK) | (rates == NEGOTIATED), 0, MTA_TAX)


def _both_ways(pairs: Numbers, one: Flags, other: Flags, value: float) -> None:
    pairs[np.ix_(one, other)] = value
    pairs[np.ix_(other, one)] = value
