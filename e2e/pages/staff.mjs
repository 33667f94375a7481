import { apiOf } from '../lib/api.mjs'

export const password = 'kettle on the porch'

/** Who works here: names of every length and script. */
const staff = {
  anna: { name: 'Анна Смирнова', role: 'agent', presence: 'online', language: 'ru' },
  dmitri: {
    name: 'Дмитрий Константинопольский-Воскресенский',
    role: 'lead',
    presence: 'busy',
    language: 'ru',
  },
  lena: { name: 'Lena Fischer', role: 'agent', presence: 'away' },
  yusuf: { name: 'يوسف الراشد', role: 'agent', presence: 'online' },
  sofia: { name: 'Sofia Rossi', role: 'marketer', presence: 'offline' },
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri']
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString()

/** People, teams, hours, promises and absences. */
export async function hire(story) {
  const { api, url } = story
  story.people = {}
  story.as = {}
  for (const [who, more] of Object.entries(staff)) {
    const email = `${who}@tea.example`
    story.people[who] = await api('POST', '/agents', {
      language: 'en',
      capacity: 12,
      ...more,
      email,
      password,
    })
    story.as[who] = await apiOf(url, { email, password })
  }
  const { anna, dmitri, lena, yusuf, sofia } = story.people
  const hours = await api('POST', '/schedules', {
    name: 'Shop and phone',
    time_zone: 'Europe/Moscow',
    intervals: weekdays.flatMap((day) => [
      { day, from: '09:00', to: '13:00' },
      { day, from: '14:00', to: '18:00' },
    ]),
    holidays: [
      { date: '2027-01-01', name: 'Новый год' },
      { date: '2027-05-09', name: 'Victory Day' },
    ],
  })
  await api('POST', '/schedules', {
    name: 'Around the clock, wholesale partners only',
    time_zone: 'Asia/Dubai',
    intervals: [...weekdays, 'sat', 'sun'].map((day) => ({ day, from: '00:00', to: '24:00' })),
  })
  story.support = await api('POST', '/teams', {
    name: 'Support',
    member_ids: [anna.id, lena.id, yusuf.id],
    strategy: 'manual',
    head_id: dmitri.id,
    schedule_id: hours.id,
  })
  story.wholesale = await api('POST', '/teams', {
    name: 'Оптовые клиенты и партнёры',
    member_ids: [dmitri.id, sofia.id],
    strategy: 'even_turns',
    timeout_seconds: 300,
    overflow_team_id: story.support.id,
  })
  story.policy = await api('POST', '/sla-policies', {
    name: 'Half an hour for the first answer',
    first_response_minutes: 30,
    next_response_minutes: 120,
    resolution_minutes: 2880,
    warn_at_percent: 75,
    conditions: {},
  })
  await api('POST', '/sla-policies', {
    name: 'Оптовые клиенты: быстрее всех',
    first_response_minutes: 10,
    schedule_id: hours.id,
    conditions: { field: 'conversation.priority', op: 'in', value: ['high', 'urgent'] },
  })
  await api('POST', '/absences', { agent_id: lena.id, deputy_id: anna.id, from: inDays(-1), to: inDays(6) })
  await api('POST', '/absences', { agent_id: yusuf.id, from: inDays(12), to: inDays(26) })
  await api('POST', '/invitations', {
    email: 'a.very.long.address.of.somebody@wholesale-partners.example',
    name: 'Мария-Антуанетта',
    role: 'agent',
    team_ids: [story.support.id],
  })
  story.hours = hours
}
