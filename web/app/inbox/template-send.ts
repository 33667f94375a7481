import { messages as api } from '#/api/inbox'
import { Problem } from '#/api/problem'
import type { ID, NewMessage, TemplateUse } from '#/api/types'
import { putMessage } from '#/live/change'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { errorText } from './actions'
import { unsent } from './mail/first-try'
import type { SendTemplate } from './template-picker'

/** What was sent and not answered, by person and conversation: a dialog that is closed and opened again goes on with it. */
const unanswered = new Map<string, NewMessage>()

/**
 * templateSender sends approved templates in a conversation, beside whatever is being written. What became of one is known
 * before the next has a key of its own: pressed again after a lost answer, it leaves once.
 */
export function templateSender(conversation: ID): SendTemplate {
  return async (template) => {
    const place = `${inbox.state.me}.${conversation}`
    const before = unanswered.get(place)
    const tried = again(before, template) ?? fresh(conversation, template, before?.client_id)
    unanswered.set(place, tried)
    try {
      const stored = await api.send(conversation, tried)
      inbox.change((state) => putMessage(state, stored))
      unanswered.delete(place)
      return null
    } catch (error) {
      const fate = unsent(error)
      if (fate !== 'unknown') unanswered.delete(place)
      if (fate === 'maybe') return { '': t('write.maybe') }
      return { '': errorText(error), ...(error instanceof Problem ? error.fields : {}) }
    }
  }
}

/** The same once more, word for word: the server compares what comes under one key. */
const again = (tried: NewMessage | undefined, template: TemplateUse): NewMessage | undefined =>
  JSON.stringify(tried?.template) === JSON.stringify(template) ? tried : undefined

const fresh = (conversation: ID, template: TemplateUse, key: string = crypto.randomUUID()): NewMessage => ({
  kind: 'reply',
  text: '',
  attachments: [],
  template,
  draft_version: 0,
  client_id: key,
  seen_seq: inbox.state.threads.get(conversation)?.items.at(-1)?.seq ?? 0,
  undo_seconds: 0,
  close: false,
})
