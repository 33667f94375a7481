/** Writing first, answers that wait, emoji. */
export const compose = {
  'first.channel': 'القناة',
  'first.none':
    'لا توجد قناة تستطيع بدء المراسلة. اربط صندوق بريد أو واتساب أو الرسائل القصيرة أو VK أو قناة خاصة من الإعدادات.',
  'first.phone': 'رقم الهاتف',
  'first.address': 'العنوان',
  'first.toHelp': 'اكتبه، أو اكتب اسمًا لاختيار جهة اتصال.',
  'later.change': 'تغيير الوقت',
  'held.close': 'حفظ حتى تكتب ثم إغلاق',
  'held.closes': 'ثم تُغلق المحادثة',
  'emoji.open': 'رموز تعبيرية',
  'emoji.search': 'بحث في الرموز التعبيرية',
  'emoji.loading': 'جارٍ تحميل الرموز…',
  'emoji.none': 'لا توجد رموز مطابقة',
  'keys.ends': 'أول محادثة وآخر محادثة',
}
