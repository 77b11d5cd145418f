"""The registered model: its versions, and which of them is champion or challenger.

An alias is one row of the store, which MLflow writes in one transaction: whoever reads it while it
is moved, or after the process that moves it was killed, finds the old version or the new one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from mlflow import MlflowClient
from mlflow.entities.model_registry import ModelVersion, RegisteredModel
from mlflow.exceptions import MlflowException

from .errors import RegistryError
from .store import existing

REGISTERED = "shiprisk"
CHAMPION, CHALLENGER = "champion", "challenger"


@dataclass(frozen=True)
class Registry:
    """The versions of the registered model in one store."""

    client: MlflowClient

    @classmethod
    def at(cls, tracking_uri: str) -> "Registry":
        """The registry of an existing store; RegistryError where there is none or no model."""
        registry = cls(MlflowClient(existing(tracking_uri), tracking_uri))
        if registry._model() is None:
            raise RegistryError(f"no model is registered in {tracking_uri}; train one first")
        return registry

    def add(
        self, source: str, run_id: str, model_id: str, tags: Mapping[str, str], description: str
    ) -> str:
        """Register a stored model as the next version; its number."""
        if self._model() is None:
            self._create()
        made = self.client.create_model_version(
            REGISTERED, source, run_id, tags=dict(tags), description=description, model_id=model_id
        )
        return str(made.version)

    def holder(self, alias: str) -> str | None:
        """The version that an alias points to."""
        model = self._model()
        found = model.aliases.get(alias) if model else None
        return None if found is None else str(found)

    def point(self, alias: str, version: str) -> None:
        """Point an alias to a version: one row of the store, so never to none and never to two."""
        self.client.set_registered_model_alias(REGISTERED, alias, version)

    def withdraw(self, alias: str, version: str) -> None:
        """Take an alias away from a version, if it points there."""
        if self.holder(alias) == version:
            self.client.delete_registered_model_alias(REGISTERED, alias)

    def version(self, number: str) -> ModelVersion:
        """A version by its number; RegistryError where there is none."""
        try:
            return self.client.get_model_version(REGISTERED, number)
        except MlflowException as error:
            known = ", ".join(str(version.version) for version in self.versions())
            raise RegistryError(
                f"there is no version {number} of {REGISTERED}; the registry holds {known}"
            ) from error

    def versions(self) -> list[ModelVersion]:
        """All versions, oldest first."""
        found = self.client.search_model_versions(f"name = '{REGISTERED}'", max_results=10_000)
        return sorted(found, key=lambda version: int(version.version))

    def mark(self, version: str, tags: Mapping[str, str]) -> None:
        """Set tags on a version."""
        for name, value in tags.items():
            self.client.set_model_version_tag(REGISTERED, version, name, value)

    def _model(self) -> RegisteredModel | None:
        found = self.client.search_registered_models(f"name = '{REGISTERED}'")
        return found[0] if found else None

    def _create(self) -> None:
        try:
            self.client.create_registered_model(
                REGISTERED, description="Risk of shipments, with reasons"
            )
        except MlflowException:
            if self._model() is None:  # otherwise another process was quicker
                raise
