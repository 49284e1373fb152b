"""How `xinshimin serve` ends: as it was told to; not started; its address taken; by force."""

ENDED, NOT_STARTED, ADDRESS_TAKEN, KILLED = 0, 1, 3, 5
