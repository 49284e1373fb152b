"""The staff console: windows, county desk, administrators."""
