"""Measurements, not tests: `make bench`.

Each module has `main()` and prints ratios measured side by side in one run: machines are noisy.
"""
