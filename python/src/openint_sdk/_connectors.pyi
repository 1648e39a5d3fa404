# Written by scripts/connectors.py from the connectors of the API's description. Do not edit.
#
# Types of `data`, one for each connector. They are for type checkers alone:
#
#     if TYPE_CHECKING:
#         from openint_sdk._connectors import GithubData
#
# A connector that is not here, or settings put together at run time: ConnectorData(name, settings).

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias

from _typeshed import DataclassInstance
from typing_extensions import NotRequired, TypedDict

from ._models import ConnectorData, OAuth2Credentials, OAuth2Settings
from ._object import Object

class OAuth2CredentialsInput(TypedDict):
    access_token: str
    client_id: NotRequired[str]
    scope: NotRequired[str]
    refresh_token: NotRequired[str]
    expires_in: NotRequired[float]
    expires_at: NotRequired[str | datetime]
    token_type: NotRequired[str]
    raw: NotRequired[Mapping[str, Any]]

class OAuth2Input(TypedDict):
    credentials: NotRequired[OAuth2CredentialsInput | OAuth2Credentials]
    created_at: NotRequired[str | datetime]
    updated_at: NotRequired[str | datetime]
    last_fetched_at: NotRequired[str | datetime]
    metadata: NotRequired[Mapping[str, Any] | Object | None]

class AcceloSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    subdomain: str

class AcceloData(TypedDict):
    connector_name: Literal["accelo"]
    settings: AcceloSettings

class AcmeApikeySettings(TypedDict):
    api_key: str

class AcmeApikeyData(TypedDict):
    connector_name: Literal["acme-apikey"]
    settings: AcmeApikeySettings

class AcmeOauth2Settings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class AcmeOauth2Data(TypedDict):
    connector_name: Literal["acme-oauth2"]
    settings: AcmeOauth2Settings

class AdobeSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class AdobeData(TypedDict):
    connector_name: Literal["adobe"]
    settings: AdobeSettings

class AdyenSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    environment: str
    resource: str

class AdyenData(TypedDict):
    connector_name: Literal["adyen"]
    settings: AdyenSettings

class AircallSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class AircallData(TypedDict):
    connector_name: Literal["aircall"]
    settings: AircallSettings

class AmazonSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    extension: str

class AmazonData(TypedDict):
    connector_name: Literal["amazon"]
    settings: AmazonSettings

class ApaleoSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class ApaleoData(TypedDict):
    connector_name: Literal["apaleo"]
    settings: ApaleoSettings

class AsanaSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class AsanaData(TypedDict):
    connector_name: Literal["asana"]
    settings: AsanaSettings

class AttioSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class AttioData(TypedDict):
    connector_name: Literal["attio"]
    settings: AttioSettings

class Auth0Settings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    subdomain: str

class Auth0Data(TypedDict):
    connector_name: Literal["auth0"]
    settings: Auth0Settings

class AutodeskSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class AutodeskData(TypedDict):
    connector_name: Literal["autodesk"]
    settings: AutodeskSettings

class AwsSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    subdomain: str
    extension: str
    apiSubdomain: str

class AwsData(TypedDict):
    connector_name: Literal["aws"]
    settings: AwsSettings

class BamboohrSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    subdomain: str

class BamboohrData(TypedDict):
    connector_name: Literal["bamboohr"]
    settings: BamboohrSettings

class BasecampSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    appDetails: str
    accountId: str

class BasecampData(TypedDict):
    connector_name: Literal["basecamp"]
    settings: BasecampSettings

class BattlenetSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    extension: str
    apiDomain: str

class BattlenetData(TypedDict):
    connector_name: Literal["battlenet"]
    settings: BattlenetSettings

class BigcommerceSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    storeHash: str
    accountUuid: str

class BigcommerceData(TypedDict):
    connector_name: Literal["bigcommerce"]
    settings: BigcommerceSettings

class BitbucketSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class BitbucketData(TypedDict):
    connector_name: Literal["bitbucket"]
    settings: BitbucketSettings

class BitlySettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class BitlyData(TypedDict):
    connector_name: Literal["bitly"]
    settings: BitlySettings

class BlackbaudSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class BlackbaudData(TypedDict):
    connector_name: Literal["blackbaud"]
    settings: BlackbaudSettings

class BoldsignSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class BoldsignData(TypedDict):
    connector_name: Literal["boldsign"]
    settings: BoldsignSettings

class BoxSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class BoxData(TypedDict):
    connector_name: Literal["box"]
    settings: BoxSettings

class BraintreeSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class BraintreeData(TypedDict):
    connector_name: Literal["braintree"]
    settings: BraintreeSettings

class CalendlySettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class CalendlyData(TypedDict):
    connector_name: Literal["calendly"]
    settings: CalendlySettings

class ClickupSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class ClickupData(TypedDict):
    connector_name: Literal["clickup"]
    settings: ClickupSettings

class CloseSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class CloseData(TypedDict):
    connector_name: Literal["close"]
    settings: CloseSettings

class ConfluenceSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class ConfluenceData(TypedDict):
    connector_name: Literal["confluence"]
    settings: ConfluenceSettings

class ContentfulSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    subdomain: str

class ContentfulData(TypedDict):
    connector_name: Literal["contentful"]
    settings: ContentfulSettings

class ContentstackSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    subdomain: str
    appId: str
    apiDomain: str

class ContentstackData(TypedDict):
    connector_name: Literal["contentstack"]
    settings: ContentstackSettings

class CopperSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class CopperData(TypedDict):
    connector_name: Literal["copper"]
    settings: CopperSettings

class CorosSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class CorosData(TypedDict):
    connector_name: Literal["coros"]
    settings: CorosSettings

class DatevSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class DatevData(TypedDict):
    connector_name: Literal["datev"]
    settings: DatevSettings

class DeelSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class DeelData(TypedDict):
    connector_name: Literal["deel"]
    settings: DeelSettings

class DialpadSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class DialpadData(TypedDict):
    connector_name: Literal["dialpad"]
    settings: DialpadSettings

class DigitaloceanSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class DigitaloceanData(TypedDict):
    connector_name: Literal["digitalocean"]
    settings: DigitaloceanSettings

class DiscordSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class DiscordData(TypedDict):
    connector_name: Literal["discord"]
    settings: DiscordSettings

class DocusignSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class DocusignData(TypedDict):
    connector_name: Literal["docusign"]
    settings: DocusignSettings

class DropboxSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class DropboxData(TypedDict):
    connector_name: Literal["dropbox"]
    settings: DropboxSettings

class EbaySettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class EbayData(TypedDict):
    connector_name: Literal["ebay"]
    settings: EbaySettings

class EgnyteSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    subdomain: str

class EgnyteData(TypedDict):
    connector_name: Literal["egnyte"]
    settings: EgnyteSettings

class EnvoySettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class EnvoyData(TypedDict):
    connector_name: Literal["envoy"]
    settings: EnvoySettings

class EventbriteSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class EventbriteData(TypedDict):
    connector_name: Literal["eventbrite"]
    settings: EventbriteSettings

class ExistSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class ExistData(TypedDict):
    connector_name: Literal["exist"]
    settings: ExistSettings

class FacebookSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class FacebookData(TypedDict):
    connector_name: Literal["facebook"]
    settings: FacebookSettings

class FactorialSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class FactorialData(TypedDict):
    connector_name: Literal["factorial"]
    settings: FactorialSettings

class FigmaSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class FigmaData(TypedDict):
    connector_name: Literal["figma"]
    settings: FigmaSettings

class FitbitSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class FitbitData(TypedDict):
    connector_name: Literal["fitbit"]
    settings: FitbitSettings

class FortnoxSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class FortnoxData(TypedDict):
    connector_name: Literal["fortnox"]
    settings: FortnoxSettings

class FreshbooksSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class FreshbooksData(TypedDict):
    connector_name: Literal["freshbooks"]
    settings: FreshbooksSettings

class FrontSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class FrontData(TypedDict):
    connector_name: Literal["front"]
    settings: FrontSettings

class GithubSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class GithubData(TypedDict):
    connector_name: Literal["github"]
    settings: GithubSettings

class GitlabSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class GitlabData(TypedDict):
    connector_name: Literal["gitlab"]
    settings: GitlabSettings

class GongSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    api_base_url_for_customer: str

class GongData(TypedDict):
    connector_name: Literal["gong"]
    settings: GongSettings

class GoogleCalendarSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class GoogleCalendarData(TypedDict):
    connector_name: Literal["google-calendar"]
    settings: GoogleCalendarSettings

class GoogleDocsSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class GoogleDocsData(TypedDict):
    connector_name: Literal["google-docs"]
    settings: GoogleDocsSettings

class GoogleDriveSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class GoogleDriveData(TypedDict):
    connector_name: Literal["google-drive"]
    settings: GoogleDriveSettings

class GoogleMailSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class GoogleMailData(TypedDict):
    connector_name: Literal["google-mail"]
    settings: GoogleMailSettings

class GoogleSheetSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class GoogleSheetData(TypedDict):
    connector_name: Literal["google-sheet"]
    settings: GoogleSheetSettings

class GorgiasSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    subdomain: str

class GorgiasData(TypedDict):
    connector_name: Literal["gorgias"]
    settings: GorgiasSettings

class GrainSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class GrainData(TypedDict):
    connector_name: Literal["grain"]
    settings: GrainSettings

class GumroadSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class GumroadData(TypedDict):
    connector_name: Literal["gumroad"]
    settings: GumroadSettings

class GustoSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class GustoData(TypedDict):
    connector_name: Literal["gusto"]
    settings: GustoSettings

class HarvestSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    appDetails: str

class HarvestData(TypedDict):
    connector_name: Literal["harvest"]
    settings: HarvestSettings

class HighlevelSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class HighlevelData(TypedDict):
    connector_name: Literal["highlevel"]
    settings: HighlevelSettings

class HubspotSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class HubspotData(TypedDict):
    connector_name: Literal["hubspot"]
    settings: HubspotSettings

class InstagramSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class InstagramData(TypedDict):
    connector_name: Literal["instagram"]
    settings: InstagramSettings

class IntercomSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class IntercomData(TypedDict):
    connector_name: Literal["intercom"]
    settings: IntercomSettings

class JiraSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class JiraData(TypedDict):
    connector_name: Literal["jira"]
    settings: JiraSettings

class KeapSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class KeapData(TypedDict):
    connector_name: Literal["keap"]
    settings: KeapSettings

class LeverSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class LeverData(TypedDict):
    connector_name: Literal["lever"]
    settings: LeverSettings

class LinearSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class LinearData(TypedDict):
    connector_name: Literal["linear"]
    settings: LinearSettings

class LinkedinSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class LinkedinData(TypedDict):
    connector_name: Literal["linkedin"]
    settings: LinkedinSettings

class LinkhutSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class LinkhutData(TypedDict):
    connector_name: Literal["linkhut"]
    settings: LinkhutSettings

class MailchimpSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    dc: str

class MailchimpData(TypedDict):
    connector_name: Literal["mailchimp"]
    settings: MailchimpSettings

class MiroSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class MiroData(TypedDict):
    connector_name: Literal["miro"]
    settings: MiroSettings

class MondaySettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class MondayData(TypedDict):
    connector_name: Literal["monday"]
    settings: MondaySettings

class MuralSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class MuralData(TypedDict):
    connector_name: Literal["mural"]
    settings: MuralSettings

class NamelySettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    company: str

class NamelyData(TypedDict):
    connector_name: Literal["namely"]
    settings: NamelySettings

class NationbuilderSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    accountId: str

class NationbuilderData(TypedDict):
    connector_name: Literal["nationbuilder"]
    settings: NationbuilderSettings

class NetsuiteSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    accountId: str

class NetsuiteData(TypedDict):
    connector_name: Literal["netsuite"]
    settings: NetsuiteSettings

class NotionSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class NotionData(TypedDict):
    connector_name: Literal["notion"]
    settings: NotionSettings

class OdooSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    serverUrl: str

class OdooData(TypedDict):
    connector_name: Literal["odoo"]
    settings: OdooSettings

class OktaSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    subdomain: str

class OktaData(TypedDict):
    connector_name: Literal["okta"]
    settings: OktaSettings

class OsuSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class OsuData(TypedDict):
    connector_name: Literal["osu"]
    settings: OsuSettings

class OuraSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class OuraData(TypedDict):
    connector_name: Literal["oura"]
    settings: OuraSettings

class OutreachSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class OutreachData(TypedDict):
    connector_name: Literal["outreach"]
    settings: OutreachSettings

class PagerdutySettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class PagerdutyData(TypedDict):
    connector_name: Literal["pagerduty"]
    settings: PagerdutySettings

class PandadocSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class PandadocData(TypedDict):
    connector_name: Literal["pandadoc"]
    settings: PandadocSettings

class PayfitSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class PayfitData(TypedDict):
    connector_name: Literal["payfit"]
    settings: PayfitSettings

class PaypalSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class PaypalData(TypedDict):
    connector_name: Literal["paypal"]
    settings: PaypalSettings

class PennylaneSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class PennylaneData(TypedDict):
    connector_name: Literal["pennylane"]
    settings: PennylaneSettings

class PinterestSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class PinterestData(TypedDict):
    connector_name: Literal["pinterest"]
    settings: PinterestSettings

class PipedriveSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    api_domain: str

class PipedriveData(TypedDict):
    connector_name: Literal["pipedrive"]
    settings: PipedriveSettings

class PodiumSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    apiVersion: str

class PodiumData(TypedDict):
    connector_name: Literal["podium"]
    settings: PodiumSettings

class ProductboardSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class ProductboardData(TypedDict):
    connector_name: Literal["productboard"]
    settings: ProductboardSettings

class QualtricsSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    subdomain: str

class QualtricsData(TypedDict):
    connector_name: Literal["qualtrics"]
    settings: QualtricsSettings

class QuickbooksSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class QuickbooksData(TypedDict):
    connector_name: Literal["quickbooks"]
    settings: QuickbooksSettings

class RedditSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class RedditData(TypedDict):
    connector_name: Literal["reddit"]
    settings: RedditSettings

class SageSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class SageData(TypedDict):
    connector_name: Literal["sage"]
    settings: SageSettings

class SalesforceSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    instance_url: str

class SalesforceData(TypedDict):
    connector_name: Literal["salesforce"]
    settings: SalesforceSettings

class SalesloftSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class SalesloftData(TypedDict):
    connector_name: Literal["salesloft"]
    settings: SalesloftSettings

class SegmentSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class SegmentData(TypedDict):
    connector_name: Literal["segment"]
    settings: SegmentSettings

class Servicem8Settings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class Servicem8Data(TypedDict):
    connector_name: Literal["servicem8"]
    settings: Servicem8Settings

class ServicenowSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    subdomain: str

class ServicenowData(TypedDict):
    connector_name: Literal["servicenow"]
    settings: ServicenowSettings

class SharepointSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class SharepointData(TypedDict):
    connector_name: Literal["sharepoint"]
    settings: SharepointSettings

class ShopifySettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    subdomain: str

class ShopifyData(TypedDict):
    connector_name: Literal["shopify"]
    settings: ShopifySettings

class SignnowSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class SignnowData(TypedDict):
    connector_name: Literal["signnow"]
    settings: SignnowSettings

class SlackSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class SlackData(TypedDict):
    connector_name: Literal["slack"]
    settings: SlackSettings

class SmartsheetSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class SmartsheetData(TypedDict):
    connector_name: Literal["smartsheet"]
    settings: SmartsheetSettings

class SnowflakeSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    snowflake_account_url: str

class SnowflakeData(TypedDict):
    connector_name: Literal["snowflake"]
    settings: SnowflakeSettings

class SpotifySettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class SpotifyData(TypedDict):
    connector_name: Literal["spotify"]
    settings: SpotifySettings

class SquarespaceSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    customappDescription: str

class SquarespaceData(TypedDict):
    connector_name: Literal["squarespace"]
    settings: SquarespaceSettings

class SquareupSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class SquareupData(TypedDict):
    connector_name: Literal["squareup"]
    settings: SquareupSettings

class StackexchangeSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class StackexchangeData(TypedDict):
    connector_name: Literal["stackexchange"]
    settings: StackexchangeSettings

class StravaSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class StravaData(TypedDict):
    connector_name: Literal["strava"]
    settings: StravaSettings

class TeamworkSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class TeamworkData(TypedDict):
    connector_name: Literal["teamwork"]
    settings: TeamworkSettings

class TicktickSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class TicktickData(TypedDict):
    connector_name: Literal["ticktick"]
    settings: TicktickSettings

class TimelySettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class TimelyData(TypedDict):
    connector_name: Literal["timely"]
    settings: TimelySettings

class TodoistSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class TodoistData(TypedDict):
    connector_name: Literal["todoist"]
    settings: TodoistSettings

class TremendousSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class TremendousData(TypedDict):
    connector_name: Literal["tremendous"]
    settings: TremendousSettings

class TsheetsteamSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class TsheetsteamData(TypedDict):
    connector_name: Literal["tsheetsteam"]
    settings: TsheetsteamSettings

class TumblrSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class TumblrData(TypedDict):
    connector_name: Literal["tumblr"]
    settings: TumblrSettings

class TwinfieldSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    cluster: str

class TwinfieldData(TypedDict):
    connector_name: Literal["twinfield"]
    settings: TwinfieldSettings

class TwitchSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class TwitchData(TypedDict):
    connector_name: Literal["twitch"]
    settings: TwitchSettings

class TwitterSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class TwitterData(TypedDict):
    connector_name: Literal["twitter"]
    settings: TwitterSettings

class TypeformSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class TypeformData(TypedDict):
    connector_name: Literal["typeform"]
    settings: TypeformSettings

class UberSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class UberData(TypedDict):
    connector_name: Literal["uber"]
    settings: UberSettings

class VimeoSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class VimeoData(TypedDict):
    connector_name: Literal["vimeo"]
    settings: VimeoSettings

class WakatimeSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class WakatimeData(TypedDict):
    connector_name: Literal["wakatime"]
    settings: WakatimeSettings

class WealthboxSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class WealthboxData(TypedDict):
    connector_name: Literal["wealthbox"]
    settings: WealthboxSettings

class WebflowSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class WebflowData(TypedDict):
    connector_name: Literal["webflow"]
    settings: WebflowSettings

class WhoopSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class WhoopData(TypedDict):
    connector_name: Literal["whoop"]
    settings: WhoopSettings

class WordpressSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class WordpressData(TypedDict):
    connector_name: Literal["wordpress"]
    settings: WordpressSettings

class WrikeSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    host: str

class WrikeData(TypedDict):
    connector_name: Literal["wrike"]
    settings: WrikeSettings

class XeroSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class XeroData(TypedDict):
    connector_name: Literal["xero"]
    settings: XeroSettings

class YahooSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    apiDomain: str

class YahooData(TypedDict):
    connector_name: Literal["yahoo"]
    settings: YahooSettings

class YandexSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class YandexData(TypedDict):
    connector_name: Literal["yandex"]
    settings: YandexSettings

class ZapierSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class ZapierData(TypedDict):
    connector_name: Literal["zapier"]
    settings: ZapierSettings

class ZendeskSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    subdomain: str

class ZendeskData(TypedDict):
    connector_name: Literal["zendesk"]
    settings: ZendeskSettings

class ZenefitsSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class ZenefitsData(TypedDict):
    connector_name: Literal["zenefits"]
    settings: ZenefitsSettings

class ZohoDeskSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    extension: str

class ZohoDeskData(TypedDict):
    connector_name: Literal["zoho-desk"]
    settings: ZohoDeskSettings

class ZohoSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings
    extension: str

class ZohoData(TypedDict):
    connector_name: Literal["zoho"]
    settings: ZohoSettings

class ZoomSettings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class ZoomData(TypedDict):
    connector_name: Literal["zoom"]
    settings: ZoomSettings

class AirtableSettings(TypedDict):
    apiKey: str
    airtableBase: str

class AirtableData(TypedDict):
    connector_name: Literal["airtable"]
    settings: AirtableSettings

class ApolloSettings(TypedDict):
    api_key: str

class ApolloData(TypedDict):
    connector_name: Literal["apollo"]
    settings: ApolloSettings

class BrexSettings(TypedDict):
    accessToken: str

class BrexData(TypedDict):
    connector_name: Literal["brex"]
    settings: BrexSettings

class CodaSettings(TypedDict):
    apiKey: str

class CodaData(TypedDict):
    connector_name: Literal["coda"]
    settings: CodaSettings

class FinchSettings(TypedDict):
    access_token: str

class FinchData(TypedDict):
    connector_name: Literal["finch"]
    settings: FinchSettings

FirebaseSettings: TypeAlias = Mapping[str, Any]

class FirebaseData(TypedDict):
    connector_name: Literal["firebase"]
    settings: FirebaseSettings

class ForeceiptSettings(TypedDict):
    envName: Literal["staging", "production"]
    _id: NotRequired[Any]
    credentials: NotRequired[Any]

class ForeceiptData(TypedDict):
    connector_name: Literal["foreceipt"]
    settings: ForeceiptSettings

class GreenhouseSettings(TypedDict):
    apiKey: str

class GreenhouseData(TypedDict):
    connector_name: Literal["greenhouse"]
    settings: GreenhouseSettings

