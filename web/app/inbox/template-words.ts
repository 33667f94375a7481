import { t } from '#/text/text'

const names: Record<string, () => string> = {
  approved: () => t('template.approved'),
  pending: () => t('template.pending'),
  rejected: () => t('template.rejected'),
  paused: () => t('template.paused'),
}

/** stateName is a template's state in words; networks may have states of their own. */
export function stateName(state: string): string {
  return names[state]?.() ?? state
}
