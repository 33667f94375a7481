package app

import (
	"context"

	"parley/accounts"
	"parley/channels"
	"parley/inbox/actor"
	"parley/internal/store"
)

// firstChannel is what the channel that is made at the first start is called.
const firstChannel = "Website"

// firstNames are those of every installation, by the language of its first administrator.
var firstNames = map[string]struct {
	leads, site string
	stages      []store.Renamed
}{
	"ru": {"Лиды", "Сайт", []store.Renamed{
		{From: "New", To: "Новый"}, {From: "In progress", To: "В работе"}, {From: "Qualified", To: "Подтверждён"},
		{From: "Converted", To: "Стал клиентом"}, {From: "Lost", To: "Потерян"},
	}},
	"ar": {"العملاء المحتملون", "الموقع", []store.Renamed{
		{From: "New", To: "جديد"}, {From: "In progress", To: "قيد المتابعة"}, {From: "Qualified", To: "مؤهّل"},
		{From: "Converted", To: "صار عميلًا"}, {From: "Lost", To: "خسرناه"},
	}},
}

// named says in the first administrator's language what every installation begins with. What
// somebody has called otherwise keeps its name. Nothing depends on it, so a failure is logged
// alone and the English names stay.
func (a *App) named(ctx context.Context, language string) {
	names, known := firstNames[language]
	if !known {
		return
	}
	if err := a.Store.NameStages(ctx, store.Renamed{From: "Leads", To: names.leads}, names.stages); err != nil {
		a.Log.Error("first names not set", "error", err)
	}
	list, err := a.Accounts.List(ctx, actor.System())
	if err != nil {
		a.Log.Error("first names not set", "error", err)
		return
	}
	for _, account := range list {
		if account.Kind != channels.KindWebchat || account.Name != firstChannel {
			continue
		}
		name := names.site
		if _, err := a.Accounts.Patch(ctx, actor.System(), account.ID, accounts.Patch{Name: &name}); err != nil {
			a.Log.Error("first names not set", "account_id", account.ID, "error", err)
		}
	}
}
