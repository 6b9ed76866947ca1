package blockkit_test

import (
	. "github.com/onsi/ginkgo/v2"
)

var _ = Describe("A task", func() {
	plan := `{"type":"plan","title":"a","tasks":[%]}`

	DescribeTable("keeps its rules", func(block, message, pointer string) {
		refused(block, message, pointer)
	},
		Entry("a plan's title", `{"type":"plan"}`, "missing required field: title", "/blocks/0"),
		Entry("a plan's title that is a string", `{"type":"plan","title":`+plain("a")+`}`, "must provide a string", "/blocks/0/title"),
		Entry("a task's id", within(plan, `{"title":"a"}`), "missing required field: task_id", "/blocks/0/tasks/0"),
		Entry("a task's title that is a string", `{"type":"task_card","task_id":"1","title":`+plain("a")+`}`, "must provide a string", "/blocks/0/title"),
		Entry("a task's status", within(plan, `{"task_id":"1","title":"a","status":"done"}`), "must be a valid enum value", "/blocks/0/tasks/0/status"),
	)
})
