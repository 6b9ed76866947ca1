package simulator

// ControlRoutes are the control API's, as METHOD /PATH.
func ControlRoutes() []string {
	var all []string
	for _, r := range controlRoutes() {
		all = append(all, r.method+" /"+r.path)
	}
	return all
}
