"""`python -m tests.bench [NAME …]`: all measurements, or those named."""

import sys
from importlib import import_module

MEASUREMENTS = (
    "turns",
    "pages",
    "sealing",
    "watching",
    "budget",
    "estimate",
    "batch",
    "topics",
    "booking",
    "console",
    "growth",
    "memory",
    "library",
    "backup",
    "sweep",
    "guest",
)


def main(names: list[str]) -> None:
    for name in names or MEASUREMENTS:
        print(f"== {name}", flush=True)
        import_module(f"tests.bench.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
