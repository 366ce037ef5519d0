"""How gunicorn serves EduBot; https://docs.gunicorn.org/en/stable/settings.html names each setting.

Threads, because a request mostly waits for the database; workers are recycled so that memory
stays flat; a stopping worker gets half a minute to finish what it has begun.
"""

import os

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 30
graceful_timeout = 30
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112 # nosec B108
accesslog = None
errorlog = "-"
