"""`yongjia-2022` for the GoRules ZEN engine: points only, by the default readings."""
