package fault

// Hostile is a little of everything: what an app must live with on a bad day.
func Hostile() []Fault {
	return all(
		"jitter=300ms,probability=0.2", "ratelimited=1s,probability=0.05", "server_error=503,probability=0.03",
		"slack_error=internal_error,probability=0.03", "dropped,probability=0.02", "truncated,probability=0.01",
		"slow_body=1s,probability=0.02",
	)
}

// Outage is a Slack that is not there.
func Outage() []Fault { return all("server_error=503,method=*") }

// ParseAll reads a fault, or the name of a preset, hostile or outage.
func ParseAll(text string) ([]Fault, error) {
	switch text {
	case "hostile":
		return Hostile(), nil
	case "outage":
		return Outage(), nil
	}
	f, err := Parse(text)
	if err != nil {
		return nil, err
	}
	return []Fault{f}, nil
}

// all are the faults of texts that are ours.
func all(texts ...string) []Fault {
	var faults []Fault
	for _, text := range texts {
		f, err := Parse(text)
		if err != nil {
			panic("fault: " + err.Error())
		}
		faults = append(faults, f)
	}
	return faults
}
