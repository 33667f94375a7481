import type { Catalogue } from '../text'
import { entry } from './entry'
import { inbox } from './inbox'
import { mail } from './mail'
import { mailbox } from './mailbox'
import { networks } from './networks'
import { quick } from './quick'
import { records } from './records'
import { routing } from './routing'
import { rules } from './rules'
import { settings } from './settings'
import { shell } from './shell'
import { views } from './views'

export default {
  ...shell,
  ...entry,
  ...inbox,
  ...mail,
  ...mailbox,
  ...networks,
  ...quick,
  ...records,
  ...routing,
  ...rules,
  ...settings,
  ...views,
} satisfies Catalogue
