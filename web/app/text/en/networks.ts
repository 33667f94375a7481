/** What settings say of networks beside connecting them: what was not understood, and approved texts. */
export const networks = {
  'settings.quarantine': 'Quarantine',
  'settings.templates': 'Message templates',

  'quarantine.help':
    'What arrived and could not be understood is kept here as it came. Nothing is deleted until you decide.',
  'quarantine.empty': 'Nothing here',
  'quarantine.emptyHelp': 'Everything that arrived was understood.',
  'quarantine.gone': 'Channel removed',
  'quarantine.retry': 'Read again',
  'quarantine.look': 'Look at it',
  'quarantine.download': 'Download',
  'quarantine.longer': 'This is the beginning. Download it to see the rest.',
  'quarantine.discard': 'Discard',
  'quarantine.discardDo': 'Discard it',
  'quarantine.discardMeans':
    'It leaves this list and is forgotten after two weeks. It will not reach the inbox.',
  'quarantine.open': 'Open the conversation',
  'quarantine.became.message': 'It is a message and now in the inbox.',
  'quarantine.became.echo': 'It is an answer given elsewhere and now in its conversation.',
  'quarantine.became.historic': 'It is an old message and now in its conversation.',
  'quarantine.became.receipt': 'It is news of a message of yours.',
  'quarantine.became.duplicate': 'It was here already: nothing was added.',
  'quarantine.became.quarantined': 'It could not be stored this time either.',
  'quarantine.became.other': 'It was understood and taken in.',
  'quarantine.badge': '{count} in quarantine',

  'template.help':
    'Texts that a network approves beforehand; they may be sent when the window for free answers is shut. Write and submit them in the network’s own console: that cannot be done here yet.',
  'template.noChannels': 'No channel has templates',
  'template.noChannelsHelp':
    'Connect WhatsApp with the id of its business account, and its templates appear here.',
  'template.read': 'As the network listed them on {time}',
  'template.neverRead': 'Never listed yet',
  'template.failed': 'The list could not be read on {time}: {reason}',
  'template.noneHere': 'The network lists no templates.',
  'template.reason': 'Reason: {reason}',
  'template.file.image': 'A picture stands above the text.',
  'template.file.video': 'A video stands above the text.',
  'template.file.document': 'A document stands above the text.',

  'origin.title': 'Where it began',
  'origin.page': 'Page',
  'origin.referrer': 'Came from',
  'origin.utm.source': 'Source',
  'origin.utm.medium': 'Medium',
  'origin.utm.campaign': 'Campaign',
  'origin.utm.term': 'Keyword',
  'origin.utm.content': 'Content',

  'stop.said':
    'The contact asked for no more messages here: “{word}”, {time}. Nothing is sent until they change their mind or you lift it.',
  'stop.sure': 'Lift it only when the contact has agreed. They can ask again at any time.',
  'stop.lift': 'Lift it',
  'delivery.paused': 'Waits: the channel is paused',
  'delivery.archived': 'Will not be sent: the channel is archived',
  'settings.suppressions': 'Do not write',
  'suppressions.help':
    'Who asked for no more messages, and by which channel. Mailings and automatic messages do not go to them, and answers go once that is lifted.',
  'suppressions.empty': 'Nobody has asked',
  'suppressions.emptyHelp': 'Whoever answers an SMS with STOP appears here.',
  'suppressions.word': '“{word}”',
  'stop.badge': 'No {channel}',
  'event.stopped': 'Asked for no more messages: “{word}”',
  'event.startedWord': 'Wants messages again: “{word}”',
  'event.started': 'May be written to again',
} as const
