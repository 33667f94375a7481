/** Writing first, answers that wait, emoji. */
export const compose = {
  'write.first.channel': 'Channel',
  'write.first.none':
    'No channel can write first. Connect a mailbox, WhatsApp, SMS, VK or a custom channel in Settings.',
  'write.first.phone': 'Phone number',
  'write.first.address': 'Address',
  'write.first.toHelp': 'Type it, or a name to choose one of your contacts.',
  'later.change': 'Change the time',
  'held.close': 'Hold until they write, then close',
  'held.closes': 'and then closes the conversation',
  'emoji.open': 'Emoji',
  'emoji.search': 'Search emoji',
  'emoji.loading': 'Loading emoji…',
  'emoji.none': 'No emoji found',
  'keys.ends': 'First and last conversation',
}
