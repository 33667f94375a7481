/** What people keep: labels, quick replies, macros, triggers, views, intake rules, keys. */
export async function keep(story) {
  const { api, support, people, chat, hours } = story
  story.labels = {}
  for (const [name, color] of [
    ['VIP', '#7c3aed'],
    ['Refund', '#b91c1c'],
    ['Опт', '#0f766e'],
    ['Доставка в регионы России и СНГ', '#1d4ed8'],
    ['شكوى', '#b45309'],
  ])
    story.labels[name] = (await api('POST', '/labels', { name, color })).id

  for (const reply of [
    {
      name: 'Delivery',
      shortcut: 'delivery',
      folder: 'Orders',
      text: 'Your order {{ ask: "order number" }} is on its way, {{ contact.name | default: "dear guest" }}.',
    },
    {
      name: 'Здравствуйте',
      shortcut: 'привет',
      folder: 'Приветствия',
      language: 'ru',
      text: '{{ time.greeting }}, {{ contact.name }}! Чем можем помочь?',
    },
    {
      name: 'How we brew, told at some length for those who ask for it',
      shortcut: 'brew',
      text: 'Water of 80 degrees, two minutes for the first infusion, a little longer for each that follows.',
    },
    { shortcut: 'bye', text: 'Have a good evening! 🍵' },
    { name: 'شكرا', shortcut: 'thanks', language: 'ar', text: 'شكرا لتواصلك معنا!' },
  ])
    await api('POST', '/quick-replies', { scope: 'all', ...reply })

  await api('POST', '/macros', {
    name: 'Refund: label, urgent, to the lead',
    scope: 'all',
    actions: [
      { type: 'add_label', label_id: story.labels.Refund },
      { type: 'set_priority', priority: 'urgent' },
      { type: 'assign', agent_id: people.dmitri.id },
    ],
  })
  await api('POST', '/macros', {
    name: 'Ждём клиента',
    scope: 'team',
    team_id: support.id,
    actions: [{ type: 'set_status', status: 'pending' }],
  })

  story.trigger = await api('POST', '/triggers', {
    name: 'Whoever asks for wholesale gets a label and a note',
    enabled: true,
    event: 'message.received',
    conditions: {
      any: [
        { field: 'message.text', op: 'contains', value: 'wholesale' },
        { field: 'message.text', op: 'contains', value: 'опт' },
      ],
    },
    actions: [
      { type: 'add_label', label_id: story.labels['Опт'] },
      { type: 'note', text: 'Ask for the company and the volume.' },
      { type: 'wait', minutes: 60, unless: 'answered' },
      { type: 'set_priority', priority: 'high' },
    ],
  })
  await api('POST', '/triggers', {
    name: 'Ночью: ответить, что мы спим',
    enabled: false,
    event: 'conversation.created',
    conditions: { field: 'time.now', op: 'not_within_hours', value: hours.id },
    actions: [{ type: 'reply', text: 'We are asleep now and answer from nine.' }],
  })

  story.view = await api('POST', '/views', {
    name: 'Wholesale, waiting for an answer',
    scope: 'all',
    sort: 'oldest',
    conditions: {
      all: [
        { field: 'conversation.labels', op: 'in', value: [story.labels['Опт']] },
        { field: 'conversation.unanswered', op: 'equals', value: true },
      ],
    },
  })
  await api('POST', '/views', {
    name: 'Срочные и важные',
    conditions: { field: 'conversation.priority', op: 'in', value: ['urgent', 'high'] },
  })
  await api('POST', `/accounts/${chat.id}/intake-rules`, {
    name: 'Job seekers open no lead',
    conditions: { field: 'message.text', op: 'contains', value: 'vacancy' },
    // biome-ignore lint/suspicious/noThenProperty: the API calls it so
    then: { no_lead: true, priority: 'low' },
  })
  await api('POST', '/api-keys', { name: 'Warehouse', scopes: ['conversations:read', 'contacts:read'] })
  await api('POST', '/api-keys', { name: 'Everything, for the migration', scopes: [] })
}
