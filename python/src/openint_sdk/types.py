# Written by scripts/generate.py. Do not edit.
"""Types of what methods take and of the words that the API knows, for annotations of your own.

>>> from openint_sdk.types import GithubData
>>> data: GithubData = {"connector_name": "github", "settings": {"oauth": {}}}

The values of the API grow, so each of its lists of words takes any other string as well. A
connector that is not here, or settings put together at run time: `ConnectorData(name, settings)`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal, Protocol, TypeAlias

from ._native import CancelToken, ConnectorData, Model, OAuth2Credentials, OAuth2Settings

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    # pydantic takes no other below Python 3.12, and brings it along.
    try:
        from typing_extensions import TypedDict
    except ImportError:
        from typing import TypedDict


class Dataclass(Protocol):
    """An object of a dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


class PydanticModel(Protocol):
    """An object of a pydantic model."""

    def model_dump(self, *, by_alias: bool = ...) -> dict[str, Any]:
        """Gives its fields."""
        ...


Seconds: TypeAlias = float | timedelta
"""Seconds, or a `timedelta`."""

Query: TypeAlias = Mapping[str, object] | Iterable[tuple[str, object]]
"""Query parameters: strings, numbers, booleans, `None` to leave one out, or a list of these, which
is sent as the name repeated."""

JsonObject: TypeAlias = Mapping[str, Any] | Model | Dataclass | PydanticModel
"""A JSON object. Fields of pydantic and bodies of FastAPI: `dict[str, Any]`."""

Instant: TypeAlias = datetime | str
"""A `datetime` with a time zone, or a string such as `2026-11-24T00:00:00Z`."""

Names: TypeAlias = str | Sequence[str]
"""One name or several."""


class CallOptions(TypedDict, total=False):
    """Options that every method takes. `None` is one that was left out."""

    timeout: Seconds | None
    """As for the client, for this call."""
    connect_timeout: Seconds | None
    """As for the client, for this call."""
    total_timeout: Seconds | None
    """As for the client, for this call."""
    max_retries: int | None
    """As for the client, for this call."""
    extra_headers: Mapping[str, str] | None
    """Headers to send besides, or in place of the client's."""
    extra_query: Query | None
    """Query parameters to send besides."""
    extra_body: Mapping[str, Any] | None
    """Top-level fields of the body to send besides, or in place of the method's."""


class ClientCallOptions(CallOptions, total=False):
    """Options of `Openint.with_options`."""

    cancel: CancelToken | None
    """Ends the client's calls from another thread."""

ConnectionStatus: TypeAlias = Literal["healthy", "disconnected", "error", "manual", "unknown"] | str
"""A status of a connection."""

RefreshPolicy: TypeAlias = Literal["none", "force", "auto"] | str
"""A rule for renewing credentials before they are shown."""

ConnectionExpand: TypeAlias = Literal["connector"] | str
"""A further detail of a connection."""

ConnectorConfigExpand: TypeAlias = Literal["connector", "connector.schemas", "connection_count"] | str
"""A further detail of a connector config."""

ConnectorExpand: TypeAlias = Literal["schemas"] | str
"""A further detail of a connector."""

ConnectorStage: TypeAlias = Literal["alpha", "beta", "ga", "hidden"] | str
"""A stage of a connector's development."""

AuthType: TypeAlias = Literal["BASIC", "OAUTH1", "OAUTH2", "OAUTH2CC", "API_KEY", "CUSTOM"] | str
"""A way to sign in to a connected service."""

ConnectView: TypeAlias = Literal["add", "manage"] | str
"""A view of the page on which a customer connects services."""

TemplateLanguage: TypeAlias = Literal["javascript"] | str
"""A programming language of examples."""

Role: TypeAlias = Literal["anon", "customer", "user", "org", "system"] | str
"""A role of a key."""


class ConnectOptions(TypedDict, total=False):
    """Options of the page on which a customer connects services."""

    return_url: str
    """The URL that the customer comes back to."""
    connector_names: Names
    """The connectors that are offered; without any, all."""
    view: ConnectView
    """The view that the page begins with."""
    debug: bool
    """True to have the page show what it does."""
    is_embedded: bool
    """True for a page that stands inside one of yours."""
    hide_navigation: bool
    """True for a page without its navigation."""


class _OAuth2CredentialsRequired(TypedDict):
    access_token: str


class OAuth2CredentialsInput(_OAuth2CredentialsRequired, total=False):
    """OAuth2 tokens, as the connected service issued them."""

    client_id: str
    scope: str
    refresh_token: str
    expires_in: float
    expires_at: Instant
    token_type: str
    raw: Mapping[str, Any]


class OAuth2Input(TypedDict, total=False):
    """The OAuth2 part of a connection's settings."""

    credentials: OAuth2CredentialsInput | OAuth2Credentials
    created_at: Instant
    updated_at: Instant
    last_fetched_at: Instant
    metadata: Mapping[str, Any] | None


class AcceloSettings(TypedDict):
    """Settings of `accelo`."""

    oauth: OAuth2Input | OAuth2Settings
    subdomain: str


class AcceloData(TypedDict):
    """`accelo` and the settings of a connection to it."""

    connector_name: Literal["accelo"]
    settings: AcceloSettings


class AcmeApikeySettings(TypedDict):
    """Settings of `acme-apikey`."""

    api_key: str


class AcmeApikeyData(TypedDict):
    """`acme-apikey` and the settings of a connection to it."""

    connector_name: Literal["acme-apikey"]
    settings: AcmeApikeySettings


class AcmeOauth2Settings(TypedDict):
    """Settings of `acme-oauth2`."""

    oauth: OAuth2Input | OAuth2Settings


class AcmeOauth2Data(TypedDict):
    """`acme-oauth2` and the settings of a connection to it."""

    connector_name: Literal["acme-oauth2"]
    settings: AcmeOauth2Settings


class AdobeSettings(TypedDict):
    """Settings of `adobe`."""

    oauth: OAuth2Input | OAuth2Settings


class AdobeData(TypedDict):
    """`adobe` and the settings of a connection to it."""

    connector_name: Literal["adobe"]
    settings: AdobeSettings


class AdyenSettings(TypedDict):
    """Settings of `adyen`."""

    oauth: OAuth2Input | OAuth2Settings
    environment: str
    resource: str


class AdyenData(TypedDict):
    """`adyen` and the settings of a connection to it."""

    connector_name: Literal["adyen"]
    settings: AdyenSettings


class AircallSettings(TypedDict):
    """Settings of `aircall`."""

    oauth: OAuth2Input | OAuth2Settings


class AircallData(TypedDict):
    """`aircall` and the settings of a connection to it."""

    connector_name: Literal["aircall"]
    settings: AircallSettings


class AmazonSettings(TypedDict):
    """Settings of `amazon`."""

    oauth: OAuth2Input | OAuth2Settings
    extension: str


class AmazonData(TypedDict):
    """`amazon` and the settings of a connection to it."""

    connector_name: Literal["amazon"]
    settings: AmazonSettings


class ApaleoSettings(TypedDict):
    """Settings of `apaleo`."""

    oauth: OAuth2Input | OAuth2Settings


class ApaleoData(TypedDict):
    """`apaleo` and the settings of a connection to it."""

    connector_name: Literal["apaleo"]
    settings: ApaleoSettings


class AsanaSettings(TypedDict):
    """Settings of `asana`."""

    oauth: OAuth2Input | OAuth2Settings


