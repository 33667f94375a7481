import { useAgentName, useLabels, usePipelines, useTeams } from '#/api/queries'
import type { TimelineEntry } from '#/api/types'
import { type Key, listed, t, words } from '#/text/text'
import { fullTime } from '#/text/time'
import { saidOf } from './clock-words'
import { leadEntry } from './timeline-lead'
import { markEntry } from './timeline-marks'
import { contactEntry, mergeEntry } from './timeline-merge'
import { requestEntry } from './timeline-request'

/** useEntryText puts a timeline entry into words. A type that is new to this page is shown by its name. */
export function useEntryText(): (entry: TimelineEntry) => string {
  const agentName = useAgentName()
  const teams = useTeams()
  const labels = useLabels()
  const pipelines = usePipelines()

  return (entry) => {
    const data = entry.data ?? {}
    const to = text(data.to)
    const marked = markEntry(entry.type, data, agentName)
    if (marked !== undefined) return marked
    switch (entry.type) {
      case 'status':
        if (to === 'snoozed') return t('event.snoozed', { time: fullTime(text(data.until)) })
        return t('event.status', { status: known('status', to) })
      case 'assignment':
        return to
          ? t('event.assigned', { name: agentName(to) || text(data.name) || to })
          : t('event.unassigned')
      case 'team': {
        const team = teams.find((item) => item.id === to)?.name
        if (data.deleted === true) return t('event.teamDeleted', { name: text(data.name) })
        return to ? t('event.team', { name: team ?? t('event.teamGone') }) : t('event.noTeam')
      }
      case 'priority':
        return t('event.priority', { priority: known('priority', to) })
      case 'label': {
        const ids = Array.isArray(data.to) ? data.to.map(String) : []
        const names = labels.filter((label) => ids.includes(label.id)).map((label) => label.name)
        return names.length > 0 ? t('event.labels', { names: listed(names) }) : t('event.noLabels')
      }
      case 'lead': {
        const stages = pipelines.flatMap((pipeline) => pipeline.stages)
        return leadEntry(data, { agent: agentName, stage: (id) => stages.find((one) => one.id === id)?.name })
      }
      case 'request':
        return requestEntry(data, agentName)
      case 'contact':
        return contactEntry(data)
      case 'merge':
        return mergeEntry(data)
      case 'unscheduled':
        return t('event.unscheduled', { text: text(data.text) })
      case 'suppression':
        if (entry.data.lifted !== true) return t('event.stopped', { word: text(data.word) })
        return text(data.word) ? t('event.startedWord', { word: text(data.word) }) : t('event.started')
      case 'edited':
      case 'deleted':
      case 'restored':
        return amended(entry.type, data)
      case 'answered':
        return t(entry.data.no_answer_needed === false ? 'event.waitsAgain' : 'event.noAnswer')
      case 'intake_rule':
        return intakeRule(entry.data)
      case 'routing':
        return routed(data, agentName, (id) => teams.find((team) => team.id === id)?.name)
      case 'clock.warned':
      case 'clock.breached':
        return t(entry.type, {
          metric: saidOf(`clock.${text(data.metric)}`),
          time: fullTime(text(data.due_at)),
          policy: text(data.policy),
        })
      default:
        return entry.type
    }
  }
}

/** amended says what became of a message, or of a note. */
export function amended(type: 'edited' | 'deleted' | 'restored', data: TimelineEntry['data']): string {
  if (data.note !== true || type === 'restored') return t(`amend.${type}`, { was: text(data.was) })
  return type === 'deleted' ? t('amend.noteDeleted') : t('amend.noteEdited', { was: text(data.was) })
}

/** intakeRule says what a rule of intake did: it shaped a conversation, or rejected a message. */
function intakeRule(data: TimelineEntry['data']): string {
  const name = String(data.name ?? '')
  if (data.rejected !== true) return t('event.intakeRule', { name })
  const unsent = data.unsent as Partial<Record<string, string>> | undefined
  if (!unsent) return t('event.rejected', { name })
  return t('event.rejectedUnsent', { name, why: words(unsent) })
}

/** routed says who was given a conversation, why, and who was passed over and why. */
function routed(
  data: TimelineEntry['data'],
  agentName: (id: string) => string | undefined,
  teamName: (id: string) => string | undefined,
): string {
  const passed = (Array.isArray(data.passed) ? data.passed : []).map((one: Record<string, unknown>) => {
    const id = text(one.agent_id)
    return `${agentName(id) || id} (${saidOf(`routing.why.${text(one.reason)}`)})`
  })
  const name = agentName(text(data.agent_id)) || text(data.agent_id)
  const why = saidOf(`routing.why.${text(data.reason)}`)
  const over = listed(passed)
  if (data.reason === 'overflow') {
    const team = teamName(text(data.team_id)) ?? t('event.teamGone')
    return t('routing.overflow', { team, passed: over || why })
  }
  if (!name)
    return data.offered ? t('routing.offered', { why }) : t('routing.nobody', { passed: over || why })
  return t('routing.to', { name, why }) + (over ? t('routing.passed', { passed: over }) : '')
}

function text(value: unknown): string {
  const known = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  return known === '0' ? '' : known
}

function known(group: 'status' | 'priority', value: string): string {
  const names =
    group === 'status' ? ['open', 'pending', 'snoozed', 'closed'] : ['low', 'normal', 'high', 'urgent']
  return names.includes(value)
    ? t(`${group}.${value}` as Extract<Key, 'status.open' | 'priority.low'>)
    : value
}
