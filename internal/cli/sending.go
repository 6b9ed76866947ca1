package cli

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"belay/simulator/payload"
)

// slackDeadline is how long Slack waits for an acknowledgement.
const slackDeadline = 3 * time.Second

// sending are the flags of whatever sends to an app.
type sending struct {
	secret, token    string
	deadline         time.Duration
	timeout          time.Duration
	local            bool
	resolve          []string
	dns, publicDNS   string
	caFile           string
	header           []string
	resolver, public *payload.Resolver
	fields           []payload.HeaderField
}

func (f *sending) register(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&f.secret, "signing-secret", "", "the app's signing secret (better: SLACK_SIGNING_SECRET)")
	flags.StringVar(&f.token, "verification-token", "", "the app's deprecated verification token (SLACK_VERIFICATION_TOKEN)")
	flags.StringVar(&f.token, "validation-token", "", "the same under its other name")
	_ = flags.MarkHidden("validation-token")
	flags.DurationVar(&f.deadline, "deadline", slackDeadline, "how long Slack waits for an acknowledgement")
	flags.DurationVar(&f.timeout, "timeout", 20*time.Second, "how long everything together may take")
	flags.BoolVar(&f.local, "local", false, "the target is on this machine or network: no rules about public addresses, https and public CAs")
	flags.StringArrayVar(&f.resolve, "resolve", nil, "use ADDR for HOST and PORT, as `HOST:PORT:ADDR`; the address is not judged")
	flags.StringVar(&f.dns, "dns", "", "ask this name server, as `ADDR:PORT`")
	flags.StringVar(&f.publicDNS, "public-dns", "", "compare with this public name server, as `ADDR:PORT`")
	flags.StringVar(&f.caFile, "ca-file", "", "trust the roots in this PEM `FILE` besides Mozilla's")
	flags.StringArrayVar(&f.header, "header", nil, "send this header as well, as `'K: V'`")
}

// parse reads what the flags hold, and says everything that is wrong with them.
func (f *sending) parse(env func(string) string) error {
	var wrong mistakes
	f.secret = orEnv(f.secret, env("SLACK_SIGNING_SECRET"))
	f.token = orEnv(f.token, env("SLACK_VERIFICATION_TOKEN"))
	f.resolver = &payload.Resolver{Given: map[string]netip.Addr{}}
	for _, text := range f.resolve {
		wrong.note(f.give(text))
	}
	var err error
	f.resolver.Server, err = serverAddress("--dns", f.dns)
	wrong.note(err)
	public, err := serverAddress("--public-dns", f.publicDNS)
	wrong.note(err)
	if public != "" {
		f.public = &payload.Resolver{Server: public}
	}
	for n, text := range f.header {
		field, ok := headerField(text)
		// The text is not repeated: it may be a secret.
		wrong.when(!ok, "--header, the %s: want 'Name: value'", ordinal(n+1))
		f.fields = append(f.fields, field)
	}
	wrong.when(f.deadline <= 0, "--deadline must be more than 0")
	wrong.when(f.timeout <= 0, "--timeout must be more than 0")
	return wrong.err()
}

// ordinal is a small number as people count.
func ordinal(n int) string {
	words := []string{"first", "second", "third"}
	if n <= len(words) {
		return words[n-1]
	}
	return fmt.Sprintf("%dth", n)
}

func orEnv(flag, env string) string {
	if flag != "" {
		return flag
	}
	return env
}

// give reads HOST:PORT:ADDR; the address may be IPv6, in brackets or not.
func (f *sending) give(text string) error {
	parts := strings.SplitN(text, ":", 3)
	if len(parts) < 3 {
		return fmt.Errorf("--resolve %s: want HOST:PORT:ADDR, as in bot.example.com:443:127.0.0.1", text)
	}
	port, err := strconv.ParseUint(parts[1], 10, 16)
	if err != nil || port == 0 {
		return fmt.Errorf("--resolve %s: %q is not a port", text, parts[1])
	}
	address, err := netip.ParseAddr(strings.Trim(parts[2], "[]"))
	if err != nil {
		return fmt.Errorf("--resolve %s: %q is not an address", text, parts[2])
	}
	f.resolver.Given[fmt.Sprintf("%s:%d", strings.ToLower(parts[0]), port)] = address
	return nil
}

// serverAddress takes an address with or without its port.
func serverAddress(flag, text string) (string, error) {
	if text == "" {
		return "", nil
	}
	if address, err := netip.ParseAddr(strings.Trim(text, "[]")); err == nil {
		return net.JoinHostPort(address.String(), "53"), nil
	}
	if _, err := netip.ParseAddrPort(text); err != nil {
		return "", fmt.Errorf("%s %s: want an address and a port, as in 9.9.9.9:53", flag, text)
	}
	return text, nil
}

func headerField(text string) (payload.HeaderField, bool) {
	name, value, ok := strings.Cut(text, ":")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !ok || name == "" || strings.ContainsAny(name, " \t\r\n") || strings.ContainsAny(value, "\r\n\x00") {
		return payload.HeaderField{}, false
	}
	return payload.HeaderField{Name: name, Value: value}, true
}
