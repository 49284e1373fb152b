"""Booking: calendar, slots, holds, appointments, waiting list. It never double-books.

Every function that reads or writes takes a connection (inside `writing` or `reading`) and the
moment; none looks at the clock or commits by itself."""
