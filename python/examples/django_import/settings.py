"""Settings of the example. A project of yours has its own."""

from __future__ import annotations

import os

SECRET_KEY = "only for this example"
INSTALLED_APPS = ["customers"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("EXAMPLE_DATABASE", "example.sqlite3"),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
