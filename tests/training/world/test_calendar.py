import numpy as np

from shiprisk.training.world.calendar import Calendar, day

YEAR = Calendar(day("2024-01-01"), day("2024-12-31"))


def test_months_are_whole_and_follow_each_other() -> None:
    assert len(YEAR.months) == 12
    assert YEAR.months[1] == (day("2024-02-01"), day("2024-02-29"))
    assert YEAR.months[-1][1] == YEAR.last


def test_shares_of_the_months_add_up_exactly() -> None:
    for rows in (500, 12_345, 10_000_000):
        shares = YEAR.shares(rows)
        assert shares.sum() == rows
        assert (shares > 0).all()


def test_there_is_little_trade_at_weekends_and_on_holidays() -> None:
    days = YEAR.draw(
        np.random.default_rng(0), np.full(50_000, YEAR.first), np.full(50_000, YEAR.last)
    )
    weekend = np.isin((days + 3) % 7, (5, 6)).mean()
    assert 0.02 < weekend < 0.1
    per_day = np.bincount(days - YEAR.first, minlength=366)
    nauryz, week_before = day("2024-03-21") - YEAR.first, day("2024-03-14") - YEAR.first
    assert per_day[nauryz] < 0.5 * per_day[week_before]


def test_days_stay_in_their_window_and_in_the_world() -> None:
    rng = np.random.default_rng(0)
    first = np.array([YEAR.first - 50, day("2024-05-10"), day("2024-12-31")])
    last = np.array([YEAR.first, day("2024-05-10"), YEAR.last + 50])
    for _ in range(50):
        drawn = YEAR.draw(rng, first, last)
        assert list(drawn) == [YEAR.first, day("2024-05-10"), YEAR.last]


def test_open_share_is_the_trade_between_two_days() -> None:
    first, last = (
        np.array([YEAR.first, day("2024-02-10"), day("2024-04-01")]),
        np.full(3, YEAR.last),
    )
    share = YEAR.open_share(first, last, 1)
    assert share[0] == 1
    assert 0.5 < share[1] < 0.8
    assert share[2] == 0
