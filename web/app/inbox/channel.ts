import type { Account } from '#/api/types'
import { t } from '#/text/text'
import type { IconName } from '#/ui/icons'

const icons: Record<string, IconName> = {
  webchat: 'chat',
  email: 'mail',
  sms: 'phone',
  voice: 'phone',
  form: 'note',
  custom: 'plug',
}

export function channelIcon(kind: string): IconName {
  return icons[kind] ?? 'send'
}

const names: Record<string, () => string> = {
  webchat: () => t('channel.webchat'),
  email: () => t('channel.email'),
  voice: () => t('channel.voice'),
  form: () => t('channel.form'),
  sms: () => 'SMS',
  telegram: () => 'Telegram',
  vk: () => t('channel.vk'),
  whatsapp: () => 'WhatsApp',
  custom: () => t('channel.custom'),
  max: () => 'MAX',
}

/** channelName is what people call a network; the brands' own names need no translation. */
export function channelName(kind: string): string {
  return names[kind]?.() ?? kind.charAt(0).toUpperCase() + kind.slice(1)
}

/** accountName tells accounts of one network apart; it is empty where there is only one of them. */
export function accountName(all: Pick<Account, 'id' | 'kind' | 'name'>[], kind: string, id: string): string {
  const alike = all.filter((account) => account.kind === kind)
  return alike.length > 1 ? (alike.find((account) => account.id === id)?.name ?? '') : ''
}
