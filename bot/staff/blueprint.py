"""The blueprint of the console; the modules beside it add the views."""

from flask import Blueprint

from bot.pages.guard import guard

blueprint = Blueprint("staff", __name__, url_prefix="/staff")
guard(blueprint)
