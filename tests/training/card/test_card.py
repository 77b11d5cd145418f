"""The card says what a reader must not miss."""

from dataclasses import replace

from shiprisk.training import Trained, model_card
from shiprisk.training.card import card_summary


def test_the_card_tells_every_part_of_the_report(trained: Trained) -> None:
    card = model_card(trained)
    for title in ("From fold to fold", "For all shipments", "How far the risks can be believed",
                  "Owner nationality", "Outcomes that are too clean", "Limits"):  # fmt: skip
        assert f"## {title}" in card
    for title in ("All, ranked by declared value alone", "All, at random", "± spread"):
        assert title in card
    assert "Against the truth" not in card, "no truth was given to this run"


def test_a_random_part_that_is_too_small_is_in_the_summary(trained: Trained) -> None:
    evaluation = trained.evaluation
    told = replace(evaluation.selective, too_small=("The random part is too small.",))
    warned = replace(trained, evaluation=replace(evaluation, selective=told))
    assert "> **Warning.** The random part is too small." in card_summary(warned)
    fine = replace(evaluation.selective, too_small=())
    assert "Warning" not in card_summary(
        replace(trained, evaluation=replace(evaluation, selective=fine))
    )


def test_the_summary_fits_the_description_of_a_registry(trained: Trained) -> None:
    assert len(card_summary(trained)) < 5000


def test_a_run_without_nationality_says_so(trained: Trained) -> None:
    without = replace(trained, evaluation=replace(trained.evaluation, owners=None))
    assert "the sensitive signals were switched off" in model_card(without)
