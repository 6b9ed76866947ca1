package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"belay/simulator/payload"
)

// verifying are the flags of verify.
type verifying struct {
	secret, signature, timestamp, at string
}

func newVerify(world IO) *cobra.Command {
	f := &verifying{}
	c := &cobra.Command{
		Use:   "verify [FILE]",
		Short: "Verifies a signed body, offline, and says which part is wrong",
		Long: strings.TrimSpace(`
Reads a body from the file, or from standard input, and verifies it as an app should:
the form of the headers, the timestamp, the secret and the body. Exits with 1 when it
is not verified, and says which part is wrong, where it can know.`),
		Example: strings.TrimLeft(`
  belay verify body.txt --signature v0=a211… --timestamp 1531420618 --at 1531420618`, "\n"),
		RunE: func(_ *cobra.Command, args []string) error { return f.run(world, args) },
	}
	flags := c.Flags()
	flags.StringVar(&f.secret, "signing-secret", "", "the app's signing secret (better: SLACK_SIGNING_SECRET)")
	flags.StringVar(&f.signature, "signature", "", "the value of X-Slack-Signature")
	flags.StringVar(&f.timestamp, "timestamp", "", "the value of X-Slack-Request-Timestamp")
	flags.StringVar(&f.at, "at", "", "verify as of this time, in `SECONDS` since 1970, or sent for the timestamp's own (default now)")
	return c
}

func (f *verifying) run(world IO, args []string) error {
	secret, err := needSecret(f.secret, world)
	if err != nil {
		return err
	}
	now, err := f.now()
	if err != nil {
		return err
	}
	body, err := readBody(world, args)
	if err != nil {
		return err
	}
	wrong := payload.Diagnose(secret, f.signature, f.timestamp, body, now)
	if len(wrong) == 0 {
		_, err := fmt.Fprintln(world.Stdout, "verified: Slack signed these bytes with this secret")
		return err
	}
	for _, m := range wrong {
		fmt.Fprintf(world.Stdout, "%s: %s\n", m.Part, m.Text)
	}
	return exitError{code: exitFound}
}

// now is when the request is verified.
func (f *verifying) now() (time.Time, error) {
	switch f.at {
	case "":
		return time.Now(), nil
	case "sent":
		f.at = f.timestamp
	}
	seconds, err := strconv.ParseInt(f.at, 10, 64)
	if err != nil {
		return time.Time{}, usageError("--at %s: want a number of seconds, or sent", f.at)
	}
	return time.Unix(seconds, 0), nil
}
