"""What is paid for a day's journeys, and how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from infra.local.data.trips import meter, riders
from infra.local.data.trips.columns import Flags, Integers
from infra.local.data.trips.journeys import Journeys


@dataclass(frozen=True, slots=True)
class Bills:
    """Rate code, payment type and amounts (cents) of each journey."""

    rate: Integers
    fare: Integers
    extra: Integers
    tax: Integers
    tolls: Integers
    surcharge: Integers
    payment: Integers
    tip: Integers


def draw_bills(
    rng: np.random.Generator,
    rules: meter.RouteRules,
    day: date,
    journeys: Journeys,
    elsewhere: Flags,
    month_card: float,
) -> Bills:
    """The bills; `elsewhere` marks journeys that begin neither in Manhattan nor at an airport."""
    rate = meter.draw_rates(rng, rules, journeys.begin, journeys.end)
    fare = meter.draw_fares(rng, rate, journeys.miles, journeys.seconds)
    extra = meter.draw_extras(rng, day, journeys.hours, rate)
    tax = meter.mta_tax(rate)
    tolls = meter.draw_tolls(rng, day, rules, journeys.begin, journeys.end, rate)
    surcharge = np.full(len(rate), meter.SURCHARGE)
    payment = riders.draw_payments(rng, journeys.miles, journeys.hours, elsewhere, month_card)
    tip = riders.draw_tips(rng, day, journeys.vendor, payment, fare + extra, tax + tolls + surcharge)
    return Bills(rate, fare, extra, tax, tolls, surcharge, payment, tip)
