package payload_test

import (
	"fmt"
	"net/url"
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
