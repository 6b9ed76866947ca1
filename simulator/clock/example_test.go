package clock_test

import (
	"fmt"
	"time"

	"belay/simulator/clock"
)

func Example() {
	c := clock.At(time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC))
	retry := c.After(time.Minute)
	c.Advance(6 * time.Minute)
	fmt.Println((<-retry).Format(time.TimeOnly), c.Now().Format(time.TimeOnly))
	// Output: 18:01:00 18:06:00
}
