"""The blueprint of the public pages; the modules beside it add the views."""

from flask import Blueprint

from bot.pages.guard import guard

blueprint = Blueprint("pages", __name__)
guard(blueprint)
