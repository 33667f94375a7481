package outbox

// Judge is judge.
var Judge = judge
