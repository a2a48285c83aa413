"""Settings from the environment, checked at start."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT_SECRET = "development-only-secret-change-me"  # noqa: S105 - refused in production below


class Settings(BaseSettings):
    """Every setting, its default and its meaning. Names in the environment carry the prefix `SERVIMETER_`; `DATABASE_URL` does not."""

    model_config = SettingsConfigDict(env_prefix="SERVIMETER_", populate_by_name=True)

    environment: Literal["development", "production"] = "development"
    database_url: str = Field(f"sqlite:///{ROOT / 'data' / 'servimeter.db'}", validation_alias="DATABASE_URL")
    secret_key: SecretStr = SecretStr(DEVELOPMENT_SECRET)
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str = ""
    """Public address, used in invitation links; empty means the address of the request."""
    questionnaires: list[Path] = Field(default_factory=list)
    """Folders with questionnaires from outside the package (JSON list)."""
    footer_zh: str = ""
    footer_en: str = ""
    """What the operator wants at the foot of every page (name, licence number, contact)."""
    session_days: int = 14
    demo_firms: int = Field(6200, ge=0)
    """Synthetic enterprises in the demo, from which regions are compared; 0 leaves them out."""
    workers: int = 1
    """Processes that render reports."""
    report_lease_seconds: int = 120
    """After so long without a sign of life, a report that a worker was rendering is taken up by another."""

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def loopback(self) -> bool:
        return self.host in {"127.0.0.1", "localhost", "::1"}

    @model_validator(mode="after")
    def _refuse_default_secret(self) -> Self:
        secret = self.secret_key.get_secret_value()
        if self.production and (secret == DEVELOPMENT_SECRET or len(secret) < 32):
            msg = (
                "SERVIMETER_SECRET_KEY: 生产环境必须设置至少 32 个字符的专用密钥 / "
                "production needs a secret of its own, at least 32 characters"
            )
            raise ValueError(msg)
        return self


@lru_cache
def settings() -> Settings:
    """Return the settings of this process."""
    return Settings.model_validate({})
