import type { Priority, RequestStatus } from '#/api/types'
import { t } from '#/text/text'

const statuses: readonly RequestStatus[] = ['open', 'pending', 'resolved', 'closed']
const priorities: readonly Priority[] = ['low', 'normal', 'high', 'urgent']

/** How a request may stand, in the order in which it passes through. */
export const statusChoices = () => statuses.map((id) => ({ id, name: t(`request.status.${id}`) }))

/** How urgent something may be, from below. */
export const priorityChoices = () => priorities.map((id) => ({ id, name: t(`priority.${id}`) }))
