const en = {
  chat: 'Chat',
  close: 'Close chat',
  messages: 'Messages',
  write: 'Write a message…',
  send: 'Send',
  attach: 'Attach files',
  remove: 'Remove file',
  drop: 'Drop files here',
  online: 'We are here and will answer shortly',
  away: 'Leave a message, we will answer here',
  offline: 'No connection. What you write is kept.',
  waiting: 'Will be sent when you are back online',
  sending: 'Sending',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  refused: 'Not sent',
  retry: 'Try again',
  edit: 'Take back',
  typing: 'is typing…',
  someone: 'The team',
  you: 'You',
  newer: 'New messages',
  today: 'Today',
  yesterday: 'Yesterday',
  tooBig: 'is larger than',
  empty: 'is empty',
  before: 'Before we start, tell us how to reach you',
  name: 'Your name',
  email: 'E-mail',
  phone: 'Phone',
  begin: 'Start the chat',
  optional: 'optional',
  gone: 'This chat is not available.',
  deleted: 'Message deleted',
  edited: 'edited',
  more: 'What to do with the message',
  react: 'React',
  change: 'Change',
  erase: 'Delete',
  save: 'Save',
  cancel: 'Cancel',
  failed: 'Did not work. Try again.',
}

/** Every text of the chat. */
export type Text = typeof en

const ru: Text = {
  chat: 'Чат',
  close: 'Закрыть чат',
  messages: 'Сообщения',
  write: 'Напишите сообщение…',
  send: 'Отправить',
  attach: 'Прикрепить файлы',
  remove: 'Убрать файл',
  drop: 'Отпустите файлы здесь',
  online: 'Мы на связи и скоро ответим',
  away: 'Оставьте сообщение, мы ответим здесь',
  offline: 'Нет связи. Всё написанное сохранится.',
  waiting: 'Отправим, когда появится связь',
  sending: 'Отправляется',
  sent: 'Отправлено',
  delivered: 'Доставлено',
  read: 'Прочитано',
  refused: 'Не отправлено',
  retry: 'Повторить',
  edit: 'Вернуть в поле ввода',
  typing: 'печатает…',
  someone: 'Команда',
  you: 'Вы',
  newer: 'Новые сообщения',
  today: 'Сегодня',
  yesterday: 'Вчера',
  tooBig: 'больше, чем',
  empty: 'пуст',
  before: 'Прежде чем начать, подскажите, как с вами связаться',
  name: 'Ваше имя',
  email: 'Эл. почта',
  phone: 'Телефон',
  begin: 'Начать чат',
  optional: 'необязательно',
  gone: 'Этот чат недоступен.',
  deleted: 'Сообщение удалено',
  edited: 'изменено',
  more: 'Что сделать с сообщением',
  react: 'Реакция',
  change: 'Изменить',
  erase: 'Удалить',
  save: 'Сохранить',
  cancel: 'Отмена',
  failed: 'Не получилось. Попробуйте ещё раз.',
}

const ar: Text = {
  chat: 'دردشة',
  close: 'إغلاق الدردشة',
  messages: 'الرسائل',
  write: 'اكتب رسالة…',
  send: 'إرسال',
  attach: 'إرفاق ملفات',
  remove: 'إزالة الملف',
  drop: 'أفلت الملفات هنا',
  online: 'نحن هنا وسنرد قريبًا',
  away: 'اترك رسالة وسنرد عليك هنا',
  offline: 'لا اتصال. ما تكتبه يبقى محفوظًا.',
  waiting: 'ستُرسل حين يعود الاتصال',
  sending: 'جارٍ الإرسال',
  sent: 'أُرسلت',
  delivered: 'وصلت',
  read: 'قُرئت',
  refused: 'لم تُرسل',
  retry: 'إعادة المحاولة',
  edit: 'إعادتها إلى حقل الكتابة',
  typing: 'يكتب…',
  someone: 'الفريق',
  you: 'أنت',
  newer: 'رسائل جديدة',
  today: 'اليوم',
  yesterday: 'أمس',
  tooBig: 'أكبر من',
  empty: 'فارغ',
  before: 'قبل أن نبدأ، أخبرنا كيف نتواصل معك',
  name: 'اسمك',
  email: 'البريد الإلكتروني',
  phone: 'الهاتف',
  begin: 'بدء الدردشة',
  optional: 'اختياري',
  gone: 'هذه الدردشة غير متاحة.',
  deleted: 'حُذفت الرسالة',
  edited: 'معدّلة',
  more: 'ماذا تفعل بالرسالة',
  react: 'تفاعل',
  change: 'تعديل',
  erase: 'حذف',
  save: 'حفظ',
  cancel: 'إلغاء',
  failed: 'لم ينجح ذلك. حاول مرة أخرى.',
}

const catalogues: Record<string, Text> = { en, ru, ar }

/** How Intl writes dates and numbers of a language: Arabic with the digits and the calendar of the agents' page. */
export function localeOf(language: string): string {
  return language === 'ar' ? 'ar-u-ca-gregory-hc-h23-nu-latn' : language
}

/** The texts of a language; English for one we do not speak. */
export function textsOf(language: string): Text {
  return catalogues[language] ?? en
}

/**
 * The language to speak: the first of the visitor's wishes (the page's own language leads them) that we speak and the
 * account allows. An account that names no language allows all.
 */
export function chooseLanguage(wishes: readonly string[], allowed: readonly string[]): string {
  const known = allowed.map(base).filter((language) => language in catalogues)
  const choice = known.length > 0 ? known : Object.keys(catalogues)
  return wishes.map(base).find((wish) => choice.includes(wish)) ?? choice[0] ?? 'en'
}

function base(language: string): string {
  return language.toLowerCase().split('-')[0] ?? ''
}
