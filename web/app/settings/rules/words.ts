import type { RuleField } from '#/api/rules'
import { type Key, t } from '#/text/text'
import type { Way } from './ops'

/** wayName says how a field is compared, to be read after the field's name. */
export function wayName(field: RuleField | undefined, way: Way): string {
  if (field?.type === 'refs' || field?.type === 'list') {
    if (way === 'contains') return t('way.has')
    if (way === 'not_contains') return t('way.hasNot')
    if (way === 'in') return t('way.hasAny')
    if (way === 'not_in') return t('way.hasNone')
  }
  // A newer server may compare in ways that this page has no word for.
  return way in ways ? t(`way.${way}`) : way.replaceAll('_', ' ')
}

const ways: Record<Way, true> = {
  equals: true,
  not_equals: true,
  contains: true,
  not_contains: true,
  starts_with: true,
  matches: true,
  in: true,
  not_in: true,
  gt: true,
  gte: true,
  lt: true,
  lte: true,
  empty: true,
  not_empty: true,
  after: true,
  before: true,
  less_ago: true,
  more_ago: true,
  in_hours: true,
  out_of_hours: true,
  near: true,
  far: true,
}

/** The first part of a field's name says what it belongs to. */
export function groupName(field: RuleField): string {
  const group = field.name.split('.')[0] ?? ''
  return known(`fieldGroup.${group}`) ?? group
}

/** optionName is a choice in words: a status, a priority. */
export function optionName(value: string): string {
  return known(`option.${value}`) ?? value
}

const words = {
  'fieldGroup.message': () => t('fieldGroup.message'),
  'fieldGroup.conversation': () => t('fieldGroup.conversation'),
  'fieldGroup.contact': () => t('fieldGroup.contact'),
  'fieldGroup.sender': () => t('fieldGroup.sender'),
  'fieldGroup.source': () => t('fieldGroup.source'),
  'fieldGroup.lead': () => t('fieldGroup.lead'),
  'fieldGroup.request': () => t('fieldGroup.request'),
  'fieldGroup.time': () => t('fieldGroup.time'),
  'option.open': () => t('status.open'),
  'option.pending': () => t('status.pending'),
  'option.snoozed': () => t('status.snoozed'),
  'option.closed': () => t('status.closed'),
  'option.low': () => t('priority.low'),
  'option.normal': () => t('priority.normal'),
  'option.high': () => t('priority.high'),
  'option.urgent': () => t('priority.urgent'),
  'option.converted': () => t('option.converted'),
  'option.lost': () => t('option.lost'),
  'option.resolved': () => t('option.resolved'),
} satisfies Record<string, () => string>

function known(name: string): string | undefined {
  return (words as Record<string, (() => string) | undefined>)[name]?.()
}

const actionKeys = {
  reply: 'action.reply',
  send_template: 'action.sendTemplate',
  note: 'action.note',
  assign: 'action.assign',
  set_priority: 'action.setPriority',
  add_label: 'action.addLabel',
  remove_label: 'action.removeLabel',
  set_status: 'action.setStatus',
  create_lead: 'action.createLead',
  create_request: 'action.createRequest',
  webhook: 'action.webhook',
  notify: 'action.notify',
  wait: 'action.wait',
} as const satisfies Record<string, Key>

/** actionName is a type of action; one that is new to this page is shown as it is written. */
export function actionName(type: string): string {
  const key = (actionKeys as Record<string, (typeof actionKeys)[keyof typeof actionKeys] | undefined>)[type]
  return key ? t(key) : type
}

const eventKeys = {
  'message.received': 'trigger.event.received',
  'message.sent': 'trigger.event.sent',
  'conversation.created': 'trigger.event.begun',
  'conversation.closed': 'trigger.event.closed',
  'lead.created': 'trigger.event.lead',
  'request.created': 'trigger.event.request',
  'clock.warned': 'trigger.event.clockWarned',
  'clock.breached': 'trigger.event.clockBreached',
  timer: 'trigger.event.timer',
  schedule: 'trigger.event.schedule',
} as const satisfies Record<string, Key>

export function eventName(event: string): string {
  const key = (eventKeys as Record<string, (typeof eventKeys)[keyof typeof eventKeys] | undefined>)[event]
  return key ? t(key) : event
}

const variableKeys = {
  'contact.name': 'variable.contactName',
  'contact.first_name': 'variable.contactFirstName',
  'conversation.number': 'variable.conversationNumber',
  'conversation.subject': 'variable.conversationSubject',
  'request.number': 'variable.requestNumber',
  'account.name': 'variable.accountName',
  'message.text': 'variable.messageText',
} as const satisfies Record<string, Key>

export function variableName(name: string): string {
  const key = (variableKeys as Record<string, (typeof variableKeys)[keyof typeof variableKeys] | undefined>)[
    name
  ]
  return key ? t(key) : name
}
