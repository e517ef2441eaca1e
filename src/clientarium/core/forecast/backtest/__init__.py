"""How right forecasts would have been: rolling origins over any base (SCIENCE.md 3.5)."""
