/**
 * Signs somebody in outside of a browser, for filling a program with what a story is not about; gives a function that calls
 * the API as that person.
 */
export async function apiOf(url, { email, password }) {
  const ask = (method, path, body, headers) =>
    fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...headers,
        ...(body && !(body instanceof FormData) && { 'Content-Type': 'application/json' }),
      },
      ...(body && { body: body instanceof FormData ? body : JSON.stringify(body) }),
    })
  const read = async (what, answer) => {
    if (!answer.ok) throw new Error(`${what}: ${answer.status} ${await answer.text()}`)
    return answer.status === 204 ? null : answer.json()
  }
  const signedIn = await ask('POST', '/session', { email, password })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const { csrf_token: token } = await read(`${email} signs in`, signedIn)
  return async (method, path, body) =>
    read(`${method} ${path}`, await ask(method, path, body, { Cookie: cookie, 'X-CSRF-Token': token }))
}
