import { alerts } from './alerts'
import { amend } from './amend'
import { duty } from './duty'
import { entry } from './entry'
import { inbox } from './inbox'
import { mail } from './mail'
import { mailbox } from './mailbox'
import { networks } from './networks'
import { quick } from './quick'
import { records } from './records'
import { routing } from './routing'
import { rules } from './rules'
import { search } from './search'
import { settings } from './settings'
import { shell } from './shell'
import { sla } from './sla'
import { teams } from './teams'
import { views } from './views'

/** English is the source: its keys and parameters are the types every other catalogue must meet. */
export default {
  ...shell,
  ...alerts,
  ...duty,
  ...sla,
  ...teams,
  ...entry,
  ...inbox,
  ...amend,
  ...mail,
  ...mailbox,
  ...networks,
  ...quick,
  ...records,
  ...routing,
  ...rules,
  ...search,
  ...settings,
  ...views,
} as const
