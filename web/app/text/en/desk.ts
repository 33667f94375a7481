export const desk = {
  'menu.work': 'This conversation',
  'menu.forMe': 'For me alone',
  'menu.elsewhere': 'To whom and with what',

  'act.labelled': 'Label put on: {name}',
  'act.unlabelled': 'Label taken off: {name}',
  'later.moved': 'It leaves on {time}',
  'draft.fileDropped': 'File taken out: {name}',
  'draft.otherDropped': 'The other draft is put away',
  'amend.noteDeleted': 'Note deleted',
  'amend.changed': 'Message changed',
  'contact.changed': 'Contact changed',
  'contact.addressAdded': 'Address added: {address}',
  'step.moved': 'Moved: {text}',
  'step.added': 'Added: {text}',
} as const
