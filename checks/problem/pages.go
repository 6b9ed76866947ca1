package problem

// The pages of Slack's documentation that explain the rules behind the problems.
const (
	docFAQ           = "https://docs.slack.dev/faq"
	docRequestURLs   = "https://docs.slack.dev/apis/events-api/using-http-request-urls"
	docEvents        = "https://docs.slack.dev/apis/events-api"
	docCommands      = "https://docs.slack.dev/interactivity/implementing-slash-commands"
	docInteractivity = "https://docs.slack.dev/interactivity/handling-user-interaction"
	docSigning       = "https://docs.slack.dev/authentication/verifying-requests-from-slack"
	docInstalling    = "https://docs.slack.dev/authentication/installing-with-oauth"
	docBlockKit      = "https://docs.slack.dev/reference/block-kit"
	docSocketMode    = "https://docs.slack.dev/apis/events-api/using-socket-mode"
	docWebAPI        = "https://docs.slack.dev/apis/web-api"
	docRateLimits    = "https://docs.slack.dev/apis/web-api/rate-limits"
	docMethods       = "https://docs.slack.dev/reference/methods"
	docScopes        = "https://docs.slack.dev/reference/scopes"
	docTokens        = "https://docs.slack.dev/authentication/tokens"
	docWebhooks      = "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks"
	docModals        = "https://docs.slack.dev/surfaces/modals"
	docSelectMenus   = "https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element"
)
