export const networks = {
  'settings.quarantine': 'Карантин',
  'settings.templates': 'Шаблоны сетей',

  'quarantine.help':
    'Всё, что пришло и не удалось разобрать, хранится здесь как есть. Ничего не удаляется, пока вы не решите.',
  'quarantine.empty': 'Здесь пусто',
  'quarantine.emptyHelp': 'Всё, что пришло, удалось разобрать.',
  'quarantine.gone': 'Канал удалён',
  'quarantine.retry': 'Прочитать ещё раз',
  'quarantine.look': 'Посмотреть',
  'quarantine.download': 'Скачать',
  'quarantine.longer': 'Это начало. Скачайте, чтобы увидеть остальное.',
  'quarantine.discard': 'Отбросить',
  'quarantine.discardDo': 'Да, отбросить',
  'quarantine.discardMeans':
    'Событие уйдёт из этого списка и через две недели забудется. Во входящие оно не попадёт.',
  'quarantine.open': 'Открыть диалог',
  'quarantine.became.message': 'Это сообщение, оно теперь во входящих.',
  'quarantine.became.echo': 'Это ответ, данный в другом месте; он теперь в своём диалоге.',
  'quarantine.became.historic': 'Это старое сообщение, оно теперь в своём диалоге.',
  'quarantine.became.receipt': 'Это известие о вашем сообщении.',
  'quarantine.became.duplicate': 'Оно уже было здесь: ничего не добавлено.',
  'quarantine.became.quarantined': 'Сохранить снова не удалось.',
  'quarantine.became.other': 'Событие разобрано и принято.',
  'quarantine.badge': 'В карантине: {count}',

  'template.help':
    'Тексты, которые сеть одобряет заранее; их можно отправить, когда окно для свободных ответов закрыто. Создавайте и подавайте их на проверку в кабинете сети: здесь этого пока нельзя.',
  'template.noChannels': 'Ни у одного канала нет шаблонов',
  'template.noChannelsHelp':
    'Подключите WhatsApp, указав номер бизнес-аккаунта, и его шаблоны появятся здесь.',
  'template.read': 'Как их показала сеть: {time}',
  'template.neverRead': 'Список ещё не читали',
  'template.failed': 'Список не удалось прочитать ({time}): {reason}',
  'template.noneHere': 'Сеть не показывает ни одного шаблона.',
  'template.reason': 'Причина: {reason}',
  'template.file.image': 'Над текстом стоит картинка.',
  'template.file.video': 'Над текстом стоит видео.',
  'template.file.document': 'Над текстом стоит документ.',

  'origin.title': 'Откуда пришёл диалог',
  'origin.page': 'Страница',
  'origin.referrer': 'Переход с',
  'origin.utm.source': 'Источник',
  'origin.utm.medium': 'Канал',
  'origin.utm.campaign': 'Кампания',
  'origin.utm.term': 'Ключевое слово',
  'origin.utm.content': 'Содержание',

  'stop.said':
    'Клиент попросил больше не писать ему сюда: «{word}», {time}. Ничего не отправляется, пока он не передумает или вы не снимете запрет.',
  'stop.sure': 'Снимайте, только если клиент согласился. Он может попросить снова в любой момент.',
  'stop.lift': 'Снять запрет',
  'stop.badge': 'Не писать: {channel}',
  'event.stopped': 'Просит больше не писать: «{word}»',
  'event.startedWord': 'Снова ждёт сообщений: «{word}»',
  'event.started': 'Снова можно писать',
} as const
