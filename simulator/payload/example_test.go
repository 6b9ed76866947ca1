package payload_test

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"belay/simulator/payload"
)

func ExampleDelivery_Request() {
	u, _ := url.Parse("https://bot.example.com/slack/commands")
	r := payload.Delivery{
		Kind:   payload.SSLCheck,
		Fields: payload.SSLCheck.Fields(payload.Scene{Token: "xyzz0WbapA4vBCDEFasx0q6G"}),
		URL:    u,
		Time:   time.Unix(1531420618, 0),
	}.Request()
	fmt.Println(r.Method, r.Target)
	fmt.Println(string(r.Body))
	// Output:
	// POST /slack/commands
	// ssl_check=1&token=xyzz0WbapA4vBCDEFasx0q6G
}

func ExampleFindKind() {
	kind, err := payload.FindKind("event app_mentoin")
	fmt.Println(kind.Name, strings.Split(err.Error(), "?")[0])
	kind, _ = payload.FindKind("event app_mention")
	fmt.Println(kind.Name)
	// Output:
	// unknown event type "app_mentoin": did you mean app_mention
	// event app_mention
}

func ExampleObject_Set() {
	fields := payload.Command.Fields(payload.Scene{Text: "prod"})
	fields, _ = fields.Set("user_id", "U123")
	fmt.Println(fields.Text("user_id"), fields.Text("text"))
	// Output: U123 prod
}
