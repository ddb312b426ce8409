"""The JSON interface under /api/v1."""

from api.application import create_api
from api.errors import error_response

__all__ = ["create_api", "error_response"]
