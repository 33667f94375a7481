/** Writing first, answers that wait, emoji. */
export const compose = {
  'first.channel': 'Канал',
  'first.none':
    'Ни один канал не может писать первым. Подключите почту, WhatsApp, SMS, ВКонтакте или свой канал в настройках.',
  'first.phone': 'Номер телефона',
  'first.address': 'Адрес',
  'first.toHelp': 'Введите его или имя, чтобы выбрать контакт.',
  'later.change': 'Изменить время',
  'held.close': 'Отправить, когда напишет, и закрыть',
  'held.closes': 'и закроет диалог',
  'emoji.open': 'Эмодзи',
  'emoji.search': 'Найти эмодзи',
  'emoji.loading': 'Эмодзи загружаются…',
  'emoji.none': 'Ничего не нашлось',
  'keys.ends': 'Первый и последний диалог',
}
