import type { desk as en } from '../en/desk'
import type { Phrase } from '../phrase'

export const desk: Record<keyof typeof en, Phrase> = {
  'menu.work': 'Этот диалог',
  'menu.forMe': 'Только для меня',
  'menu.elsewhere': 'Кому и к чему',
}
