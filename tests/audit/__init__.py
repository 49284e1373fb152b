"""`make audit`: what is known of the packages that are pinned. No part of the service."""
