package problem_test

import (
	"fmt"

	"belay/checks/problem"
)

func ExampleFind() {
	p, ok := problem.Find("cert.chain-incomplete")
	fmt.Println(ok, p.Title)
	fmt.Println(p.FixFor("nginx"))
	fmt.Println(p.Shows.User, p.Shows.Confidence)
	// Output:
	// true Slack does not trust this certificate: the server leaves out an intermediate
	// Let ssl_certificate name fullchain.pem, not cert.pem, and run nginx -s reload.
	// ssl_cacert confirmed
}
