export const settings = {
  'settings.profile': 'My profile',
  'labels.emptyPicker': 'No labels yet. An administrator adds them in the settings.',
} as const
