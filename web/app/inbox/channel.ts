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
