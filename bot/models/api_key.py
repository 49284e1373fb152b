"""Keys of programs that use the API."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from bot.models.base import Moment


class ApiKey(SQLModel, table=True):
    """A client's key. The client holds a random secret, this row only its hash. A deleted row is a
    revoked key."""

    __tablename__ = "api_keys"

    client: str = Field(primary_key=True, max_length=32)
    digest: str = Field(max_length=64)  # SHA-256 of the secret
    per_minute: int  # calls, over all workers
    created_at: datetime = Field(sa_type=Moment)
    minute: int = 0  # since 1970, in which `used` calls were counted
    used: int = 0
