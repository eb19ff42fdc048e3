/** Somebody who calls the API of a server in another process, as the tests of one in this process do. */
export interface Caller {
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: object): Promise<T>
  upload<T>(path: string, bytes: Uint8Array): Promise<T>
}

/** Sets up the first owner by the link's token. */
export async function setUp(
  url: string,
  token: string,
  account: { name: string; email: string; password: string },
): Promise<void> {
  await answer(await send(url, '/api/account/setup', { token, ...account }))
}

/** Signs in and calls with the session's cookie from then on. */
export async function signIn(url: string, { email, password }: { email: string; password: string }): Promise<Caller> {
  const response = await send(url, '/api/auth/sign-in/email', { email, password })
  await answer(response)
  const cookie = response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const headers = { cookie, origin: url }
  return {
    get: async (path) => await answer(await fetch(`${url}${path}`, { headers })),
    post: async (path, body) => await answer(await send(url, path, body, headers)),
    upload: async (path, bytes) =>
      await answer(
        await fetch(`${url}${path}`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/octet-stream' },
          body: Buffer.from(bytes),
        }),
      ),
  }
}

function send(
  url: string,
  path: string,
  body: object,
  headers: Record<string, string> = { origin: url },
): Promise<Response> {
  return fetch(`${url}${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/** What was answered; anything but a good answer is an error that names it. */
async function answer<T>(response: Response): Promise<T> {
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status} ${text}`)
  return JSON.parse(text) as T
}
