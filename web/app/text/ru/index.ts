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
