"""A simulated customs world: honest trade, eleven ways to divert goods, and inspection."""

from .findings import findings
from .inspection import Selector
from .scenario import Scenario, ScenarioError, scenario_names
from .simulate import simulate

__all__ = ["Scenario", "ScenarioError", "Selector", "findings", "scenario_names", "simulate"]
