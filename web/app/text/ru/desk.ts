import type { desk as en } from '../en/desk'
import type { Phrase } from '../phrase'

export const desk: Record<keyof typeof en, Phrase> = {
  'menu.work': 'Этот диалог',
  'menu.forMe': 'Только для меня',
  'menu.elsewhere': 'Кому и к чему',

  'act.labelled': 'Метка поставлена: {name}',
  'act.unlabelled': 'Метка снята: {name}',
  'later.moved': 'Уйдёт {time}',
  'draft.fileDropped': 'Файл убран: {name}',
  'draft.otherDropped': 'Другой черновик убран',
  'amend.noteDeleted': 'Заметка удалена',
  'amend.changed': 'Сообщение изменено',
  'contact.changed': 'Контакт изменён',
  'contact.addressAdded': 'Адрес добавлен: {address}',
  'step.moved': 'Перемещено: {text}',
  'step.added': 'Добавлено: {text}',
}
