package egress

// JudgeForTest says what an address is.
var JudgeForTest = judge
