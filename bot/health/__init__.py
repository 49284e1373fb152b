"""For anyone who watches the service: /healthz, /readyz, /metrics."""
