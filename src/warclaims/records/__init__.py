"""The records: spans, the four layers, documents, registries and files.

Nothing here reads a file, computes a fact or imports another part of the package. JSON Schema,
table columns, the Label Studio configuration and the documentation are generated from these models.
"""

from warclaims.records.adjudication import Adjudication, Decision
from warclaims.records.base import Fragment, Record, Span, span_end, span_start, span_text
from warclaims.records.bundles import Bundle
from warclaims.records.claims import ChainStep, Claim, ClaimRelation, RelationKind, Sourcing
from warclaims.records.description import (
    Author,
    CorpusDescription,
    Licence,
    Licences,
    LicensedPart,
    ResponsibleAi,
)
from warclaims.records.documents import (
    Document,
    DocumentIndex,
    Segment,
    Stated,
    StatedDate,
    StatedLanguage,
)
from warclaims.records.fields import FieldKind, FieldShape, Target, shapes
from warclaims.records.layers import (
    LAYERS,
    ActorMention,
    Annotations,
    Attribution,
    Casualty,
    Layer,
    LayerName,
    LocationMention,
)
from warclaims.records.registry import (
    REGISTRIES,
    Actor,
    ActorRegistry,
    Annotator,
    AnnotatorRegistry,
    Coordinates,
    Event,
    EventRegistry,
    ExternalId,
    Name,
    Place,
    PlaceRegistry,
    RegistryLink,
    Side,
    SideRegistry,
)
from warclaims.records.waivers import File, TextWaiver, Waiver

__all__ = [
    "LAYERS",
    "REGISTRIES",
    "Actor",
    "ActorMention",
    "ActorRegistry",
    "Adjudication",
    "Annotations",
    "Annotator",
    "AnnotatorRegistry",
    "Attribution",
    "Author",
    "Bundle",
    "Casualty",
    "ChainStep",
    "Claim",
    "ClaimRelation",
    "Coordinates",
    "CorpusDescription",
    "Decision",
    "Document",
    "DocumentIndex",
    "Event",
    "EventRegistry",
    "ExternalId",
    "FieldKind",
    "FieldShape",
    "File",
    "Fragment",
    "Layer",
    "LayerName",
    "Licence",
    "Licences",
    "LicensedPart",
    "LocationMention",
    "Name",
    "Place",
    "PlaceRegistry",
    "Record",
    "RegistryLink",
    "RelationKind",
    "ResponsibleAi",
    "Segment",
    "Side",
    "SideRegistry",
    "Sourcing",
    "Span",
    "Stated",
    "StatedDate",
    "StatedLanguage",
    "Target",
    "TextWaiver",
    "Waiver",
    "shapes",
    "span_end",
    "span_start",
    "span_text",
]
