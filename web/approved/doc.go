// Package approved is the HTTP side of texts that networks have to approve before they may be sent: their
// lists, and reading these anew. It may use templates, the port's names and web/rest.
//
// Its invariant: nobody sees templates of an account that they may not see.
package approved
