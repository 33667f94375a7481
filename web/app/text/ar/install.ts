/** Parley as a program of its own on a phone or a computer. */
export const install = {
  'install.title': 'تثبيت Parley',
  'install.help': 'تصير له أيقونة ونافذة خاصتان، وتعرض الأيقونة عدد الجديد، ويُفتح بلا اتصال.',
  'install.do': 'تثبيت',
  'install.share': 'على iPhone أو iPad: اضغط «مشاركة» في Safari ثم «إضافة إلى الشاشة الرئيسية».',
  'install.menu':
    'ابحث في قائمة المتصفح عن «تثبيت» أو «إضافة إلى الشاشة الرئيسية». لا تتيح ذلك كل المتصفحات.',
} as const
