package checks

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"slices"
	"strings"

	"belay/simulator/payload"
)

// inspectors are products that put a certificate of their own in place of the
// server's, by what stands in lower case in the names of their authorities.
var inspectors = []struct{ sign, name string }{
	{"zscaler", "Zscaler"},
	{"netskope", "Netskope"},
	{"goskope", "Netskope"},
	{"fortinet", "Fortinet"},
	{"fortigate", "Fortinet"},
	{"palo alto", "Palo Alto Networks"},
	{"globalprotect", "Palo Alto Networks"},
	{"prisma access", "Palo Alto Networks"},
	{"blue coat", "Blue Coat"},
	{"bluecoat", "Blue Coat"},
	{"cisco umbrella", "Cisco Umbrella"},
	{"opendns", "Cisco Umbrella"},
	{"check point", "Check Point"},
	{"forcepoint", "Forcepoint"},
	{"websense", "Forcepoint"},
	{"skyhigh", "Skyhigh"},
	{"mcafee web gateway", "Skyhigh"},
	{"barracuda", "Barracuda"},
	{"sonicwall", "SonicWall"},
	{"watchguard", "WatchGuard"},
	{"cato networks", "Cato Networks"},
	{"iboss", "iboss"},
	{"menlo security", "Menlo Security"},
	{"cloudflare managed g1", "Cloudflare Gateway"},
	{"gateway ca - cloudflare", "Cloudflare Gateway"},
	{"sophos", "Sophos"},
	{"kaspersky", "Kaspersky"},
	{"avast", "Avast"},
	{"avg technologies", "AVG"},
	{"eset ssl filter", "ESET"},
	{"bitdefender", "Bitdefender"},
	{"adguard", "AdGuard"},
	{"trend micro", "Trend Micro"},
	{"mitmproxy", "mitmproxy"},
	{"charles proxy", "Charles"},
	{"fiddler", "Fiddler"},
	{"portswigger", "Burp"},
	{"http toolkit", "HTTP Toolkit"},
	{"proxyman", "Proxyman"},
}

// privateIssuers make certificates that no public list of roots vouches for, by
// how a name of theirs begins in lower case.
var privateIssuers = []string{
	"mkcert ", "caddy local authority", "(staging)", "fake le ", "minikube", "kubernetes",
	"laravel valet", "puma-dev", "asp.net core", "localhost", "step-ca", "smallstep",
	"superfish", "edellroot", "dsdtestprovider", "acme co",
}

// publicOrganisations run public authorities, by what stands in lower case in the
// names of what they issue with.
var publicOrganisations = []string{
	"let's encrypt", "internet security research group", "isrg", "digicert", "geotrust", "rapidssl", "thawte",
	"sectigo", "comodo", "usertrust", "zerossl", "globalsign", "google trust services", "amazon",
	"godaddy", "starfield", "entrust", "ssl.com", "ssl corp", "buypass", "certum", "asseco", "actalis",
	"harica", "hellenic academic", "identrust", "quovadis", "swisssign", "microsoft", "apple",
	"cloudflare", "telekom security", "t-systems", "d-trust", "trustwave", "certigna", "certsign",
	"geant", "gandi", "twca", "taiwan-ca", "microsec", "network solutions", "trustasia", "wotrus",
	"emsign", "emudhra", "chunghwa", "secom", "cybertrust", "firmaprofesional", "telia",
}

// lowerName is the common name and the organisations, to look for a sign in.
func lowerName(n pkix.Name) string {
	return strings.ToLower(shorten(n.CommonName) + "\n" + shorten(strings.Join(n.Organization, "\n")))
}

func looksPublic(n pkix.Name) bool {
	name := lowerName(n)
	return !isPrivate(n) && slices.ContainsFunc(publicOrganisations, func(sign string) bool {
		return strings.Contains(name, sign)
	})
}

// isPrivate reports an authority that is for developers, or a TLS inspector's.
func isPrivate(n pkix.Name) bool {
	name := lowerName(n)
	return inspectorNamed(n) != "" || slices.ContainsFunc(privateIssuers, func(sign string) bool {
		return strings.Contains("\n"+name, "\n"+sign)
	})
}

func inspectorNamed(n pkix.Name) string {
	name := lowerName(n)
	for _, i := range inspectors {
		if strings.Contains(name, i.sign) {
			return i.name
		}
	}
	return ""
}

// inspectorOf is the TLS inspector that issued a certificate of the chain, or "".
func inspectorOf(chain []*x509.Certificate) string {
	for _, c := range chain {
		if name := inspectorNamed(c.Issuer); name != "" {
			return name
		}
	}
	return ""
}

// machineChain leads to a root that this machine trusts, or is nil.
func (s *Session) machineChain(v *chainVerdict) []*x509.Certificate {
	if s.Target.MachineRoots == nil {
		return nil
	}
	roots, err := s.Target.MachineRoots()
	if err != nil || roots == nil {
		return nil
	}
	chain, _ := v.verify(roots, nil, v.times())
	return chain
}

// isInspected reports that the network of this machine answered: the chain leads
// to a root that only this machine knows, and DNS says that the name is a public
// server's. Whoever gave the address by hand knows where it leads.
func (s *Session) isInspected(ctx context.Context, v *chainVerdict) bool {
	if s.Target.Local || v.machine == nil || signsItself(v.leaf) || v.completedHere() {
		return false
	}
	root := v.machine[len(v.machine)-1]
	if inspectorOf(v.machine) == "" && looksPublic(root.Subject) {
		return false
	}
	resolution := s.lookUp(ctx)
	private, _ := firstPrivate(resolution.Addresses)
	return resolution.Source == payload.SourceDNS && len(resolution.Addresses) > 0 && !private.IsValid()
}

// inspectorText says whose root it is.
func (v *chainVerdict) inspectorText() string {
	root := subjectOf(v.machine[len(v.machine)-1])
	if name := inspectorOf(v.machine); name != "" {
		return "the chain ends in " + root + ", with which " + name + " inspects TLS; only this machine trusts it"
	}
	return "the name leads to a public address, and the chain to " + root + ", which this machine trusts and Mozilla's list of roots does not hold"
}