class AsanaData(TypedDict):
    """`asana` and the settings of a connection to it."""

    connector_name: Literal["asana"]
    settings: AsanaSettings


class AttioSettings(TypedDict):
    """Settings of `attio`."""

    oauth: OAuth2Input | OAuth2Settings


class AttioData(TypedDict):
    """`attio` and the settings of a connection to it."""

    connector_name: Literal["attio"]
    settings: AttioSettings


class Auth0Settings(TypedDict):
    """Settings of `auth0`."""

    oauth: OAuth2Input | OAuth2Settings
    subdomain: str


class Auth0Data(TypedDict):
    """`auth0` and the settings of a connection to it."""

    connector_name: Literal["auth0"]
    settings: Auth0Settings


class AutodeskSettings(TypedDict):
    """Settings of `autodesk`."""

    oauth: OAuth2Input | OAuth2Settings


class AutodeskData(TypedDict):
    """`autodesk` and the settings of a connection to it."""

    connector_name: Literal["autodesk"]
    settings: AutodeskSettings


class AwsSettings(TypedDict):
    """Settings of `aws`."""

    oauth: OAuth2Input | OAuth2Settings
    subdomain: str
    extension: str
    apiSubdomain: str


class AwsData(TypedDict):
    """`aws` and the settings of a connection to it."""

    connector_name: Literal["aws"]
    settings: AwsSettings


class BamboohrSettings(TypedDict):
    """Settings of `bamboohr`."""

    oauth: OAuth2Input | OAuth2Settings
    subdomain: str


class BamboohrData(TypedDict):
    """`bamboohr` and the settings of a connection to it."""

    connector_name: Literal["bamboohr"]
    settings: BamboohrSettings


class BasecampSettings(TypedDict):
    """Settings of `basecamp`."""

    oauth: OAuth2Input | OAuth2Settings
    appDetails: str
    accountId: str


class BasecampData(TypedDict):
    """`basecamp` and the settings of a connection to it."""

    connector_name: Literal["basecamp"]
    settings: BasecampSettings


class BattlenetSettings(TypedDict):
    """Settings of `battlenet`."""

    oauth: OAuth2Input | OAuth2Settings
    extension: str
    apiDomain: str


class BattlenetData(TypedDict):
    """`battlenet` and the settings of a connection to it."""

    connector_name: Literal["battlenet"]
    settings: BattlenetSettings


class BigcommerceSettings(TypedDict):
    """Settings of `bigcommerce`."""

    oauth: OAuth2Input | OAuth2Settings
    storeHash: str
    accountUuid: str


class BigcommerceData(TypedDict):
    """`bigcommerce` and the settings of a connection to it."""

    connector_name: Literal["bigcommerce"]
    settings: BigcommerceSettings


class BitbucketSettings(TypedDict):
    """Settings of `bitbucket`."""

    oauth: OAuth2Input | OAuth2Settings


class BitbucketData(TypedDict):
    """`bitbucket` and the settings of a connection to it."""

    connector_name: Literal["bitbucket"]
    settings: BitbucketSettings


class BitlySettings(TypedDict):
    """Settings of `bitly`."""

    oauth: OAuth2Input | OAuth2Settings


class BitlyData(TypedDict):
    """`bitly` and the settings of a connection to it."""

    connector_name: Literal["bitly"]
    settings: BitlySettings


class BlackbaudSettings(TypedDict):
    """Settings of `blackbaud`."""

    oauth: OAuth2Input | OAuth2Settings


class BlackbaudData(TypedDict):
    """`blackbaud` and the settings of a connection to it."""

    connector_name: Literal["blackbaud"]
    settings: BlackbaudSettings


class BoldsignSettings(TypedDict):
    """Settings of `boldsign`."""

    oauth: OAuth2Input | OAuth2Settings


class BoldsignData(TypedDict):
    """`boldsign` and the settings of a connection to it."""

    connector_name: Literal["boldsign"]
    settings: BoldsignSettings


class BoxSettings(TypedDict):
    """Settings of `box`."""

    oauth: OAuth2Input | OAuth2Settings


class BoxData(TypedDict):
    """`box` and the settings of a connection to it."""

    connector_name: Literal["box"]
    settings: BoxSettings


class BraintreeSettings(TypedDict):
    """Settings of `braintree`."""

    oauth: OAuth2Input | OAuth2Settings


class BraintreeData(TypedDict):
    """`braintree` and the settings of a connection to it."""

    connector_name: Literal["braintree"]
    settings: BraintreeSettings


class CalendlySettings(TypedDict):
    """Settings of `calendly`."""

    oauth: OAuth2Input | OAuth2Settings


class CalendlyData(TypedDict):
    """`calendly` and the settings of a connection to it."""

    connector_name: Literal["calendly"]
    settings: CalendlySettings


class ClickupSettings(TypedDict):
    """Settings of `clickup`."""

    oauth: OAuth2Input | OAuth2Settings


class ClickupData(TypedDict):
    """`clickup` and the settings of a connection to it."""

    connector_name: Literal["clickup"]
    settings: ClickupSettings


class CloseSettings(TypedDict):
    """Settings of `close`."""

    oauth: OAuth2Input | OAuth2Settings


class CloseData(TypedDict):
    """`close` and the settings of a connection to it."""

    connector_name: Literal["close"]
    settings: CloseSettings


class ConfluenceSettings(TypedDict):
    """Settings of `confluence`."""

    oauth: OAuth2Input | OAuth2Settings


class ConfluenceData(TypedDict):
    """`confluence` and the settings of a connection to it."""

    connector_name: Literal["confluence"]
    settings: ConfluenceSettings


class ContentfulSettings(TypedDict):
    """Settings of `contentful`."""

    oauth: OAuth2Input | OAuth2Settings
    subdomain: str


class ContentfulData(TypedDict):
    """`contentful` and the settings of a connection to it."""

    connector_name: Literal["contentful"]
    settings: ContentfulSettings


class ContentstackSettings(TypedDict):
    """Settings of `contentstack`."""

    oauth: OAuth2Input | OAuth2Settings
    subdomain: str
    appId: str
    apiDomain: str


class ContentstackData(TypedDict):
    """`contentstack` and the settings of a connection to it."""

    connector_name: Literal["contentstack"]
    settings: ContentstackSettings


class CopperSettings(TypedDict):
    """Settings of `copper`."""

    oauth: OAuth2Input | OAuth2Settings


class CopperData(TypedDict):
    """`copper` and the settings of a connection to it."""

    connector_name: Literal["copper"]
    settings: CopperSettings


class CorosSettings(TypedDict):
    """Settings of `coros`."""

    oauth: OAuth2Input | OAuth2Settings


class CorosData(TypedDict):
    """`coros` and the settings of a connection to it."""

    connector_name: Literal["coros"]
    settings: CorosSettings


class DatevSettings(TypedDict):
    """Settings of `datev`."""

    oauth: OAuth2Input | OAuth2Settings


class DatevData(TypedDict):
    """`datev` and the settings of a connection to it."""

    connector_name: Literal["datev"]
    settings: DatevSettings


class DeelSettings(TypedDict):
    """Settings of `deel`."""

    oauth: OAuth2Input | OAuth2Settings


class DeelData(TypedDict):
    """`deel` and the settings of a connection to it."""

    connector_name: Literal["deel"]
    settings: DeelSettings


class DialpadSettings(TypedDict):
    """Settings of `dialpad`."""

    oauth: OAuth2Input | OAuth2Settings


