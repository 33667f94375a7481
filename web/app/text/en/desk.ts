export const desk = {
  'menu.work': 'This conversation',
  'menu.forMe': 'For me alone',
  'menu.elsewhere': 'To whom and with what',
} as const
