import type { DraftMail } from '#/api/types'

/** What stands above a mail that is being written; kept in the draft with it. */
export type MailHead = DraftMail
export type MailMode = MailHead['mode']
