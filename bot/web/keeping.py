"""How long a browser, or a proxy, may keep an answer."""

from flask import Response, g, request

A_YEAR = "public, max-age=31536000, immutable"
A_FEW_MINUTES = "public, max-age=300"


def public() -> None:
    """Say that this page is the same for everybody and may be kept for some minutes. Every other
    page is treated as personal and kept nowhere."""
    g.public = True


def kept(response: Response) -> Response:
    """For `after_request`. A static file whose address names its content is kept for a year; a
    public page is asked for again with its tag, and not sent again while it is the same."""
    if request.endpoint == "static" and response.status_code in (200, 304):
        if request.args.get("v"):
            response.headers["Cache-Control"] = A_YEAR
    elif "Cache-Control" in response.headers:
        pass  # the view said it itself
    elif g.get("public") and response.status_code == 200:
        response.headers["Cache-Control"] = A_FEW_MINUTES
        response.vary.add("Cookie")  # the size of its letters
        response.add_etag(weak=True)  # compressed or not, it is the same page
        response.make_conditional(request)
    else:
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
    return response
