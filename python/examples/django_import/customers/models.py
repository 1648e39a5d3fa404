"""Credentials that the project holds itself, and will leave to OpenInt."""

from __future__ import annotations

from django.db import models


class StoredCredential(models.Model):
    """A customer's credentials of one service."""

    customer = models.CharField(max_length=64)
    connector = models.CharField(max_length=64)
    settings = models.JSONField()
    #: The connection that holds them now; empty before the import.
    connection_id = models.CharField(max_length=128, blank=True)
