/** Writing first, answers that wait, emoji. */
export const compose = {
  'write.first.channel': 'Канал',
  'write.first.none':
    'Ни один канал не может писать первым. Подключите почту, WhatsApp, SMS, ВКонтакте или свой канал в настройках.',
  'write.first.phone': 'Номер телефона',
  'write.first.address': 'Адрес',
  'write.first.toHelp': 'Введите его или имя, чтобы выбрать контакт.',
  'later.change': 'Изменить время',
  'held.close': 'Отправить, когда напишет, и закрыть',
  'held.closes': 'и закроет диалог',
  'emoji.open': 'Эмодзи',
  'emoji.search': 'Найти эмодзи',
  'emoji.loading': 'Эмодзи загружаются…',
  'emoji.none': 'Ничего не нашлось',
  'keys.ends': 'Первый и последний диалог',
}
