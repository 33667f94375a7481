import { t } from '#/text/text'

const names: Record<string, () => string> = {
  approved: () => t('template.approved'),
  pending: () => t('template.pending'),
  rejected: () => t('template.rejected'),
  paused: () => t('template.paused'),
  unsupported: () => t('template.unsupported'),
}

const categories: Record<string, () => string> = {
  marketing: () => t('template.marketing'),
  utility: () => t('template.utility'),
  authentication: () => t('template.authentication'),
}

/** stateName is a template's state in words; networks may have states of their own. */
export function stateName(state: string): string {
  return names[state]?.() ?? state
}

/** categoryName is what a template is for, as the network sorts it. */
export function categoryName(category: string): string {
  return categories[category]?.() ?? category
}
