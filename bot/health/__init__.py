"""For whoever watches the service: /healthz, /readyz, /metrics."""
