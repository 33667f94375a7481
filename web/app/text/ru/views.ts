import type { views as en } from '../en/views'
import type { Phrase } from '../phrase'

export const views: Record<keyof typeof en, Phrase> = {
  'settings.views': 'Списки',
  'view.manage': 'Составить список',
  'view.help':
    'Список собирает диалоги по условиям. Он стоит в меню у тех, для кого сделан, и показывает каждому только то, что ему доступно.',
  'view.add': 'Новый список',
  'view.none': 'Списков пока нет',
  'view.noneHelp': 'Сделайте список того, что ищете каждый день: «срочные без ответа», «заказы за сегодня».',
  'view.namePlaceholder': 'Срочные без ответа',
  'view.shows': 'Показывает диалоги, для которых',
  'view.always': 'Условий нет: все диалоги.',
  'view.removed': 'Список «{name}» удалён',
  'view.now': 'Сейчас в списке',
  'view.unfinished': 'Допишите условия, и здесь появится содержимое списка.',
  'view.count': {
    one: '{n} диалог',
    few: '{n} диалога',
    many: '{n} диалогов',
    other: '{n} диалога',
  },
  'view.countNone': 'Сейчас ни одного',
  'view.countFar': 'Среди последних ни одного; возможно, есть раньше',
  'view.countMore': 'и ещё раньше',
  'list.looking': 'Ищем раньше…',
  'list.lookFurther': 'Искать раньше',
  'empty.saved': 'Сейчас здесь пусто',
  'empty.savedHelp': 'Диалоги появятся сами, как только подойдут под условия этого списка.',
}
