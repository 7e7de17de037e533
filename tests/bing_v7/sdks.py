"""Both official Python clients of the retired service behind one face; they are in the dependency group ``sdk``."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

with warnings.catch_warnings():
    # Both were last published in 2020 and 2021 and import what Python has since moved.
    warnings.simplefilter("ignore")
    azure = pytest.importorskip("azure.cognitiveservices.search.imagesearch", reason="the group test is not installed")
    microsoft = pytest.importorskip("image_search_client", reason="the group test is not installed")
    from azure.core.credentials import AzureKeyCredential
    from azure.core.exceptions import ClientAuthenticationError, HttpResponseError
    from msrest.authentication import CognitiveServicesCredentials

OLD_WARNINGS = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:(msrest|azure|image_search_client|isodate|six).*"),
    pytest.mark.filterwarnings("ignore:.*utcnow.*:DeprecationWarning"),
]


@dataclass(frozen=True)
class Sdk:
    """One of the clients: its operations, its models, and how its errors are read.

    The younger client raises ``ClientAuthenticationError`` for a 401 and leaves the body unread.
    """

    images: Any
    models: Any
    error: type[Exception]
    errors_of: Callable[[Any], Any]
    unauthorized: type[Exception]


def azure_client(address: str, key: str) -> Sdk:
    """``azure-cognitiveservices-search-imagesearch`` 2.0.1; it puts ``/bing/v7.0`` behind the address itself."""
    images = azure.ImageSearchClient(address, CognitiveServicesCredentials(key)).images
    raised = azure.models.ErrorResponseException
    return Sdk(images, azure.models, raised, lambda error: error.error, raised)


def microsoft_client(address: str, key: str) -> Sdk:
    """``microsoft-bing-imagesearch`` 1.0.0; it takes the whole base address."""
    client = microsoft.ImageSearchClient(AzureKeyCredential(key), base_url=f"{address}/v7.0", retry_total=0)
    return Sdk(client.images, microsoft.models, HttpResponseError, lambda error: error.model, ClientAuthenticationError)


MAKERS = [pytest.param(azure_client, id="azure-2.0.1"), pytest.param(microsoft_client, id="microsoft-1.0.0")]
Maker = Callable[[str, str], Sdk]
