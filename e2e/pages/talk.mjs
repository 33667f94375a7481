import { guest } from '../lib/chat.mjs'
import { setAhead } from '../lib/clock.mjs'
import { plainMail } from '../lib/post.mjs'
import { until } from '../lib/until.mjs'
import { receipt } from './receipt.mjs'

const HOUR = 3_600_000
const long = 'Александра-Вильгельмина фон Гогенцоллерн-Зигмаринген'
const wall =
  'Here is everything that I have tried so far. '.repeat(12) +
  'https://tea.example/a/very/long/address/that/nobody/would/ever/type/by/hand?and=it&has=parameters&too=many'

/** What is known about a conversation by the name of who writes in it. */
export function conversationOf(story, name) {
  return until(`there is a conversation with ${name}`, async () => {
    const { items } = await story.api('GET', '/conversations?limit=100')
    return items.find((one) => one.contact_name === name)
  })
}

const answer = async (story, who, name, text, more = {}) => {
  const { id } = await conversationOf(story, name)
  return story.as[who]('POST', `/conversations/${id}/messages`, { kind: 'reply', text, ...more })
}
const change = async (story, name, patch) =>
  story.api('PATCH', `/conversations/${(await conversationOf(story, name)).id}`, patch)

/** The messages of the days before, then those of the last hours; the clock comes to now with them. */
export async function talk(story) {
  const { clock } = story
  await setAhead(clock, -50 * HOUR)
  await twoDaysAgo(story)
  await setAhead(clock, -27 * HOUR)
  await yesterday(story)
  await setAhead(clock, -3 * HOUR)
  await today(story)
  await setAhead(clock, -20 * 60_000)
  await justNow(story)
  await setAhead(clock, 0)
  await networks(story)
}

async function twoDaysAgo(story) {
  const { farSide } = story
  await farSide.write('Ivan Sokolov', 'Hello! Is the 2016 pu-erh really back?', {
    utm: { utm_source: 'newsletter', utm_campaign: 'spring' },
  })
  await farSide.write('Ivan Sokolov', 'I would take three cakes.')
  await farSide.write(
    long,
    'Добрый день! Можно ли забрать заказ сегодня до восьми вечера, если оплата уже прошла, но письмо с подтверждением так и не пришло?',
  )
  await farSide.write('Tom Becker', 'Thanks, the first-flush sencha is wonderful. ❤️')
  await answer(story, 'anna', 'Tom Becker', 'We are glad that you like it! The second flush comes in June.')
  await change(story, 'Tom Becker', { status: 'closed' })
  await farSide.write('Aiko 🌸', '🍵🍵🍵')
  await change(story, 'Aiko 🌸', { unanswered: false })
  await answer(
    story,
    'anna',
    'Ivan Sokolov',
    'It is, and there are eleven cakes left. Shall we put three aside for you?',
  )
}

async function yesterday(story) {
  const { farSide, people, labels, support, wholesale } = story
  await farSide.write('Ivan Sokolov', 'Yes, please! And one more thing: is there a discount for three?')
  await answer(story, 'anna', 'Ivan Sokolov', 'For three there is a discount of ten percent.')
  await farSide.write('Ivan Sokolov', wall)
  await answer(story, 'lena', 'Ivan Sokolov', 'He called as well, about the same. Be patient with him.', {
    kind: 'note',
  })
  await change(story, 'Ivan Sokolov', {
    assignee_id: people.anna.id,
    team_id: support.id,
    labels: [labels.VIP, labels.Refund, labels['Доставка в регионы России и СНГ']],
    priority: 'high',
  })
  await farSide.write('ليلى حداد', 'مرحبا، هل يمكنكم شحن الشاي إلى بيروت؟ وكم يستغرق التوصيل عادة؟')
  await change(story, 'ليلى حداد', {
    labels: [labels['شكوى']],
    assignee_id: people.yusuf.id,
    priority: 'urgent',
  })
  await farSide.write('Priya Nair', 'Do you ship to Bangalore, and how long does it take?')
  await change(story, 'Priya Nair', {
    status: 'snoozed',
    snoozed_until: new Date(Date.now() + 20 * HOUR).toISOString(),
  })
  await farSide.write('ООО «Чайный путь»', 'Нам нужен опт: 200 кг ассама ежемесячно. Какие условия?')
  await change(story, 'ООО «Чайный путь»', { team_id: wholesale.id, assignee_id: people.dmitri.id })
}

