"""The study as Markdown, every figure from what was measured."""


def study_text(): ...
