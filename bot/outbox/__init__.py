"""The outbox: what must be told to people outside the chat is written as a row in the transaction
that makes it necessary, and sent later by `xinshimin worker`."""
