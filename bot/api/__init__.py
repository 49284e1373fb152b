"""The engine over HTTP, for other programs: `/api/v1/`. README.md is the guide.

It keeps nothing of what it is sent, and is not there while no client has a key.
"""
