import { expect, test } from 'vitest'
import { message } from '#/test/fixtures'
import { emptyDraft } from '../draft'
import type { MailHead } from './head'
import { editable, keepSent, leftBeside, mailBody, outgoing, takeSent } from './letter'

const anna = { name: 'Anna', address: 'anna@example.org' }
const head: MailHead = {
  mode: 'reply',
  to: [anna],
  cc: [],
  bcc: [],
  subject: ' Re: Order ',
  from: '',
  about: null,
}
const picture = {
  id: '7',
  name: 'a.png',
  type: 'image/png',
  size: 1,
  url: '/api/v1/files/7',
  image: true,
  inline: true,
  content_id: '7@parley',
}

test('pictures travel by name, others do not travel', () => {
  expect(outgoing('<p>a <img src="/api/v1/files/7" alt="x &quot;y&quot;" data-file="7"> b</p>')).toBe(
    '<p>a <img src="cid:7" alt="x &quot;y&quot;"> b</p>',
  )
  expect(outgoing('<p><img alt="b" src="/api/v1/files/71"></p>')).toBe('<p><img src="cid:71" alt="b"></p>')
  expect(outgoing('<p><img src="https://elsewhere.example/p.gif"></p>')).toBe('<p></p>')
})

test('empty lines stay, and the signature begins as everywhere', () => {
  expect(outgoing('<div>a</div><div></div><section class="parley-signature"><div>Anna</div></section>')).toBe(
    '<div>a</div><div><br></div><div><br></div><div>-- </div><div>Anna</div>',
  )
})

test('an answer says whom it is for; what it answers and what it forwards are told apart', () => {
  expect(mailBody('<p>Hi</p>', head)).toEqual({
    html: '<p>Hi</p>',
    to: ['"Anna" <anna@example.org>'],
    cc: [],
    bcc: [],
    subject: 'Re: Order',
  })
  expect(mailBody('', { ...head, about: '5', from: 'sales@shop.example' })).toMatchObject({
    reply_to: '5',
    from: 'sales@shop.example',
  })
  const forwarded = mailBody('', { ...head, mode: 'forward', about: '5' })
  expect([forwarded.forward_of, forwarded.reply_to]).toEqual(['5', undefined])
})

test('a mail taken back can be written on, its pictures in their places', () => {
  const file = { ...picture, id: '9', name: 'b.pdf', image: false, inline: false, content_id: '' }
  const back = editable(
    message('1', null, {
      html: '<p><img src="cid:7@parley" alt="a"><img src="cid:gone" alt=""></p>',
      attachments: [picture, file],
      to: [anna],
      subject: 'Re: Order',
      from: { name: '', address: 'sales@shop.example' },
    }),
  )
  expect(back.html).toBe('<p><img src="/api/v1/files/7" alt="a" data-file="7"></p>')
  expect(back.attachments).toEqual([file])
  expect(back.mail).toMatchObject({ to: [anna], subject: 'Re: Order', from: 'sales@shop.example' })
  expect(outgoing(back.html)).toBe('<p><img src="cid:7" alt="a"></p>')
})

test('what lies beside the sent one stays', () => {
  const both = { ...emptyDraft, text: 'a note', html: '<p>a mail</p>', mail: head }
  expect(leftBeside({ ...both, kind: 'reply' })).toEqual({ text: 'a note' })
  expect(leftBeside({ ...both, kind: 'note' })).toEqual({ html: '<p>a mail</p>', mail: head })
  expect(leftBeside({ ...emptyDraft, text: 'a chat' })).toBeNull()
})

test('what was sent here can be taken back whole, once', () => {
  keepSent('c1', { ...emptyDraft, html: '<p>x</p>' })
  expect(takeSent('c1')?.html).toBe('<p>x</p>')
  expect(takeSent('c1')).toBeUndefined()
  expect(takeSent(null)).toBeUndefined()
})
