"""The version of the engine and its public API, counted as README.md says."""

ENGINE = "2.1.0"
