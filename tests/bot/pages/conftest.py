from tests.bot.web import app, browser, service, watch

__all__ = ["app", "browser", "service", "watch"]