class DialpadData(TypedDict):
    """`dialpad` and the settings of a connection to it."""

    connector_name: Literal["dialpad"]
    settings: DialpadSettings


class DigitaloceanSettings(TypedDict):
    """Settings of `digitalocean`."""

    oauth: OAuth2Input | OAuth2Settings


class DigitaloceanData(TypedDict):
    """`digitalocean` and the settings of a connection to it."""

    connector_name: Literal["digitalocean"]
    settings: DigitaloceanSettings


class DiscordSettings(TypedDict):
    """Settings of `discord`."""

    oauth: OAuth2Input | OAuth2Settings


class DiscordData(TypedDict):
    """`discord` and the settings of a connection to it."""

    connector_name: Literal["discord"]
    settings: DiscordSettings


class DocusignSettings(TypedDict):
    """Settings of `docusign`."""

    oauth: OAuth2Input | OAuth2Settings


class DocusignData(TypedDict):
    """`docusign` and the settings of a connection to it."""

    connector_name: Literal["docusign"]
    settings: DocusignSettings


class DropboxSettings(TypedDict):
    """Settings of `dropbox`."""

    oauth: OAuth2Input | OAuth2Settings


class DropboxData(TypedDict):
    """`dropbox` and the settings of a connection to it."""

    connector_name: Literal["dropbox"]
    settings: DropboxSettings


class EbaySettings(TypedDict):
    """Settings of `ebay`."""

    oauth: OAuth2Input | OAuth2Settings


class EbayData(TypedDict):
    """`ebay` and the settings of a connection to it."""

    connector_name: Literal["ebay"]
    settings: EbaySettings


class EgnyteSettings(TypedDict):
    """Settings of `egnyte`."""

    oauth: OAuth2Input | OAuth2Settings
    subdomain: str


class EgnyteData(TypedDict):
    """`egnyte` and the settings of a connection to it."""

    connector_name: Literal["egnyte"]
    settings: EgnyteSettings


class EnvoySettings(TypedDict):
    """Settings of `envoy`."""

    oauth: OAuth2Input | OAuth2Settings


class EnvoyData(TypedDict):
    """`envoy` and the settings of a connection to it."""

    connector_name: Literal["envoy"]
    settings: EnvoySettings


class EventbriteSettings(TypedDict):
    """Settings of `eventbrite`."""

    oauth: OAuth2Input | OAuth2Settings


class EventbriteData(TypedDict):
    """`eventbrite` and the settings of a connection to it."""

    connector_name: Literal["eventbrite"]
    settings: EventbriteSettings


class ExistSettings(TypedDict):
    """Settings of `exist`."""

    oauth: OAuth2Input | OAuth2Settings


class ExistData(TypedDict):
    """`exist` and the settings of a connection to it."""

    connector_name: Literal["exist"]
    settings: ExistSettings


class FacebookSettings(TypedDict):
    """Settings of `facebook`."""

    oauth: OAuth2Input | OAuth2Settings


class FacebookData(TypedDict):
    """`facebook` and the settings of a connection to it."""

    connector_name: Literal["facebook"]
    settings: FacebookSettings


class FactorialSettings(TypedDict):
    """Settings of `factorial`."""

    oauth: OAuth2Input | OAuth2Settings


class FactorialData(TypedDict):
    """`factorial` and the settings of a connection to it."""

    connector_name: Literal["factorial"]
    settings: FactorialSettings


class FigmaSettings(TypedDict):
    """Settings of `figma`."""

    oauth: OAuth2Input | OAuth2Settings


class FigmaData(TypedDict):
    """`figma` and the settings of a connection to it."""

    connector_name: Literal["figma"]
    settings: FigmaSettings


class FitbitSettings(TypedDict):
    """Settings of `fitbit`."""

    oauth: OAuth2Input | OAuth2Settings


class FitbitData(TypedDict):
    """`fitbit` and the settings of a connection to it."""

    connector_name: Literal["fitbit"]
    settings: FitbitSettings


class FortnoxSettings(TypedDict):
    """Settings of `fortnox`."""

    oauth: OAuth2Input | OAuth2Settings


class FortnoxData(TypedDict):
    """`fortnox` and the settings of a connection to it."""

    connector_name: Literal["fortnox"]
    settings: FortnoxSettings


class FreshbooksSettings(TypedDict):
    """Settings of `freshbooks`."""

    oauth: OAuth2Input | OAuth2Settings


class FreshbooksData(TypedDict):
    """`freshbooks` and the settings of a connection to it."""

    connector_name: Literal["freshbooks"]
    settings: FreshbooksSettings


class FrontSettings(TypedDict):
    """Settings of `front`."""

    oauth: OAuth2Input | OAuth2Settings


class FrontData(TypedDict):
    """`front` and the settings of a connection to it."""

    connector_name: Literal["front"]
    settings: FrontSettings


class GithubSettings(TypedDict):
    """Settings of `github`."""

    oauth: OAuth2Input | OAuth2Settings


class GithubData(TypedDict):
    """`github` and the settings of a connection to it."""

    connector_name: Literal["github"]
    settings: GithubSettings


class GitlabSettings(TypedDict):
    """Settings of `gitlab`."""

    oauth: OAuth2Input | OAuth2Settings


class GitlabData(TypedDict):
    """`gitlab` and the settings of a connection to it."""

    connector_name: Literal["gitlab"]
    settings: GitlabSettings


class GongSettings(TypedDict):
    """Settings of `gong`."""

    oauth: OAuth2Input | OAuth2Settings
    api_base_url_for_customer: str


class GongData(TypedDict):
    """`gong` and the settings of a connection to it."""

    connector_name: Literal["gong"]
    settings: GongSettings


class GoogleCalendarSettings(TypedDict):
    """Settings of `google-calendar`."""

    oauth: OAuth2Input | OAuth2Settings


class GoogleCalendarData(TypedDict):
    """`google-calendar` and the settings of a connection to it."""

    connector_name: Literal["google-calendar"]
    settings: GoogleCalendarSettings


class GoogleDocsSettings(TypedDict):
    """Settings of `google-docs`."""

    oauth: OAuth2Input | OAuth2Settings


class GoogleDocsData(TypedDict):
    """`google-docs` and the settings of a connection to it."""

    connector_name: Literal["google-docs"]
    settings: GoogleDocsSettings


class GoogleDriveSettings(TypedDict):
    """Settings of `google-drive`."""

    oauth: OAuth2Input | OAuth2Settings


class GoogleDriveData(TypedDict):
    """`google-drive` and the settings of a connection to it."""

    connector_name: Literal["google-drive"]
    settings: GoogleDriveSettings


class GoogleMailSettings(TypedDict):
    """Settings of `google-mail`."""

    oauth: OAuth2Input | OAuth2Settings


class GoogleMailData(TypedDict):
    """`google-mail` and the settings of a connection to it."""

    connector_name: Literal["google-mail"]
    settings: GoogleMailSettings


class GoogleSheetSettings(TypedDict):
    """Settings of `google-sheet`."""

    oauth: OAuth2Input | OAuth2Settings


class GoogleSheetData(TypedDict):
    """`google-sheet` and the settings of a connection to it."""

    connector_name: Literal["google-sheet"]
    settings: GoogleSheetSettings


class GorgiasSettings(TypedDict):
    """Settings of `gorgias`."""

    oauth: OAuth2Input | OAuth2Settings
    subdomain: str


