"""The flows of booking, for the registry in `dialogs.flows`."""

from dialogs.booking.choices.confirmation import Confirm, Purpose
from dialogs.booking.choices.day import Day
from dialogs.booking.choices.place import Sites, Township
from dialogs.booking.choices.time import Time
from dialogs.booking.my_booking import Appointment, Cancel, InLine, Nothing, Offer
from dialogs.booking.own_phone import OwnPhone
from dialogs.flow import Flow

BOOKING: tuple[Flow, ...] = (
    Township(),
    Sites(),
    Day(),
    Time(),
    Purpose(),
    Confirm(),
    Nothing(),
    InLine(),
    Offer(),
    Appointment(),
    Cancel(),
    OwnPhone(),
)
