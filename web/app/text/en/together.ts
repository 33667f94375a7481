export const together = {
  'outbox.newer':
    'While you had no connection somebody wrote. Your answer was not sent: look at it, then send it again.',
  'delivery.waitsForLink': 'Waiting for the connection, then it is sent',
  'act.takenBy': '{name} was faster and has it now',
  'act.takenFree': 'Somebody else was faster, and it is nobody’s again by now',
  'session.ended': 'Your session has ended',
  'session.endedHelp': 'Enter your password to go on where you are. What you have typed is still here.',
  'session.goOn': 'Go on',
  'session.other': 'Sign in as somebody else',
  'version.new': 'Parley has been updated.',
  'version.reload': 'Reload',
  'version.help': 'What you are writing stays.',
  'view.mentions': 'Mentions',
  'empty.mentions': 'Nobody has named you in a note yet',
  'mention.whom': 'Whom to name',
  'mention.unseen': 'cannot see this conversation',
  'mention.unseenNamed': 'May not see this conversation, and will not be told: {names}',
} as const
