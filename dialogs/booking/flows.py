"""The flows of booking, for the registry in `dialogs.flows`."""

from dialogs.booking.my_booking import Appointment, Cancel, InLine, Nothing, Offer
from dialogs.booking.select_slot import Confirm, Day, Purpose, Sites, Time, Township
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
)
