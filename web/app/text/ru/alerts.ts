import type { alerts as en } from '../en/alerts'
import type { Phrase } from '../phrase'

export const alerts: Record<keyof typeof en, Phrase> = {
  'settings.notifications': 'Уведомления',
  'alerts.unseen': { one: '{n} новое', few: '{n} новых', many: '{n} новых', other: '{n} новых' },

  'alerts.what': 'О чём и как сообщать',
  'alerts.whatHelp': 'Письма приходят, только пока вас нет: одно на диалог, пока вы не вернётесь.',
  'alerts.event': 'Событие',
  'alerts.kind.assigned': 'Вам достался диалог',
  'alerts.kind.message': 'Новое сообщение в вашем диалоге',
  'alerts.kind.mention': 'Коллега упомянул вас через @ в заметке',
  'alerts.kind.warning': 'Срок подходит к концу',
  'alerts.kind.breach': 'Срок нарушен',
  'alerts.kind.escalation': 'Ответить больше некому',
  'alerts.way.badge': 'Значок',
  'alerts.way.sound': 'Звук',
  'alerts.way.push': 'Push',
  'alerts.way.mail': 'Письмо',
  'alerts.cell': '{way}: {kind}',
  'alerts.listen': 'Послушать звук',

  'alerts.browser': 'Push в браузеры',
  'alerts.browserHelp': 'Браузер покажет уведомление, даже если Parley не открыт.',
  'alerts.allow': 'Показывать в этом браузере',
  'alerts.stop': 'Убрать',
  'alerts.try': 'Проверить',
  'alerts.tried': 'Уведомление отправлено. Если оно не появилось, загляните в настройки системы.',
  'alerts.here': 'Этот браузер',
  'alerts.since': 'с {time}',
  'alerts.unsupported':
    'Этот браузер не показывает push. На телефоне сначала добавьте Parley на главный экран.',
  'alerts.blocked': 'Вы запретили этому браузеру уведомления. Разрешите их для этого сайта в его настройках.',
  'alerts.refused': 'Браузер не разрешил.',
  'alerts.quote': 'Показывать, кто написал, и начало текста',
  'alerts.quoteHelp':
    'Иначе в push только событие и номер диалога. То, что показано, видно и на заблокированном экране.',

  'alerts.handed': '{name} передаёт вам диалог: {contact}',
  'alerts.handedNote': '{name} передаёт вам диалог: {contact}. {note}',
  'alerts.open': 'Открыть',
  'inbox.handedBy': 'От: {name}',

  'alerts.quiet': 'Тихие часы',
  'alerts.quietOn': 'В эти часы ничего не звучит и не всплывает; письма ждут их конца',
  'alerts.from': 'С',
  'alerts.to': 'До',
  'alerts.zone': 'Часовой пояс',
}
