"""gunicorn's settings: one process and eight threads share one cache and one limiter, so no Redis is needed."""

worker_class = "gthread"
workers = 1
threads = 8
# A vetting waits at most ten seconds for look-ups; a worker silent for longer than this is stuck.
timeout = 60
graceful_timeout = 15
keepalive = 15
# gunicorn's access log would show addresses and queries; the server writes one without them.
accesslog = None
errorlog = "-"
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
