"""The JSON interface under /api/v1."""

from api.application import create_api

__all__ = ["create_api"]
