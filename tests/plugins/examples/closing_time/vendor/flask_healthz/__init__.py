from .blueprint import HealthError, healthz  # noqa: F401
from .ext import Healthz  # noqa: F401
