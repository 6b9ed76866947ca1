package checks

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"belay/simulator/payload"
)

// The bounds of what is fetched from authorities.
const (
	maxFetched    = 1 << 20
	fetchPatience = 3 * time.Second
)

// plainURLs are the first http URLs of a certificate. Authorities use nothing else
// (Baseline Requirements section 7.1.2.11.2): TLS would need a certificate again.
func plainURLs(all []string, most int) []string {
	var plain []string
	for _, text := range all {
		u, err := url.Parse(text)
		if err == nil && u.Scheme == "http" && u.Host != "" && u.User == nil && len(plain) < most {
			plain = append(plain, text)
		}
	}
	return plain
}

// fetch asks somebody whom a certificate names, which its holder chose: only over
// http, within bounds, without following redirects, and not on private addresses
// unless the target is there as well. A body makes it a POST.
func (s *Session) fetch(ctx context.Context, from, contentType string, body []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchPatience)
	defer cancel()
	method := http.MethodGet
	if body != nil {
		method = http.MethodPost
	}
	request, err := http.NewRequestWithContext(ctx, method, from, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", "belay")
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	s.asking("asking " + request.URL.Host)
	response, err := s.plainClient().Do(request)
	if err != nil {
		return nil, plainError(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("it answers %d", response.StatusCode)
	}
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxFetched+1))
	if err == nil && len(answer) > maxFetched {
		err = errors.New("its answer is larger than 1 MiB")
	}
	return answer, err
}

// plainError leaves out the method and URL, which net/http puts before what went
// wrong.
func plainError(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("it does not answer within %s", fetchPatience)
	}
	return err
}

func (s *Session) plainClient() *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			DialContext: s.dialAuthority, DisableKeepAlives: true, DisableCompression: true,
			MaxResponseHeaderBytes: payload.MaxHead,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// dialAuthority connects to the first address of a name that answers, as the
// target's resolver and dialer have it.
func (s *Session) dialAuthority(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return nil, err
	}
	found := s.Target.Resolver.Resolve(ctx, host, uint16(number))
	if found.Err != nil {
		return nil, found.Err
	}
	if private, why := firstPrivate(found.Addresses); private.IsValid() && found.Source != payload.SourceGiven && !s.nearby() {
		return nil, fmt.Errorf("%s leads to %s (%s), which is not asked on behalf of a public app", host, private, why)
	}
	err = payload.ErrNoAddress
	for _, ip := range found.Addresses {
		conn, failed := s.dial(ctx, network, net.JoinHostPort(ip.String(), port))
		if failed == nil {
			return conn, nil
		}
		err = failed
	}
	return nil, err
}
