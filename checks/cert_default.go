package checks

import (
	"crypto/x509"
	"slices"
	"strings"
)

// A placeholder is the certificate that a server shows for want of the right one.
type placeholder struct {
	// sign is the common name or the organisation, in lower case.
	sign string
	// whose it is, and how to replace it.
	whose, fix string
}

// placeholders are those that servers make at their first start, or come with.
var placeholders = []placeholder{
	{
		"kubernetes ingress controller fake certificate", "the Kubernetes ingress controller (ingress-nginx)",
		"Name the host and a Secret with its certificate under spec.tls of the Ingress, in the same namespace, and look at kubectl describe ingress and at cert-manager for why the Secret is missing.",
	},
	{
		"traefik default cert", "Traefik",
		"Give the router of this host a tls.certResolver, or list a certificate for the host under tls.certificates.",
	},
	{"plesk", "Plesk", "Secure the domain under Websites & Domains, SSL/TLS Certificates in Plesk, which gets a certificate of Let's Encrypt."},
	{"parallels panel", "Parallels Plesk", "Secure the domain under Websites & Domains, SSL/TLS Certificates in Plesk, which gets a certificate of Let's Encrypt."},
	{"dynamiclistener-org", "k3s or Rancher", "Point the name at the Ingress and not at the cluster's own port, and name a Secret with the host's certificate under spec.tls."},
	{"someorganization", "Apache, from its package", "Let SSLCertificateFile and SSLCertificateKeyFile of the virtual host name the host's own certificate, and run apachectl graceful."},
	{"snake oil, ltd", "Apache's mod_ssl", "Let SSLCertificateFile and SSLCertificateKeyFile of the virtual host name the host's own certificate, and run apachectl graceful."},
	{"invalid2.invalid", "Google's front end", "Map the custom domain to the service (gcloud run domain-mappings create), and wait until its certificate is issued."},
}

// ngrokDomains are those under which ngrok's own certificates stand.
var ngrokDomains = []string{"ngrok.io", "ngrok.com", "ngrok.app", "ngrok.dev", "ngrok-free.app", "ngrok-free.dev", "ngrok.pizza", "ngrok.pro"}

// orPlaceholder says whose placeholder it is that does not name the host, or leaves
// the result as it is.
func orPlaceholder(r Result, c *x509.Certificate) Result {
	for _, p := range placeholders {
		if isCalled(c, p.sign) {
			return asPlaceholder(p)
		}
	}
	if onlyNgrok(c) {
		return asPlaceholder(placeholder{
			whose: "ngrok, for its own domains (" + listNames(hostNames(c)) + ")",
			fix:   "Start the tunnel with ngrok http --url HOST, with the domain that is entered at Slack, and wait until ngrok's dashboard shows its certificate as issued.",
		})
	}
	return r
}

func asPlaceholder(p placeholder) Result {
	r := found("cert.default", "the placeholder of %s", p.whose)
	r.Problem.Fix = p.fix
	return r
}

func isCalled(c *x509.Certificate, sign string) bool {
	return slices.ContainsFunc(append(slices.Clone(c.Subject.Organization), c.Subject.CommonName), func(name string) bool {
		return strings.EqualFold(name, sign)
	})
}

func onlyNgrok(c *x509.Certificate) bool {
	for _, name := range c.DNSNames {
		of := func(domain string) bool { return underDomain(strings.ToLower(name), domain) }
		if !slices.ContainsFunc(ngrokDomains, of) {
			return false
		}
	}
	return len(c.DNSNames) > 0
}
