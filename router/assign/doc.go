// Package assign decides who answers: it hands conversations of teams to their members,
// passes them on when nobody answers, and lets a deputy stand in for who is away.
//
// A conversation waits to be handed out as long as it is open, unanswered, of a team that
// hands out, and of nobody; that is all the queue there is. Board.Choose decides about one
// of them without a database. Service.Round hands out what waits, in one transaction per
// batch under one lock for all nodes, and Waker calls it.
//
// It may import inbox, inbox/*, router, router/sla and internal/fault. The invariants it guards: no
// conversation is handed out twice; nobody is given more than their capacity, nor while
// they are away; who has waited longest is served first; and every decision says who got
// it, why, and who was passed over.
package assign
