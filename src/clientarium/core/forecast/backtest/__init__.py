"""How right forecasts would have been: rolling origins over any base (SCIENCE.md 3.5)."""

from clientarium.core.forecast.backtest.report import Report, backtest, single_split

__all__ = ["Report", "backtest", "single_split"]
