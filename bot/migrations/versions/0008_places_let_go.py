"""Who let go of a place that is on its way back."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("returning_places", sa.Column("person", sa.String(128)))
    op.create_index("ix_returning_places_person", "returning_places", ["person"])


def downgrade() -> None:
    op.drop_index("ix_returning_places_person", "returning_places")
    op.drop_column("returning_places", "person")
