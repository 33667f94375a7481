export const together = {
  'outbox.newer': 'وردت رسالة أثناء انقطاع الاتصال. لم يُرسل ردك: اطّلع عليها ثم أعد الإرسال.',
  'delivery.waitsForLink': 'بانتظار عودة الاتصال ثم يُرسل',
  'act.takenBy': 'سبقك {name} وأصبحت المحادثة لديه',
  'act.takenFree': 'سبقك غيرك، ولا مسؤول عن المحادثة الآن',
  'session.ended': 'انتهت جلستك',
  'session.endedHelp': 'أدخل كلمة المرور للمتابعة من حيث أنت. كل ما كتبته باقٍ.',
  'session.goOn': 'متابعة',
  'session.other': 'الدخول باسم موظف آخر',
  'version.new': 'جرى تحديث Parley.',
  'version.reload': 'إعادة التحميل',
  'version.help': 'ما تكتبه يبقى محفوظًا.',
}
