"""What anyone gets who comes while too many are served."""

from importlib.resources import files

import templates

STATUS = "503 Service Unavailable"
PAGE = files(templates).joinpath("pages/busy.html").read_bytes()
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Length": str(len(PAGE)),
    "Retry-After": "5",  # seconds
    "Cache-Control": "no-store",
}