class GorgiasData(TypedDict):
    """`gorgias` and the settings of a connection to it."""

    connector_name: Literal["gorgias"]
    settings: GorgiasSettings


class GrainSettings(TypedDict):
    """Settings of `grain`."""

    oauth: OAuth2Input | OAuth2Settings


class GrainData(TypedDict):
    """`grain` and the settings of a connection to it."""

    connector_name: Literal["grain"]
    settings: GrainSettings


class GumroadSettings(TypedDict):
    """Settings of `gumroad`."""

    oauth: OAuth2Input | OAuth2Settings


class GumroadData(TypedDict):
    """`gumroad` and the settings of a connection to it."""

    connector_name: Literal["gumroad"]
    settings: GumroadSettings


class GustoSettings(TypedDict):
    """Settings of `gusto`."""

    oauth: OAuth2Input | OAuth2Settings


class GustoData(TypedDict):
    """`gusto` and the settings of a connection to it."""

    connector_name: Literal["gusto"]
    settings: GustoSettings


class HarvestSettings(TypedDict):
    """Settings of `harvest`."""

    oauth: OAuth2Input | OAuth2Settings
    appDetails: str


class HarvestData(TypedDict):
    """`harvest` and the settings of a connection to it."""

    connector_name: Literal["harvest"]
    settings: HarvestSettings


class HighlevelSettings(TypedDict):
    """Settings of `highlevel`."""

    oauth: OAuth2Input | OAuth2Settings


class HighlevelData(TypedDict):
    """`highlevel` and the settings of a connection to it."""

    connector_name: Literal["highlevel"]
    settings: HighlevelSettings


class HubspotSettings(TypedDict):
    """Settings of `hubspot`."""

    oauth: OAuth2Input | OAuth2Settings


class HubspotData(TypedDict):
    """`hubspot` and the settings of a connection to it."""

    connector_name: Literal["hubspot"]
    settings: HubspotSettings


class InstagramSettings(TypedDict):
    """Settings of `instagram`."""

    oauth: OAuth2Input | OAuth2Settings


class InstagramData(TypedDict):
    """`instagram` and the settings of a connection to it."""

    connector_name: Literal["instagram"]
    settings: InstagramSettings


class IntercomSettings(TypedDict):
    """Settings of `intercom`."""

    oauth: OAuth2Input | OAuth2Settings


class IntercomData(TypedDict):
    """`intercom` and the settings of a connection to it."""

    connector_name: Literal["intercom"]
    settings: IntercomSettings


class JiraSettings(TypedDict):
    """Settings of `jira`."""

    oauth: OAuth2Input | OAuth2Settings


class JiraData(TypedDict):
    """`jira` and the settings of a connection to it."""

    connector_name: Literal["jira"]
    settings: JiraSettings


class KeapSettings(TypedDict):
    """Settings of `keap`."""

    oauth: OAuth2Input | OAuth2Settings


class KeapData(TypedDict):
    """`keap` and the settings of a connection to it."""

    connector_name: Literal["keap"]
    settings: KeapSettings


class LeverSettings(TypedDict):
    """Settings of `lever`."""

    oauth: OAuth2Input | OAuth2Settings


class LeverData(TypedDict):
    """`lever` and the settings of a connection to it."""

    connector_name: Literal["lever"]
    settings: LeverSettings


class LinearSettings(TypedDict):
    """Settings of `linear`."""

    oauth: OAuth2Input | OAuth2Settings


class LinearData(TypedDict):
    """`linear` and the settings of a connection to it."""

    connector_name: Literal["linear"]
    settings: LinearSettings


class LinkedinSettings(TypedDict):
    """Settings of `linkedin`."""

    oauth: OAuth2Input | OAuth2Settings


class LinkedinData(TypedDict):
    """`linkedin` and the settings of a connection to it."""

    connector_name: Literal["linkedin"]
    settings: LinkedinSettings


class LinkhutSettings(TypedDict):
    """Settings of `linkhut`."""

    oauth: OAuth2Input | OAuth2Settings


class LinkhutData(TypedDict):
    """`linkhut` and the settings of a connection to it."""

    connector_name: Literal["linkhut"]
    settings: LinkhutSettings


class MailchimpSettings(TypedDict):
    """Settings of `mailchimp`."""

    oauth: OAuth2Input | OAuth2Settings
    dc: str


class MailchimpData(TypedDict):
    """`mailchimp` and the settings of a connection to it."""

    connector_name: Literal["mailchimp"]
    settings: MailchimpSettings


class MiroSettings(TypedDict):
    """Settings of `miro`."""

    oauth: OAuth2Input | OAuth2Settings


class MiroData(TypedDict):
    """`miro` and the settings of a connection to it."""

    connector_name: Literal["miro"]
    settings: MiroSettings


class MondaySettings(TypedDict):
    """Settings of `monday`."""

    oauth: OAuth2Input | OAuth2Settings


class MondayData(TypedDict):
    """`monday` and the settings of a connection to it."""

    connector_name: Literal["monday"]
    settings: MondaySettings


class MuralSettings(TypedDict):
    """Settings of `mural`."""

    oauth: OAuth2Input | OAuth2Settings


class MuralData(TypedDict):
    """`mural` and the settings of a connection to it."""

    connector_name: Literal["mural"]
    settings: MuralSettings


class NamelySettings(TypedDict):
    """Settings of `namely`."""

    oauth: OAuth2Input | OAuth2Settings
    company: str


class NamelyData(TypedDict):
    """`namely` and the settings of a connection to it."""

    connector_name: Literal["namely"]
    settings: NamelySettings


class NationbuilderSettings(TypedDict):
    """Settings of `nationbuilder`."""

    oauth: OAuth2Input | OAuth2Settings
    accountId: str


class NationbuilderData(TypedDict):
    """`nationbuilder` and the settings of a connection to it."""

    connector_name: Literal["nationbuilder"]
    settings: NationbuilderSettings


class NetsuiteSettings(TypedDict):
    """Settings of `netsuite`."""

    oauth: OAuth2Input | OAuth2Settings
    accountId: str


class NetsuiteData(TypedDict):
    """`netsuite` and the settings of a connection to it."""

    connector_name: Literal["netsuite"]
    settings: NetsuiteSettings


class NotionSettings(TypedDict):
    """Settings of `notion`."""

    oauth: OAuth2Input | OAuth2Settings


class NotionData(TypedDict):
    """`notion` and the settings of a connection to it."""

    connector_name: Literal["notion"]
    settings: NotionSettings


class OdooSettings(TypedDict):
    """Settings of `odoo`."""

    oauth: OAuth2Input | OAuth2Settings
    serverUrl: str


class OdooData(TypedDict):
    """`odoo` and the settings of a connection to it."""

    connector_name: Literal["odoo"]
    settings: OdooSettings


class OktaSettings(TypedDict):
    """Settings of `okta`."""

    oauth: OAuth2Input | OAuth2Settings
    subdomain: str


class OktaData(TypedDict):
    """`okta` and the settings of a connection to it."""

    connector_name: Literal["okta"]
    settings: OktaSettings


class OsuSettings(TypedDict):
    """Settings of `osu`."""

    oauth: OAuth2Input | OAuth2Settings


class OsuData(TypedDict):
    """`osu` and the settings of a connection to it."""

    connector_name: Literal["osu"]
    settings: OsuSettings


class OuraSettings(TypedDict):
    """Settings of `oura`."""

    oauth: OAuth2Input | OAuth2Settings


