/** Writing first, answers that wait, emoji. */
export const compose = {
  'write.first.channel': 'القناة',
  'write.first.none':
    'لا توجد قناة تستطيع بدء المراسلة. اربط صندوق بريد أو واتساب أو الرسائل القصيرة أو VK أو قناة خاصة من الإعدادات.',
  'write.first.phone': 'رقم الهاتف',
  'write.first.address': 'العنوان',
  'write.first.toHelp': 'اكتبه، أو اكتب اسمًا لاختيار جهة اتصال.',
  'later.change': 'تغيير الوقت',
  'held.close': 'حفظ حتى تكتب ثم إغلاق',
  'held.closes': 'ثم تُغلق المحادثة',
  'emoji.open': 'رموز تعبيرية',
  'emoji.search': 'بحث بالاسم الإنجليزي',
  'emoji.loading': 'جارٍ تحميل الرموز…',
  'emoji.none': 'لا توجد رموز مطابقة. أسماء الرموز بالإنجليزية.',
  'keys.ends': 'أول محادثة وآخر محادثة',
}
