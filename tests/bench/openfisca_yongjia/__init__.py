"""`yongjia-2022` as an OpenFisca country package: the same 44 rows by their default readings.

Runs under `.venv-bench`, because OpenFisca's pins clash with ours; nothing here is imported by the
product or by its tests.
"""
