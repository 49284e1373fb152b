"""A phone on screen for demonstrations: plays WeChat's side of the protocol against this service.

Never part of a production start: only `bot.simulator.service:create_app` brings it in.
"""
