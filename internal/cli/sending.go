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
	flags.DurationVar(&f.deadline, "deadline", 3*time.Second, "how long Slack waits for an acknowledgement")
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
	var wrong []string
	note := func(err error) {
		if err != nil {
			wrong = append(wrong, err.Error())
		}
	}
	f.secret = orEnv(f.secret, env("SLACK_SIGNING_SECRET"))
	f.token = orEnv(f.token, env("SLACK_VERIFICATION_TOKEN"))
	f.resolver = &payload.Resolver{Given: map[string]netip.Addr{}}
	for _, text := range f.resolve {
		note(f.give(text))
	}
	var err error
	f.resolver.Server, err = serverAddress("--dns", f.dns)
	note(err)
	public, err := serverAddress("--public-dns", f.publicDNS)
	note(err)
	if public != "" {
		f.public = &payload.Resolver{Server: public}
	}
	for _, text := range f.header {
		field, err := headerField(text)
		note(err)
		f.fields = append(f.fields, field)
	}
	if f.deadline <= 0 {
		wrong = append(wrong, "--deadline must be more than 0")
	}
	if f.timeout <= 0 {
		wrong = append(wrong, "--timeout must be more than 0")
	}
	if len(wrong) > 0 {
		return usageError("%s", strings.Join(wrong, "\n       "))
	}
	return nil
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

func headerField(text string) (payload.HeaderField, error) {
	name, value, ok := strings.Cut(text, ":")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !ok || name == "" || strings.ContainsAny(name, " \t\r\n") || strings.ContainsAny(value, "\r\n\x00") {
		return payload.HeaderField{}, fmt.Errorf("--header %q: want 'Name: value'", text)
	}
	return payload.HeaderField{Name: name, Value: value}, nil
}