class OuraData(TypedDict):
    """`oura` and the settings of a connection to it."""

    connector_name: Literal["oura"]
    settings: OuraSettings


class OutreachSettings(TypedDict):
    """Settings of `outreach`."""

    oauth: OAuth2Input | OAuth2Settings


class OutreachData(TypedDict):
    """`outreach` and the settings of a connection to it."""

    connector_name: Literal["outreach"]
    settings: OutreachSettings


class PagerdutySettings(TypedDict):
    """Settings of `pagerduty`."""

    oauth: OAuth2Input | OAuth2Settings


class PagerdutyData(TypedDict):
    """`pagerduty` and the settings of a connection to it."""

    connector_name: Literal["pagerduty"]
    settings: PagerdutySettings


class PandadocSettings(TypedDict):
    """Settings of `pandadoc`."""

    oauth: OAuth2Input | OAuth2Settings


class PandadocData(TypedDict):
    """`pandadoc` and the settings of a connection to it."""

    connector_name: Literal["pandadoc"]
    settings: PandadocSettings


class PayfitSettings(TypedDict):
    """Settings of `payfit`."""

    oauth: OAuth2Input | OAuth2Settings


class PayfitData(TypedDict):
    """`payfit` and the settings of a connection to it."""

    connector_name: Literal["payfit"]
    settings: PayfitSettings


class PaypalSettings(TypedDict):
    """Settings of `paypal`."""

    oauth: OAuth2Input | OAuth2Settings


class PaypalData(TypedDict):
    """`paypal` and the settings of a connection to it."""

    connector_name: Literal["paypal"]
    settings: PaypalSettings


class PennylaneSettings(TypedDict):
    """Settings of `pennylane`."""

    oauth: OAuth2Input | OAuth2Settings


class PennylaneData(TypedDict):
    """`pennylane` and the settings of a connection to it."""

    connector_name: Literal["pennylane"]
    settings: PennylaneSettings


class PinterestSettings(TypedDict):
    """Settings of `pinterest`."""

    oauth: OAuth2Input | OAuth2Settings


class PinterestData(TypedDict):
    """`pinterest` and the settings of a connection to it."""

    connector_name: Literal["pinterest"]
    settings: PinterestSettings


class PipedriveSettings(TypedDict):
    """Settings of `pipedrive`."""

    oauth: OAuth2Input | OAuth2Settings
    api_domain: str


class PipedriveData(TypedDict):
    """`pipedrive` and the settings of a connection to it."""

    connector_name: Literal["pipedrive"]
    settings: PipedriveSettings


class PodiumSettings(TypedDict):
    """Settings of `podium`."""

    oauth: OAuth2Input | OAuth2Settings
    apiVersion: str


class PodiumData(TypedDict):
    """`podium` and the settings of a connection to it."""

    connector_name: Literal["podium"]
    settings: PodiumSettings


class ProductboardSettings(TypedDict):
    """Settings of `productboard`."""

    oauth: OAuth2Input | OAuth2Settings


class ProductboardData(TypedDict):
    """`productboard` and the settings of a connection to it."""

    connector_name: Literal["productboard"]
    settings: ProductboardSettings


class QualtricsSettings(TypedDict):
    """Settings of `qualtrics`."""

    oauth: OAuth2Input | OAuth2Settings
    subdomain: str


class QualtricsData(TypedDict):
    """`qualtrics` and the settings of a connection to it."""

    connector_name: Literal["qualtrics"]
    settings: QualtricsSettings


class QuickbooksSettings(TypedDict):
    """Settings of `quickbooks`."""

    oauth: OAuth2Input | OAuth2Settings


class QuickbooksData(TypedDict):
    """`quickbooks` and the settings of a connection to it."""

    connector_name: Literal["quickbooks"]
    settings: QuickbooksSettings


class RedditSettings(TypedDict):
    """Settings of `reddit`."""

    oauth: OAuth2Input | OAuth2Settings


class RedditData(TypedDict):
    """`reddit` and the settings of a connection to it."""

    connector_name: Literal["reddit"]
    settings: RedditSettings


class SageSettings(TypedDict):
    """Settings of `sage`."""

    oauth: OAuth2Input | OAuth2Settings


class SageData(TypedDict):
    """`sage` and the settings of a connection to it."""

    connector_name: Literal["sage"]
    settings: SageSettings


class SalesforceSettings(TypedDict):
    """Settings of `salesforce`."""

    oauth: OAuth2Input | OAuth2Settings
    instance_url: str


class SalesforceData(TypedDict):
    """`salesforce` and the settings of a connection to it."""

    connector_name: Literal["salesforce"]
    settings: SalesforceSettings


class SalesloftSettings(TypedDict):
    """Settings of `salesloft`."""

    oauth: OAuth2Input | OAuth2Settings


class SalesloftData(TypedDict):
    """`salesloft` and the settings of a connection to it."""

    connector_name: Literal["salesloft"]
    settings: SalesloftSettings


class SegmentSettings(TypedDict):
    """Settings of `segment`."""

    oauth: OAuth2Input | OAuth2Settings


class SegmentData(TypedDict):
    """`segment` and the settings of a connection to it."""

    connector_name: Literal["segment"]
    settings: SegmentSettings


class Servicem8Settings(TypedDict):
    """Settings of `servicem8`."""

    oauth: OAuth2Input | OAuth2Settings


class Servicem8Data(TypedDict):
    """`servicem8` and the settings of a connection to it."""

    connector_name: Literal["servicem8"]
    settings: Servicem8Settings


class ServicenowSettings(TypedDict):
    """Settings of `servicenow`."""

    oauth: OAuth2Input | OAuth2Settings
    subdomain: str


class ServicenowData(TypedDict):
    """`servicenow` and the settings of a connection to it."""

    connector_name: Literal["servicenow"]
    settings: ServicenowSettings


class SharepointSettings(TypedDict):
    """Settings of `sharepoint`."""

    oauth: OAuth2Input | OAuth2Settings


class SharepointData(TypedDict):
    """`sharepoint` and the settings of a connection to it."""

    connector_name: Literal["sharepoint"]
    settings: SharepointSettings


class ShopifySettings(TypedDict):
    """Settings of `shopify`."""

    oauth: OAuth2Input | OAuth2Settings
    subdomain: str


class ShopifyData(TypedDict):
    """`shopify` and the settings of a connection to it."""

    connector_name: Literal["shopify"]
    settings: ShopifySettings


class SignnowSettings(TypedDict):
    """Settings of `signnow`."""

    oauth: OAuth2Input | OAuth2Settings


class SignnowData(TypedDict):
    """`signnow` and the settings of a connection to it."""

    connector_name: Literal["signnow"]
    settings: SignnowSettings


class SlackSettings(TypedDict):
    """Settings of `slack`."""

    oauth: OAuth2Input | OAuth2Settings


class SlackData(TypedDict):
    """`slack` and the settings of a connection to it."""

    connector_name: Literal["slack"]
    settings: SlackSettings


class SmartsheetSettings(TypedDict):
    """Settings of `smartsheet`."""

    oauth: OAuth2Input | OAuth2Settings


class SmartsheetData(TypedDict):
    """`smartsheet` and the settings of a connection to it."""

    connector_name: Literal["smartsheet"]
    settings: SmartsheetSettings


class SnowflakeSettings(TypedDict):
    """Settings of `snowflake`."""

    oauth: OAuth2Input | OAuth2Settings
    snowflake_account_url: str


