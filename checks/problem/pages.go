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
	docModals        = "https://docs.slack.dev/surfaces/modals"
	docSelectMenus   = "https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element"
)
