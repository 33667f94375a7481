package app

import (
	"parley/channels"
	"parley/web"
)

// wireWeb makes the HTTP side.
func (a *App) wireWeb(o Options) (err error) {
	a.Web, err = web.New(web.Deps{
		PublicURL: a.Config.PublicURL, Version: o.Version, Log: a.Log, Now: a.Now,
		Auth: a.Auth, Inbox: a.Inbox, Accounts: a.Accounts, Running: a.Supervisor, Received: a.Store,
		Files: a.Store, Blobs: a.Blobs, Ready: a.Store.Ready, Metrics: a.Metrics,
	})
	return err
}

func (a *App) startLive() {}
func (a *App) stopLive()  {}
func (a *App) wakeLive()  {}

// visitorTyping shows the visitor of a chat that an agent is writing.
func (a *App) visitorTyping(account channels.AccountID, chat, name string) {}