async function today(story) {
  const { farSide, people, as } = story
  await farSide.write('Lena Fischer', 'My parcel says “delivered”, but it is not here.')
  const dup = await conversationOf(story, 'Lena Fischer')
  await farSide.write('L. Fischer', 'It is me again, from my phone: where is the parcel?')
  const other = await conversationOf(story, 'L. Fischer')
  await story.api('POST', `/contacts/${dup.contact_id}/merge`, { contact_id: other.contact_id })
  await story.api('POST', `/conversations/${dup.id}/merge`, { conversation_id: other.id })
  await change(story, 'Lena Fischer', { assignee_id: people.lena.id })
  await farSide.write('Amir Haddad', 'Which of your teas have no caffeine at all?')
  await answer(story, 'anna', 'Amir Haddad', 'Rooibos, chamomile and mint have none. Here is the list.', {
    attachments: [await receipt(as.anna, 'teas without caffeine.pdf')],
  })
  await change(story, 'Amir Haddad', { status: 'pending' })
  await farSide.write('Ольга Белова', 'Ассам закончился, а когда привезут новый?')
}

async function justNow(story) {
  const { farSide, url, chat, people } = story
  await guest(
    url,
    chat.id,
    {
      name: 'Nadia',
      email: 'nadia@example.org',
      page: 'https://shop.example/teas/oolong?utm_source=ads',
      utm: { utm_source: 'ads' },
    },
    ['Hi! Is there anybody here?', 'I cannot find the oolong.'],
  )
  await guest(url, chat.id, {}, ['Сколько стоит доставка?'])
  await farSide.write('Wholesale Buyer', 'Good morning, do you sell wholesale? We would take 50 kg.')
  await farSide.write(long, 'И ещё: можно ли оплатить при получении?')
  await change(story, long, { assignee_id: people.anna.id })
}

async function networks(story) {
  const { worlds, gateway, sms, url, post, box, farSide, as } = story
  const hook = new URL(sms.webhook_url, url).href
  const text = (id, from, words) =>
    fetch(hook, { method: 'POST', body: JSON.stringify({ id, from, text: words }) })
  await text('in-1', '79005556677', 'Is it open today?')
  await text('in-2', '79005556688', 'СТОП')
  await text('in-3', '79005556699', 'STOP')
  await worlds.telegram.write('Is the oolong in stock?')
  await worlds.whatsapp.write('Hello from WhatsApp 👋')
  await worlds.vk.write('Здравствуйте! Есть ли у вас самовывоз?')
  await post.deliver(mail(box.config.address))
  await post.deliver(
    plainMail({
      from: 'Григорий Петров <g.petrov@example.org>',
      to: box.config.address,
      subject: 'Договор поставки',
      text: 'Добрый день!\n\nВысылаю договор, посмотрите, пожалуйста.\n\nС уважением,\nГригорий',
    }),
  )
  await farSide.babble().catch(() => {})
  await farSide.write('Ivan Sokolov', 'Is that a no?')

  await until('the phone is known', async () => conversationOf(story, '+79005556677'))
  await answer(story, 'anna', '+79005556677', 'Yes, until nine. This one is lost on the way.')
  await conversationOf(story, 'Anna Petrova')
  await answer(story, 'anna', 'Anna Petrova', 'Yes, two packets. Which one?', {
    buttons: [[{ text: 'Sencha' }, { text: 'Assam' }]],
  })
  await until('the question arrives', async () => (await worlds.telegram.got()).length > 0)
  await worlds.telegram.press('Assam')
  const { id } = await conversationOf(story, 'Ольга Белова')
  await as.anna('POST', `/conversations/${id}/messages`, {
    kind: 'reply',
    text: 'Доброе утро! Новый ассам уже на складе.',
    send_at: new Date(Date.now() + 18 * HOUR).toISOString(),
  })
  void gateway
}

/** A mail with a look, somebody in copy, a far picture and a file. */
function mail(to) {
  return [
    'From: Marguerite Dubois <marguerite@example.org>',
    `To: Tea House <${to}>`,
    'Cc: Ivan Sokolov <ivan@example.org>, =?utf-8?B?0JHRg9GF0LPQsNC70YLQtdGA0LjRjw==?= <accounts@example.org>',
    'Subject: Order 1042: the blue teapot came without its lid, and two cups have a crack',
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    'Message-ID: <order-1042@example.org>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=outer',
    '',
    '--outer',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<html><body style="font-family:Georgia"><h2 style="color:#a40">The teapot has no lid</h2>',
    '<p>It should have come <b>on Monday</b>; it came today, and <a href="https://example.org/photos">like this</a>.</p>',
    '<table border="1" cellpadding="4"><tr><th>What</th><th>How many</th></tr><tr><td>Cups with a crack</td><td>2</td></tr></table>',
    '<p><img src="https://pictures.example/far.png" alt="Far away" width="80" height="40"></p></body></html>',
    '--outer',
    'Content-Type: application/pdf; name=receipt.pdf',
    'Content-Disposition: attachment; filename=receipt.pdf',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from('%PDF-1.4 a receipt').toString('base64'),
    '--outer--',
    '',
  ].join('\r\n')
}