class SnowflakeData(TypedDict):
    """`snowflake` and the settings of a connection to it."""

    connector_name: Literal["snowflake"]
    settings: SnowflakeSettings


class SpotifySettings(TypedDict):
    """Settings of `spotify`."""

    oauth: OAuth2Input | OAuth2Settings


class SpotifyData(TypedDict):
    """`spotify` and the settings of a connection to it."""

    connector_name: Literal["spotify"]
    settings: SpotifySettings


class SquarespaceSettings(TypedDict):
    """Settings of `squarespace`."""

    oauth: OAuth2Input | OAuth2Settings
    customappDescription: str


class SquarespaceData(TypedDict):
    """`squarespace` and the settings of a connection to it."""

    connector_name: Literal["squarespace"]
    settings: SquarespaceSettings


class SquareupSettings(TypedDict):
    """Settings of `squareup`."""

    oauth: OAuth2Input | OAuth2Settings


class SquareupData(TypedDict):
    """`squareup` and the settings of a connection to it."""

    connector_name: Literal["squareup"]
    settings: SquareupSettings


class StackexchangeSettings(TypedDict):
    """Settings of `stackexchange`."""

    oauth: OAuth2Input | OAuth2Settings


class StackexchangeData(TypedDict):
    """`stackexchange` and the settings of a connection to it."""

    connector_name: Literal["stackexchange"]
    settings: StackexchangeSettings


class StravaSettings(TypedDict):
    """Settings of `strava`."""

    oauth: OAuth2Input | OAuth2Settings


class StravaData(TypedDict):
    """`strava` and the settings of a connection to it."""

    connector_name: Literal["strava"]
    settings: StravaSettings


class TeamworkSettings(TypedDict):
    """Settings of `teamwork`."""

    oauth: OAuth2Input | OAuth2Settings


class TeamworkData(TypedDict):
    """`teamwork` and the settings of a connection to it."""

    connector_name: Literal["teamwork"]
    settings: TeamworkSettings


class TicktickSettings(TypedDict):
    """Settings of `ticktick`."""

    oauth: OAuth2Input | OAuth2Settings


class TicktickData(TypedDict):
    """`ticktick` and the settings of a connection to it."""

    connector_name: Literal["ticktick"]
    settings: TicktickSettings


class TimelySettings(TypedDict):
    """Settings of `timely`."""

    oauth: OAuth2Input | OAuth2Settings


class TimelyData(TypedDict):
    """`timely` and the settings of a connection to it."""

    connector_name: Literal["timely"]
    settings: TimelySettings


class TodoistSettings(TypedDict):
    """Settings of `todoist`."""

    oauth: OAuth2Input | OAuth2Settings


class TodoistData(TypedDict):
    """`todoist` and the settings of a connection to it."""

    connector_name: Literal["todoist"]
    settings: TodoistSettings


class TremendousSettings(TypedDict):
    """Settings of `tremendous`."""

    oauth: OAuth2Input | OAuth2Settings


class TremendousData(TypedDict):
    """`tremendous` and the settings of a connection to it."""

    connector_name: Literal["tremendous"]
    settings: TremendousSettings


class TsheetsteamSettings(TypedDict):
    """Settings of `tsheetsteam`."""

    oauth: OAuth2Input | OAuth2Settings


class TsheetsteamData(TypedDict):
    """`tsheetsteam` and the settings of a connection to it."""

    connector_name: Literal["tsheetsteam"]
    settings: TsheetsteamSettings


class TumblrSettings(TypedDict):
    """Settings of `tumblr`."""

    oauth: OAuth2Input | OAuth2Settings


class TumblrData(TypedDict):
    """`tumblr` and the settings of a connection to it."""

    connector_name: Literal["tumblr"]
    settings: TumblrSettings


class TwinfieldSettings(TypedDict):
    """Settings of `twinfield`."""

    oauth: OAuth2Input | OAuth2Settings
    cluster: str


class TwinfieldData(TypedDict):
    """`twinfield` and the settings of a connection to it."""

    connector_name: Literal["twinfield"]
    settings: TwinfieldSettings


class TwitchSettings(TypedDict):
    """Settings of `twitch`."""

    oauth: OAuth2Input | OAuth2Settings


class TwitchData(TypedDict):
    """`twitch` and the settings of a connection to it."""

    connector_name: Literal["twitch"]
    settings: TwitchSettings


class TwitterSettings(TypedDict):
    """Settings of `twitter`."""

    oauth: OAuth2Input | OAuth2Settings


class TwitterData(TypedDict):
    """`twitter` and the settings of a connection to it."""

    connector_name: Literal["twitter"]
    settings: TwitterSettings


class TypeformSettings(TypedDict):
    """Settings of `typeform`."""

    oauth: OAuth2Input | OAuth2Settings


class TypeformData(TypedDict):
    """`typeform` and the settings of a connection to it."""

    connector_name: Literal["typeform"]
    settings: TypeformSettings


class UberSettings(TypedDict):
    """Settings of `uber`."""

    oauth: OAuth2Input | OAuth2Settings


class UberData(TypedDict):
    """`uber` and the settings of a connection to it."""

    connector_name: Literal["uber"]
    settings: UberSettings


class VimeoSettings(TypedDict):
    """Settings of `vimeo`."""

    oauth: OAuth2Input | OAuth2Settings


class VimeoData(TypedDict):
    """`vimeo` and the settings of a connection to it."""

    connector_name: Literal["vimeo"]
    settings: VimeoSettings


class WakatimeSettings(TypedDict):
    """Settings of `wakatime`."""

    oauth: OAuth2Input | OAuth2Settings


class WakatimeData(TypedDict):
    """`wakatime` and the settings of a connection to it."""

    connector_name: Literal["wakatime"]
    settings: WakatimeSettings


class WealthboxSettings(TypedDict):
    """Settings of `wealthbox`."""

    oauth: OAuth2Input | OAuth2Settings


class WealthboxData(TypedDict):
    """`wealthbox` and the settings of a connection to it."""

    connector_name: Literal["wealthbox"]
    settings: WealthboxSettings


class WebflowSettings(TypedDict):
    """Settings of `webflow`."""

    oauth: OAuth2Input | OAuth2Settings


class WebflowData(TypedDict):
    """`webflow` and the settings of a connection to it."""

    connector_name: Literal["webflow"]
    settings: WebflowSettings


class WhoopSettings(TypedDict):
    """Settings of `whoop`."""

    oauth: OAuth2Input | OAuth2Settings


class WhoopData(TypedDict):
    """`whoop` and the settings of a connection to it."""

    connector_name: Literal["whoop"]
    settings: WhoopSettings


class WordpressSettings(TypedDict):
    """Settings of `wordpress`."""

    oauth: OAuth2Input | OAuth2Settings


class WordpressData(TypedDict):
    """`wordpress` and the settings of a connection to it."""

    connector_name: Literal["wordpress"]
    settings: WordpressSettings


class WrikeSettings(TypedDict):
    """Settings of `wrike`."""

    oauth: OAuth2Input | OAuth2Settings
    host: str


class WrikeData(TypedDict):
    """`wrike` and the settings of a connection to it."""

    connector_name: Literal["wrike"]
    settings: WrikeSettings


class XeroSettings(TypedDict):
    """Settings of `xero`."""

    oauth: OAuth2Input | OAuth2Settings


