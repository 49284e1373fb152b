"""Booking a review at the window, in the chat. Pure: the service is asked through requests."""
