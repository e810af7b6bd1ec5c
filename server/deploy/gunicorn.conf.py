"""gunicorn's settings: one process and eight threads share one cache and one limiter, so no Redis is needed.

`python -m server serve` takes them from here. Without it, from the root of the checkout:
gunicorn -c server/deploy/gunicorn.conf.py "server.app:from_environment()"
"""

from os import environ as _environ

bind = _environ.get("BACKTONE_LISTEN") or "127.0.0.1:8750"

worker_class = "server.web.gunicorn_worker.Worker"  # gthread that hangs up at once when told to stop
workers = 1
threads = 8
# A vetting waits at most ten seconds for look-ups; a worker silent for longer than this is stuck.
timeout = 60
graceful_timeout = 15
keepalive = 15
# gunicorn's access log would show addresses and queries; the server writes one without them.
accesslog = None
errorlog = "-"
logger_class = "server.web.gunicorn_log.Log"
control_socket_disable = True  # nobody steers it from outside
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
