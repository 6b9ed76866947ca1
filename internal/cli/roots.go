package cli

import (
	"crypto/x509"
	"errors"
	"fmt"
	"os"

	"golang.org/x/crypto/x509roots/fallback/bundle"

	"belay/checks"
)

// slackRoots are the authorities that Slack is held to trust: Mozilla's list, whose
// constraints are kept, and those of the file.
func slackRoots(file string) (*x509.CertPool, error) {
	pool := x509.NewCertPool()
	for root := range bundle.Roots() {
		certificate, err := x509.ParseCertificate(root.Certificate)
		if err != nil {
			continue
		}
		if root.Constraint != nil {
			pool.AddCertWithConstraint(certificate, root.Constraint)
			continue
		}
		pool.AddCert(certificate)
	}
	if file == "" {
		return pool, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read --ca-file: %w", err)
	}
	added := checks.ReadRoots(text)
	if len(added) == 0 {
		return nil, errors.New("read --ca-file: " + file + " holds no PEM certificate")
	}
	for _, root := range added {
		pool.AddCert(root)
	}
	return pool, nil
}
