import { type Key, t } from './text'

/** What networks hand over without words, as the adapters write it down: in two languages, since they do not know who will read it. */
const said = {
  '▶️ Бот снова запущен · The bot was started again': 'said.botStarted',
  '⛔ Бот остановлен · The bot was stopped': 'said.botStopped',
  '▶️ Сообщения сообщества разрешены · Messages from the community were allowed': 'said.messagesAllowed',
  '⛔ Сообщения сообщества запрещены · Messages from the community were forbidden': 'said.messagesForbidden',
  'Звонок в WhatsApp · WhatsApp call': 'said.call',
  'Контакт разрешил звонки · The contact allowed calls': 'said.callsAllowed',
  'Контакт не разрешил звонки · The contact did not allow calls': 'said.callsForbidden',
  'Звонки · Calls': 'said.calls',
  'Рекламные сообщения · Marketing messages': 'said.marketing',
  'Заказ · Order': 'said.order',
  'Товар · Product': 'said.product',
  'Форма · Form': 'said.form',
  'Файл · File': 'said.file',
  'WhatsApp не передаёт такое сообщение: попросите прислать его текстом или файлом · WhatsApp does not hand over this message: ask for it as text or a file':
    'said.unknown',
} as const satisfies Record<string, Key>

const pairs = Object.entries(said)

/** inOneLanguage says in the reader's language what an adapter wrote in two; what people wrote comes back as it is. */
export function inOneLanguage(text: string): string {
  if (!text.includes(' · ')) return text
  const [pair, key] = pairs.find(([begin]) => text.startsWith(begin)) ?? []
  return pair && key ? t(key) + text.slice(pair.length) : text
}