class HeronSettings(TypedDict):
    ...

class HeronData(TypedDict):
    connector_name: Literal["heron"]
    settings: HeronSettings

class LunchmoneySettings(TypedDict):
    ...

class LunchmoneyData(TypedDict):
    connector_name: Literal["lunchmoney"]
    settings: LunchmoneySettings

class MercurySettings(TypedDict):
    ...

class MercuryData(TypedDict):
    connector_name: Literal["mercury"]
    settings: MercurySettings

class MergeSettings(TypedDict):
    accountToken: str
    accountDetails: NotRequired[Any]

class MergeData(TypedDict):
    connector_name: Literal["merge"]
    settings: MergeSettings

class MootaSettings(TypedDict):
    ...

class MootaData(TypedDict):
    connector_name: Literal["moota"]
    settings: MootaSettings

class OnebrickSettings(TypedDict):
    accessToken: str

class OnebrickData(TypedDict):
    connector_name: Literal["onebrick"]
    settings: OnebrickSettings

class OpenledgerSettings(TypedDict):
    entity_id: str

class OpenledgerData(TypedDict):
    connector_name: Literal["openledger"]
    settings: OpenledgerSettings

class PlaidSettings(TypedDict):
    accessToken: str
    institution: NotRequired[Any]
    item: NotRequired[Any]
    itemId: NotRequired[str | None]
    status: NotRequired[Any]
    webhookItemError: NotRequired[None]

class PlaidData(TypedDict):
    connector_name: Literal["plaid"]
    settings: PlaidSettings

class PostgresSettings(TypedDict):
    database_url: NotRequired[str]

class PostgresData(TypedDict):
    connector_name: Literal["postgres"]
    settings: PostgresSettings

class RampSettings(TypedDict):
    accessToken: NotRequired[str | None]
    startAfterTransactionId: NotRequired[str | None]

class RampData(TypedDict):
    connector_name: Literal["ramp"]
    settings: RampSettings

class SaltedgeSettings(TypedDict):
    ...

class SaltedgeData(TypedDict):
    connector_name: Literal["saltedge"]
    settings: SaltedgeSettings

class SharepointOnpremSettings(TypedDict):
    username: str
    password: str
    site_url: str

class SharepointOnpremData(TypedDict):
    connector_name: Literal["sharepoint-onprem"]
    settings: SharepointOnpremSettings

class SplitwiseSettings(TypedDict):
    accessToken: str
    currentUser: NotRequired[Mapping[str, Any] | None]

class SplitwiseData(TypedDict):
    connector_name: Literal["splitwise"]
    settings: SplitwiseSettings

class StripeSettings(TypedDict):
    secretKey: str

class StripeData(TypedDict):
    connector_name: Literal["stripe"]
    settings: StripeSettings

class TellerSettings(TypedDict):
    token: str

class TellerData(TypedDict):
    connector_name: Literal["teller"]
    settings: TellerSettings

class TogglSettings(TypedDict):
    apiToken: str
    email: NotRequired[str | None]
    password: NotRequired[str | None]

class TogglData(TypedDict):
    connector_name: Literal["toggl"]
    settings: TogglSettings

class TwentySettings(TypedDict):
    access_token: str

class TwentyData(TypedDict):
    connector_name: Literal["twenty"]
    settings: TwentySettings

class VenmoSettings(TypedDict):
    credentials: NotRequired[Any]
    me: NotRequired[Any]

class VenmoData(TypedDict):
    connector_name: Literal["venmo"]
    settings: VenmoSettings

class WiseSettings(TypedDict):
    envName: Literal["sandbox", "live"]
    apiToken: NotRequired[str | None]

class WiseData(TypedDict):
    connector_name: Literal["wise"]
    settings: WiseSettings

class YodleeSettings(TypedDict):
    loginName: str
    providerAccountId: float | str
    accessToken: NotRequired[Mapping[str, Any] | None]
    provider: NotRequired[None]
    providerAccount: NotRequired[Mapping[str, Any] | None]
    user: NotRequired[None]

class YodleeData(TypedDict):
    connector_name: Literal["yodlee"]
    settings: YodleeSettings

class DummyOauth2Settings(TypedDict):
    oauth: OAuth2Input | OAuth2Settings

class DummyOauth2Data(TypedDict):
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

ConnectorInput: TypeAlias = KnownConnector | ConnectorData | DataclassInstance
