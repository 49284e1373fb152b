"""The blueprint of the public pages; the modules beside it add the views."""

from flask import Blueprint

from bot.pages.limits import count_in, limited
from bot.web.guard import guard

blueprint = Blueprint("pages", __name__)
blueprint.record_once(count_in)
blueprint.before_request(limited)
guard(blueprint)
