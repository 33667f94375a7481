import { t } from '#/text/text'

/** What the page knows of people and stages, to name them. */
interface Names {
  agent: (id: string) => string | undefined
  stage: (id: string) => string | undefined
}

/** leadEntry says what happened to a lead: it came, was won, lost or taken up again, moved, given to somebody, or deleted. */
export function leadEntry(data: Record<string, unknown>, { agent, stage }: Names): string {
  if (data.deleted === true) return t('event.leadDeleted')
  const reason = text(data.lost_reason)
  switch (data.to) {
    case 'converted':
      return t('event.leadWon')
    case 'open':
      return t('event.leadReopened')
    case 'lost': {
      if (!reason) return t('event.leadLost')
      const said = reason === 'duplicate' ? t('lead.reason.duplicate') : reason
      return t('event.leadLostWhy', { reason: said })
    }
  }
  const to = stage(text(data.stage_id))
  if (to) return t('event.leadStage', { stage: to })
  if ('to_owner_id' in data)
    return t('event.leadOwner', { name: agent(text(data.to_owner_id)) || t('act.nobody') })
  return t(Object.keys(data).some((name) => name !== 'lead_id') ? 'event.leadChanged' : 'event.lead')
}

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''
