import type { desk as en } from '../en/desk'
import type { Phrase } from '../phrase'

export const desk: Record<keyof typeof en, Phrase> = {
  'menu.work': 'هذه المحادثة',
  'menu.forMe': 'لي وحدي',
  'menu.elsewhere': 'إلى من وبماذا ترتبط',
}
