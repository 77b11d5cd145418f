"""What the past says around a shipment: facts first, pictures of them second."""

from .evidence import Evidence, evidence_of
from .picture import Picture

__all__ = ["Evidence", "Picture", "evidence_of"]
