import { openGateway } from './lib/gateway.mjs'
import { tell } from './lib/story.mjs'
import { amend } from './networks/amend.mjs'
import { exchange } from './networks/exchange.mjs'
import { form, unanswerable } from './networks/form.mjs'
import { sms } from './networks/sms.mjs'

tell(
  'the story of the networks',
  [
    ['a form is connected, pasted into a site and filled in', form],
    ['what was filled in is read and cannot be answered', unanswerable],
    ['text messages come and go through a gateway', sms],
    [
      'Telegram is connected, a text, a picture and a button go both ways',
      exchange({
        network: 'telegram',
        kind: 'Telegram',
        name: 'Tea bot',
        person: 'Anna Petrova',
        fields: { 'Bot token': 'token', 'Address of the Bot API': 'base_url' },
      }),
    ],
    [
      'an answer to a message, edits, deletions and reactions go both ways',
      amend('telegram', 'Anna Petrova'),
    ],
    [
      'WhatsApp is connected, a text, a picture and a button go both ways',
      exchange({
        network: 'whatsapp',
        kind: 'WhatsApp',
        name: 'Tea on WhatsApp',
        person: 'Boris',
        pushed: true,
        fields: {
          'Permanent token': 'token',
          'Phone number ID': 'phone_number_id',
          'WhatsApp Business account ID': 'business_id',
          'App secret': 'app_secret',
          'Verify token': 'verify_token',
          'API address': 'base_url',
        },
      }),
    ],
    [
      'VK is connected, a text, a picture and a button go both ways',
      exchange({
        network: 'vk',
        kind: 'VK',
        name: 'Tea community',
        person: 'Vera Kim',
        fields: {
          "The community's access key": 'token',
          "The community's number": 'group_id',
          'Address of the API': 'base_url',
        },
      }),
    ],
    [
      'Twilio is connected, texts and choices go both ways, a picture comes in',
      exchange({
        network: 'twilio',
        kind: 'SMS',
        name: 'Tea by phone',
        person: '+79005550103',
        pushed: true,
        mute: true,
        choose: { Provider: 'Twilio' },
        fields: {
          Sender: 'source',
          'Account SID': 'account_sid',
          'Auth token': 'auth_token',
          'Another address of the API': 'base_url',
        },
      }),
    ],
    [
      'a system of another house is connected, a text, a picture and a button go both ways',
      exchange({
        network: 'custom',
        kind: 'Custom channel',
        name: 'Tea club',
        person: 'Dora',
        pushed: true,
        fields: { 'Shared secret': 'secret', 'Where answers go': 'outgoing_url' },
      }),
    ],
  ],
  {
    name: 'networks',
    // The counterparties are on this machine, and one of them signs with the address that it calls.
    settings: (url) => ({ PARLEY_EGRESS_ALLOW: '127.0.0.1/32', PARLEY_PUBLIC_URL: url }),
    more: { gateway: await openGateway() },
    // Browsers write a line into the console when a form is refused, as it shall be.
    forgiven: [/status of 422/],
  },
)
