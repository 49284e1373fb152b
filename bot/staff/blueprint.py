"""The blueprint of the console; the modules beside it add the views."""

from flask import Blueprint, render_template

from bot.web.guard import guard

blueprint = Blueprint("staff", __name__, url_prefix="/staff")
guard(blueprint)
for code in (400, 403, 404):  # with the way back into the console
    blueprint.register_error_handler(
        code, lambda _error, code=code: (render_template("staff/error.html", code=code), code)
    )
