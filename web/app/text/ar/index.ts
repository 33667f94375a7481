import type { Catalogue } from '../text'
import { actions } from './actions'
import { alerts } from './alerts'
import { amend } from './amend'
import { compose } from './compose'
import { desk } from './desk'
import { duty } from './duty'
import { entry } from './entry'
import { guide } from './guide'
import { inbox } from './inbox'
import { install } from './install'
import { mail } from './mail'
import { mailbox } from './mailbox'
import { networks } from './networks'
import { people } from './people'
import { quick } from './quick'
import { records } from './records'
import { routing } from './routing'
import { rules } from './rules'
import { search } from './search'
import { settings } from './settings'
import { shell } from './shell'
import { sla } from './sla'
import { teams } from './teams'
import { together } from './together'
import { views } from './views'

/*
 * Modern Standard Arabic. Buttons are verbal nouns (حفظ، إرسال), instructions address one person
 * (اختر، اكتب), quotations stand in «», digits are 0-9 (docs/decisions.md). One word per thing:
 *
 * conversation محادثة، محادثات · message رسالة، رسائل · answer, reply رد، ردود · note ملاحظة ·
 * inbox صندوق الوارد · contact جهة اتصال، جهات الاتصال (feminine) · client عميل · lead عميل محتمل،
 * عملاء محتملون · request طلب، طلبات · order طلبية · stage مرحلة · owner, assignee, responsible المسؤول ·
 * assign إسناد، مسندة · team فريق، فرق · head of a team رئيس · colleague زميل، زملاء · agent موظف ·
 * administrator مدير · team lead قائد فريق · deputy نائب · absence غياب · label وسم، وسوم · priority أولوية ·
 * status حالة: open مفتوحة، pending بانتظار جهة الاتصال، snoozed مؤجلة، closed مغلقة · snooze تأجيل ·
 * merge دمج · separate, split فصل · link ربط · spam رسائل مزعجة · pin تثبيت · follow متابعة · mention إشارة ·
 * channel قناة، قنوات (connect ربط) · mailbox صندوق بريد · network شبكة · site chat دردشة الموقع ·
 * form نموذج · template قالب، قوالب · quick reply رد سريع · draft مسودة · attachment, file ملف ·
 * signature توقيع · macro ماكرو، وحدات ماكرو · trigger مشغّل، مشغّلات · rule قاعدة · condition شرط ·
 * action إجراء · webhook ويب هوك · schedule, business hours ساعات العمل · deadline موعد نهائي · policy سياسة ·
 * clock on hold موقوف مؤقتًا · view قائمة مخصصة · filter عامل تصفية · board لوحة · table جدول ·
 * quarantine الحجر · suppression منع الرسائل · notification إشعار · push إشعار فوري · badge شارة ·
 * settings الإعدادات · profile الملف الشخصي · sign in تسجيل الدخول · undo تراجع · search بحث.
 */
export default {
  ...shell,
  ...actions,
  ...alerts,
  ...compose,
  ...desk,
  ...duty,
  ...sla,
  ...teams,
  ...entry,
  ...inbox,
  ...guide,
  ...together,
  ...amend,
  ...install,
  ...mail,
  ...mailbox,
  ...networks,
  ...quick,
  ...people,
  ...records,
  ...routing,
  ...rules,
  ...search,
  ...settings,
  ...views,
} satisfies Catalogue
