import { conversationOf } from './talk.mjs'

/** Moves some leads and requests on, so that every column of the boards has cards. */
export async function records(story) {
  const { api, people } = story
  const [pipeline] = await api('GET', '/pipelines')
  const leads = (await api('GET', '/leads?limit=100&status=open')).items
  const stages = pipeline.stages.filter((stage) => stage.kind === 'open')
  // Whose lead is looked at while it is open.
  const stays = ({ contact_name }) => contact_name === 'Nadia'
  leads.sort((one, other) => Number(stays(other)) - Number(stays(one)))
  for (const [at, lead] of leads.entries()) {
    if (at % 5 === 4)
      await api('PATCH', `/leads/${lead.id}`, { status: 'lost', lost_reason: 'Too expensive for them' })
    else if (at % 5 === 3) await api('POST', `/leads/${lead.id}/convert`)
    else
      await api('PATCH', `/leads/${lead.id}`, {
        stage_id: stages[at % stages.length].id,
        owner_id: people.anna.id,
      })
  }
  const requests = (await api('GET', '/requests?limit=100')).items
  const ways = [
    { priority: 'urgent', due_at: new Date(Date.now() - 7_200_000).toISOString(), owner_id: people.anna.id },
    {
      status: 'pending',
      priority: 'high',
      subject: 'Чайник пришёл без крышки, а две чашки с трещиной: обменять или вернуть деньги',
    },
    { status: 'resolved', resolution: 'A new lid was sent', owner_id: people.lena.id },
    { due_at: new Date(Date.now() + 86_400_000).toISOString(), type: 'claim' },
    {},
  ]
  for (const [at, request] of requests.entries()) {
    const way = ways[at % ways.length]
    if (Object.keys(way).length) await api('PATCH', `/requests/${request.id}`, way)
  }
  story.talks = {}
  for (const [key, name] of Object.entries({
    ivan: 'Ivan Sokolov',
    mail: 'Marguerite Dubois',
    merged: 'Lena Fischer',
    phone: '+79005556677',
    arabic: 'ليلى حداد',
    bot: 'Anna Petrova',
    later: 'Ольга Белова',
    closed: 'Tom Becker',
    visitor: 'Nadia',
    whatsapp: 'Boris',
  }))
    story.talks[key] = await conversationOf(story, name)
}
