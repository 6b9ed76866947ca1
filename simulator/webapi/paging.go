package webapi

// paging says where a page stands in lists that have no cursor.
//
// https://docs.slack.dev/apis/web-api/pagination#classic
type paging struct {
	Count int `json:"count"`
	Total int `json:"total"`
	Page  int `json:"page"`
	Pages int `json:"pages"`
}

// pages cuts a list to the page that page and count ask for.
func pages[T any](r *Request, all []T) ([]T, paging) {
	count := min(max(r.number("count", 100), 1), 1000)
	at := max(r.number("page", 1), 1)
	p := paging{Count: count, Total: len(all), Page: at, Pages: (len(all) + count - 1) / count}
	from := min((at-1)*count, len(all))
	return all[from:min(from+count, len(all))], p
}
