/** A network of the world beside the story: what is entered there, and a person who writes to us and gets our answers. */
export function openNetwork(name) {
  const ask = async (method, path, body) => {
    const answer = await fetch(`${process.env.WORLD}/${name}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${name}${path}: ${answer.status} ${await answer.text()}`)
    return answer.status === 204 ? null : answer.json()
  }
  return {
    /** What the network gives an administrator, by the names of the account's fields. */
    config: () => ask('GET', ''),
    /** Tells the network where it pushes to; it makes sure of the address first. */
    pushTo: (hook) => ask('PUT', '/hook', { hook }),
    /** The person writes, with a picture where there is one. */
    write: (text, picture) =>
      ask('POST', '/write', { text, ...(picture && { picture: picture.toString('base64') }) }),
    /** The person presses a button. */
    press: (label) => ask('POST', '/press', { label }),
    /** What the person has received: `{ text, pictures, buttons }`. */
    got: () => ask('GET', '/got'),
    /** The chat as the person sees it now: `{ text, ours, edited, answers, reaction, marks }`. */
    shown: () => ask('GET', '/shown'),
    /** The person reacts to the message with a text, with '' takes that back. */
    react: (text, emoji) => ask('POST', '/react', { text, emoji }),
    /** The person changes a message of theirs. */
    change: (text, to) => ask('POST', '/change', { text, to }),
    /** The message with a text becomes too old to be changed. */
    age: (text) => ask('POST', '/age', { text }),
  }
}
