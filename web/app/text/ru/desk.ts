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
  'undo.late': 'Отменить уже нельзя: с тех пор это изменилось или ушло',
  'amend.noteDeleted': 'Заметка удалена',
  'amend.changed': 'Сообщение изменено',
  'contact.changed': 'Контакт изменён',
  'contact.addressAdded': 'Адрес добавлен: {address}',
  'step.moved': 'Перемещено: {text}',
  'step.added': 'Добавлено: {text}',

  'snooze.other': 'До другого времени…',
  'snooze.title': 'Отложить',
  'snooze.help': 'Диалог вернётся в это время или раньше, если клиент напишет.',
  'snooze.confirm': 'Отложить до этого времени',
  'composer.nothingYet': 'Когда что-нибудь написано',
  'people.inviteMails': 'Придёт письмо со ссылкой; скопировать ссылку сможете и вы.',
  'people.inviteLinks': 'Parley пока не отправляет почту: вы получите ссылку и передадите её сами.',

  'event.leadWon': 'Лид стал клиентом',
  'event.leadLost': 'Лид потерян',
  'event.leadLostWhy': 'Лид потерян: {reason}',
  'event.leadReopened': 'Лид снова открыт',
  'event.leadOwner': 'Лид, ответственный: {name}',
  'event.leadChanged': 'Лид изменён',
  'identity.browser': 'браузер на сайте',
  'identity.confirmed': 'Подтверждённый адрес',
  'dryRun.nameless': 'Проба',
  'panel.follows': 'Лид и обращение следуют за диалогом.',
  'panel.leadFollows': 'Лид следует за диалогом.',
  'panel.requestFollows': 'Обращение следует за диалогом.',
  'panel.priorities': 'Приоритет самого диалога, по нему считаются сроки: {priority}',
}
