import { until } from './until.mjs'

/** The mailbox of the story on its IMAP server, and the world that its mails go out to. */
export function openPost(url) {
  const ask = async (path, options) => {
    const answer = await fetch(`${url}${path}`, options)
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return answer.status === 204 ? null : answer.json()
  }
  return {
    box: () => ask('/box'),
    /** Puts a mail into the box, as a mail server would. */
    deliver: (mail) => ask('/in', { method: 'POST', body: mail }),
    /** Waits for the mail that went out with these words in it. */
    sent: (words) =>
      until(`a mail with “${words}” goes out`, async () =>
        (await ask('/out')).find((mail) => readable(mail.data).includes(words)),
      ),
  }
}

/** A header of a mail, unfolded; an empty text when there is none. */
export function header(mail, name) {
  const [head] = mail.split(/\r?\n\r?\n/, 1)
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  const wanted = `${name.toLowerCase()}:`
  const line = lines.find((one) => one.toLowerCase().startsWith(wanted))
  return line?.slice(wanted.length).trim() ?? ''
}

/** A mail with what its quoted-printable parts mean; good for finding words in it. */
export function readable(mail) {
  return mail
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** A mail of plain text. */
export function plainMail({ from, to, cc, subject, text, ...more }) {
  const headers = {
    From: from,
    To: to,
    ...(cc && { Cc: cc }),
    Subject: subject,
    Date: new Date().toUTCString().replace('GMT', '+0000'),
    'Message-ID': `<${crypto.randomUUID()}@example.org>`,
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Transfer-Encoding': '8bit',
    ...more,
  }
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${head.join('')}\r\n${text.replace(/\n/g, '\r\n')}\r\n`
}
