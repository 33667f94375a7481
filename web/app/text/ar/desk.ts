import type { desk as en } from '../en/desk'
import type { Phrase } from '../phrase'

export const desk: Record<keyof typeof en, Phrase> = {
  'menu.work': 'هذه المحادثة',
  'menu.forMe': 'لي وحدي',
  'menu.elsewhere': 'إلى من وبماذا ترتبط',

  'act.labelled': 'أُضيف الوسم: {name}',
  'act.unlabelled': 'أُزيل الوسم: {name}',
  'later.moved': 'يُرسل في {time}',
  'draft.fileDropped': 'أُزيل الملف: {name}',
  'draft.otherDropped': 'أُبعدت المسودة الأخرى',
  'undo.late': 'فات أوان التراجع: تغيّر ذلك أو أُرسل منذ ذلك الحين',
  'amend.noteDeleted': 'حُذفت الملاحظة',
  'amend.changed': 'عُدّلت الرسالة',
  'contact.changed': 'عُدّلت جهة الاتصال',
  'contact.addressAdded': 'أُضيف العنوان: {address}',
  'step.moved': 'نُقل: {text}',
  'step.added': 'أُضيف: {text}',

  'snooze.other': 'حتى وقت آخر…',
  'snooze.title': 'تأجيل',
  'snooze.help': 'تعود حينها، أو حالما تكتب جهة الاتصال.',
  'snooze.confirm': 'تأجيل حتى ذلك الوقت',
  'composer.nothingYet': 'بعد كتابة شيء',
  'people.inviteMails': 'تصله رسالة بريد فيها رابط، ويمكنك نسخ الرابط أيضًا.',
  'people.inviteLinks': 'لا يستطيع Parley إرسال البريد بعد: تحصل على رابط تسلّمه بنفسك.',

  'event.leadWon': 'صار العميل المحتمل عميلًا',
  'event.leadLost': 'خُسر العميل المحتمل',
  'event.leadLostWhy': 'خُسر العميل المحتمل: {reason}',
  'event.leadReopened': 'أُعيد فتح العميل المحتمل',
  'event.leadOwner': 'العميل المحتمل، المسؤول: {name}',
  'event.leadChanged': 'عُدّل العميل المحتمل',
  'identity.browser': 'متصفح على الموقع',
  'identity.confirmed': 'عنوان مؤكد',
  'dryRun.nameless': 'تجربة',
  'panel.follows': 'يتبعها العميل المحتمل والطلب.',
  'panel.leadFollows': 'يتبعها العميل المحتمل.',
  'panel.requestFollows': 'يتبعها الطلب.',
  'panel.priorities': 'أولوية المحادثة نفسها، وبها تُحسب المواعيد: {priority}',
}
