package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"belay/simulator/payload"
)

// maxBody bounds a body that is signed or verified.
const maxBody = 32 << 20

// signing are the flags of sign.
type signing struct {
	secret, timestamp string
}

func newSign(world IO) *cobra.Command {
	f := &signing{}
	c := &cobra.Command{
		Use:   "sign [FILE]",
		Short: "Signs a body as Slack does, offline",
		Long: strings.TrimSpace(`
Reads a body from the file, or from standard input, and prints the two headers that
make it a request of Slack's.`),
		Example: strings.TrimLeft(`
  belay sign body.txt > headers.txt && curl -H @headers.txt --data-binary @body.txt URL
  printf %s 'token=x&command=%2Fdeploy' | belay sign`, "\n"),
		RunE: func(_ *cobra.Command, args []string) error { return f.run(world, args) },
	}
	c.Flags().StringVar(&f.secret, "signing-secret", "", "the app's signing secret (better: SLACK_SIGNING_SECRET)")
	c.Flags().StringVar(&f.timestamp, "timestamp", "", "sign for this time, in `SECONDS` since 1970 (default now)")
	return c
}

func (f *signing) run(world IO, args []string) error {
	secret, err := needSecret(f.secret, world)
	if err != nil {
		return err
	}
	if f.timestamp == "" {
		f.timestamp = payload.Timestamp(time.Now())
	}
	if _, err := strconv.ParseInt(f.timestamp, 10, 64); err != nil {
		return usageError("--timestamp %s: want a number of seconds", f.timestamp)
	}
	body, err := readBody(world, args)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(world.Stdout, "%s: %s\n%s: %s\n",
		payload.TimestampHeader, f.timestamp,
		payload.SignatureHeader, payload.Sign(secret, f.timestamp, body))
	return err
}

func needSecret(flag string, world IO) (payload.Secret, error) {
	secret := orEnv(flag, world.Env("SLACK_SIGNING_SECRET"))
	if secret == "" {
		e := usageError("there is no signing secret")
		e.hint = "set SLACK_SIGNING_SECRET: Basic Information → App Credentials, in the app's settings"
		return "", e
	}
	return payload.Secret(secret), nil
}

// readBody takes the bytes as they are: a line break at the end belongs to them.
func readBody(world IO, args []string) ([]byte, error) {
	if len(args) > 1 {
		return nil, usageError("only one file can be read, and got %d", len(args))
	}
	in := world.Stdin
	if len(args) == 1 && args[0] != "-" {
		file, err := os.Open(args[0])
		if err != nil {
			return nil, usageError("read the body: %v", err)
		}
		defer file.Close()
		in = file
	}
	if in == nil {
		return nil, usageError("there is no body to read")
	}
	body, err := io.ReadAll(io.LimitReader(in, maxBody+1))
	if err == nil && len(body) > maxBody {
		err = errors.New("it is larger than 32 MiB")
	}
	if err != nil {
		return nil, usageError("read the body: %v", err)
	}
	return body, nil
}
