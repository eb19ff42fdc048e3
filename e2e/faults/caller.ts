/** Who works on the servers of these tests. */
export const owner = { name: 'Owner', email: 'owner@example.com', password: 'correct horse battery staple' }

/** Signs in. @returns what a browser would send from then on */
export async function cookieOf(
  url: string,
  { email, password }: { email: string; password: string } = owner,
): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  })
  if (!response.ok) throw new Error(`signing in was answered with ${response.status}: ${await response.text()}`)
  return response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
}