class XeroData(TypedDict):
    """`xero` and the settings of a connection to it."""

    connector_name: Literal["xero"]
    settings: XeroSettings


class YahooSettings(TypedDict):
    """Settings of `yahoo`."""

    oauth: OAuth2Input | OAuth2Settings
    apiDomain: str


class YahooData(TypedDict):
    """`yahoo` and the settings of a connection to it."""

    connector_name: Literal["yahoo"]
    settings: YahooSettings


class YandexSettings(TypedDict):
    """Settings of `yandex`."""

    oauth: OAuth2Input | OAuth2Settings


class YandexData(TypedDict):
    """`yandex` and the settings of a connection to it."""

    connector_name: Literal["yandex"]
    settings: YandexSettings


class ZapierSettings(TypedDict):
    """Settings of `zapier`."""

    oauth: OAuth2Input | OAuth2Settings


class ZapierData(TypedDict):
    """`zapier` and the settings of a connection to it."""

    connector_name: Literal["zapier"]
    settings: ZapierSettings


class ZendeskSettings(TypedDict):
    """Settings of `zendesk`."""

    oauth: OAuth2Input | OAuth2Settings
    subdomain: str


class ZendeskData(TypedDict):
    """`zendesk` and the settings of a connection to it."""

    connector_name: Literal["zendesk"]
    settings: ZendeskSettings


class ZenefitsSettings(TypedDict):
    """Settings of `zenefits`."""

    oauth: OAuth2Input | OAuth2Settings


class ZenefitsData(TypedDict):
    """`zenefits` and the settings of a connection to it."""

    connector_name: Literal["zenefits"]
    settings: ZenefitsSettings


class ZohoDeskSettings(TypedDict):
    """Settings of `zoho-desk`."""

    oauth: OAuth2Input | OAuth2Settings
    extension: str


class ZohoDeskData(TypedDict):
    """`zoho-desk` and the settings of a connection to it."""

    connector_name: Literal["zoho-desk"]
    settings: ZohoDeskSettings


class ZohoSettings(TypedDict):
    """Settings of `zoho`."""

    oauth: OAuth2Input | OAuth2Settings
    extension: str


class ZohoData(TypedDict):
    """`zoho` and the settings of a connection to it."""

    connector_name: Literal["zoho"]
    settings: ZohoSettings


class ZoomSettings(TypedDict):
    """Settings of `zoom`."""

    oauth: OAuth2Input | OAuth2Settings


class ZoomData(TypedDict):
    """`zoom` and the settings of a connection to it."""

    connector_name: Literal["zoom"]
    settings: ZoomSettings


class AirtableSettings(TypedDict):
    """Settings of `airtable`."""

    apiKey: str
    airtableBase: str


class AirtableData(TypedDict):
    """`airtable` and the settings of a connection to it."""

    connector_name: Literal["airtable"]
    settings: AirtableSettings


class ApolloSettings(TypedDict):
    """Settings of `apollo`."""

    api_key: str


class ApolloData(TypedDict):
    """`apollo` and the settings of a connection to it."""

    connector_name: Literal["apollo"]
    settings: ApolloSettings


class BrexSettings(TypedDict):
    """Settings of `brex`."""

    accessToken: str


class BrexData(TypedDict):
    """`brex` and the settings of a connection to it."""

    connector_name: Literal["brex"]
    settings: BrexSettings


class CodaSettings(TypedDict):
    """Settings of `coda`."""

    apiKey: str


class CodaData(TypedDict):
    """`coda` and the settings of a connection to it."""

    connector_name: Literal["coda"]
    settings: CodaSettings


class FinchSettings(TypedDict):
    """Settings of `finch`."""

    access_token: str


class FinchData(TypedDict):
    """`finch` and the settings of a connection to it."""

    connector_name: Literal["finch"]
    settings: FinchSettings


FirebaseSettings: TypeAlias = Mapping[str, Any]


class FirebaseData(TypedDict):
    """`firebase` and the settings of a connection to it."""

    connector_name: Literal["firebase"]
    settings: FirebaseSettings


class _ForeceiptSettingsRequired(TypedDict):
    envName: Literal["staging", "production"]


class ForeceiptSettings(_ForeceiptSettingsRequired, total=False):
    """Settings of `foreceipt`."""

    _id: Any
    credentials: Any


class ForeceiptData(TypedDict):
    """`foreceipt` and the settings of a connection to it."""

    connector_name: Literal["foreceipt"]
    settings: ForeceiptSettings


class GreenhouseSettings(TypedDict):
    """Settings of `greenhouse`."""

    apiKey: str


class GreenhouseData(TypedDict):
    """`greenhouse` and the settings of a connection to it."""

    connector_name: Literal["greenhouse"]
    settings: GreenhouseSettings


class HeronSettings(TypedDict):
    """Settings of `heron`."""


class HeronData(TypedDict):
    """`heron` and the settings of a connection to it."""

    connector_name: Literal["heron"]
    settings: HeronSettings


class LunchmoneySettings(TypedDict):
    """Settings of `lunchmoney`."""


class LunchmoneyData(TypedDict):
    """`lunchmoney` and the settings of a connection to it."""

    connector_name: Literal["lunchmoney"]
    settings: LunchmoneySettings


class MercurySettings(TypedDict):
    """Settings of `mercury`."""


class MercuryData(TypedDict):
    """`mercury` and the settings of a connection to it."""

    connector_name: Literal["mercury"]
    settings: MercurySettings


class _MergeSettingsRequired(TypedDict):
    accountToken: str


class MergeSettings(_MergeSettingsRequired, total=False):
    """Settings of `merge`."""

    accountDetails: Any


class MergeData(TypedDict):
    """`merge` and the settings of a connection to it."""

    connector_name: Literal["merge"]
    settings: MergeSettings


class MootaSettings(TypedDict):
    """Settings of `moota`."""


class MootaData(TypedDict):
    """`moota` and the settings of a connection to it."""

    connector_name: Literal["moota"]
    settings: MootaSettings


class OnebrickSettings(TypedDict):
    """Settings of `onebrick`."""

    accessToken: str


class OnebrickData(TypedDict):
    """`onebrick` and the settings of a connection to it."""

    connector_name: Literal["onebrick"]
    settings: OnebrickSettings


class OpenledgerSettings(TypedDict):
    """Settings of `openledger`."""

    entity_id: str


class OpenledgerData(TypedDict):
    """`openledger` and the settings of a connection to it."""

    connector_name: Literal["openledger"]
    settings: OpenledgerSettings


class _PlaidSettingsRequired(TypedDict):
    accessToken: str


class PlaidSettings(_PlaidSettingsRequired, total=False):
    """Settings of `plaid`."""

    institution: Any
    item: Any
    itemId: str | None
    status: Any
    webhookItemError: None


class PlaidData(TypedDict):
    """`plaid` and the settings of a connection to it."""

    connector_name: Literal["plaid"]
    settings: PlaidSettings


class PostgresSettings(TypedDict, total=False):
    """Settings of `postgres`."""

    database_url: str


class PostgresData(TypedDict):
    """`postgres` and the settings of a connection to it."""

    connector_name: Literal["postgres"]
    settings: PostgresSettings


class RampSettings(TypedDict, total=False):
    """Settings of `ramp`."""

    accessToken: str | None
    startAfterTransactionId: str | None


class RampData(TypedDict):
    """`ramp` and the settings of a connection to it."""

    connector_name: Literal["ramp"]
    settings: RampSettings


