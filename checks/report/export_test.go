package report

// ColumnsOf is how the report measures a line.
var ColumnsOf = columnsOf