class SaltedgeSettings(TypedDict):
    """Settings of `saltedge`."""


class SaltedgeData(TypedDict):
    """`saltedge` and the settings of a connection to it."""

    connector_name: Literal["saltedge"]
    settings: SaltedgeSettings


class SharepointOnpremSettings(TypedDict):
    """Settings of `sharepoint-onprem`."""

    username: str
    password: str
    site_url: str


class SharepointOnpremData(TypedDict):
    """`sharepoint-onprem` and the settings of a connection to it."""

    connector_name: Literal["sharepoint-onprem"]
    settings: SharepointOnpremSettings


class _SplitwiseSettingsRequired(TypedDict):
    accessToken: str


class SplitwiseSettings(_SplitwiseSettingsRequired, total=False):
    """Settings of `splitwise`."""

    currentUser: Mapping[str, Any] | None


class SplitwiseData(TypedDict):
    """`splitwise` and the settings of a connection to it."""

    connector_name: Literal["splitwise"]
    settings: SplitwiseSettings


class StripeSettings(TypedDict):
    """Settings of `stripe`."""

    secretKey: str


class StripeData(TypedDict):
    """`stripe` and the settings of a connection to it."""

    connector_name: Literal["stripe"]
    settings: StripeSettings


class TellerSettings(TypedDict):
    """Settings of `teller`."""

    token: str


class TellerData(TypedDict):
    """`teller` and the settings of a connection to it."""

    connector_name: Literal["teller"]
    settings: TellerSettings


class _TogglSettingsRequired(TypedDict):
    apiToken: str


class TogglSettings(_TogglSettingsRequired, total=False):
    """Settings of `toggl`."""

    email: str | None
    password: str | None


class TogglData(TypedDict):
    """`toggl` and the settings of a connection to it."""

    connector_name: Literal["toggl"]
    settings: TogglSettings


class TwentySettings(TypedDict):
    """Settings of `twenty`."""

    access_token: str


class TwentyData(TypedDict):
    """`twenty` and the settings of a connection to it."""

    connector_name: Literal["twenty"]
    settings: TwentySettings


class VenmoSettings(TypedDict, total=False):
    """Settings of `venmo`."""

    credentials: Any
    me: Any


class VenmoData(TypedDict):
    """`venmo` and the settings of a connection to it."""

    connector_name: Literal["venmo"]
    settings: VenmoSettings


class _WiseSettingsRequired(TypedDict):
    envName: Literal["sandbox", "live"]


class WiseSettings(_WiseSettingsRequired, total=False):
    """Settings of `wise`."""

    apiToken: str | None


class WiseData(TypedDict):
    """`wise` and the settings of a connection to it."""

    connector_name: Literal["wise"]
    settings: WiseSettings


class _YodleeSettingsRequired(TypedDict):
    loginName: str
    providerAccountId: float | str


class YodleeSettings(_YodleeSettingsRequired, total=False):
    """Settings of `yodlee`."""

    accessToken: Mapping[str, Any] | None
    provider: None
    providerAccount: Mapping[str, Any] | None
    user: None


class YodleeData(TypedDict):
    """`yodlee` and the settings of a connection to it."""

    connector_name: Literal["yodlee"]
    settings: YodleeSettings


class DummyOauth2Settings(TypedDict):
    """Settings of `dummy-oauth2`."""

    oauth: OAuth2Input | OAuth2Settings


class DummyOauth2Data(TypedDict):
    """`dummy-oauth2` and the settings of a connection to it."""

    connector_name: Literal["dummy-oauth2"]
    settings: DummyOauth2Settings


KnownConnector: TypeAlias = (
    AcceloData
    | AcmeApikeyData
    | AcmeOauth2Data
    | AdobeData
    | AdyenData
    | AircallData
    | AmazonData
    | ApaleoData
    | AsanaData
    | AttioData
    | Auth0Data
    | AutodeskData
    | AwsData
    | BamboohrData
    | BasecampData
    | BattlenetData
    | BigcommerceData
    | BitbucketData
    | BitlyData
    | BlackbaudData
    | BoldsignData
    | BoxData
    | BraintreeData
    | CalendlyData
    | ClickupData
    | CloseData
    | ConfluenceData
    | ContentfulData
    | ContentstackData
    | CopperData
    | CorosData
    | DatevData
    | DeelData
    | DialpadData
    | DigitaloceanData
    | DiscordData
    | DocusignData
    | DropboxData
    | EbayData
    | EgnyteData
    | EnvoyData
    | EventbriteData
    | ExistData
    | FacebookData
    | FactorialData
    | FigmaData
    | FitbitData
    | FortnoxData
    | FreshbooksData
    | FrontData
    | GithubData
    | GitlabData
    | GongData
    | GoogleCalendarData
    | GoogleDocsData
    | GoogleDriveData
    | GoogleMailData
    | GoogleSheetData
    | GorgiasData
    | GrainData
    | GumroadData
    | GustoData
    | HarvestData
    | HighlevelData
    | HubspotData
    | InstagramData
    | IntercomData
    | JiraData
    | KeapData
    | LeverData
    | LinearData
    | LinkedinData
    | LinkhutData
    | MailchimpData
    | MiroData
    | MondayData
    | MuralData
    | NamelyData
    | NationbuilderData
    | NetsuiteData
    | NotionData
    | OdooData
    | OktaData
    | OsuData
    | OuraData
    | OutreachData
    | PagerdutyData
    | PandadocData
    | PayfitData
    | PaypalData
    | PennylaneData
    | PinterestData
    | PipedriveData
    | PodiumData
    | ProductboardData
    | QualtricsData
    | QuickbooksData
    | RedditData
    | SageData
    | SalesforceData
    | SalesloftData
    | SegmentData
    | Servicem8Data
    | ServicenowData
    | SharepointData
    | ShopifyData
    | SignnowData
    | SlackData
    | SmartsheetData
    | SnowflakeData
    | SpotifyData
    | SquarespaceData
    | SquareupData
    | StackexchangeData
    | StravaData
    | TeamworkData
    | TicktickData
    | TimelyData
    | TodoistData
    | TremendousData
    | TsheetsteamData
    | TumblrData
    | TwinfieldData
    | TwitchData
    | TwitterData
    | TypeformData
    | UberData
    | VimeoData
    | WakatimeData
    | WealthboxData
    | WebflowData
    | WhoopData
    | WordpressData
    | WrikeData
    | XeroData
    | YahooData
    | YandexData
    | ZapierData
    | ZendeskData
    | ZenefitsData
    | ZohoDeskData
    | ZohoData
    | ZoomData
    | AirtableData
    | ApolloData
    | BrexData
    | CodaData
    | FinchData
    | FirebaseData
    | ForeceiptData
    | GreenhouseData
    | HeronData
    | LunchmoneyData
    | MercuryData
    | MergeData
    | MootaData
    | OnebrickData
    | OpenledgerData
    | PlaidData
    | PostgresData
    | RampData
    | SaltedgeData
    | SharepointOnpremData
    | SplitwiseData
    | StripeData
    | TellerData
    | TogglData
    | TwentyData
    | VenmoData
    | WiseData
    | YodleeData
    | DummyOauth2Data
)
"""A connector that this version knows, and its settings."""

ConnectorInput: TypeAlias = KnownConnector | ConnectorData | Dataclass | PydanticModel
"""Type that `data` takes. Fields of pydantic and bodies of FastAPI: `KnownConnector | ConnectorData`."""
