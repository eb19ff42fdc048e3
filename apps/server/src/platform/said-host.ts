/*
 * Which host a request names, judged before anything else is read of it.
 *
 * Two names in one request could lead a proxy in front to one tenant and art32 to another; so one name, once, is all that any of
 * the listeners takes. Of lines that are folded, doubled or hidden nothing is guessed: the raw lines count, as they came.
 *
 * Source: RFC 9112 §3.2 (https://www.rfc-editor.org/rfc/rfc9112#section-3.2).
 */
import type { IncomingMessage } from 'node:http'

/** A domain name or an address, perhaps with a port: no list, no name before an @, nothing that a program could read as more. */
const hostForm = /^(?:[a-z0-9._~-]+|\[[0-9a-f:.]+\])(?::(\d{0,5}))?$/i
const highestPort = 65_535

/**
 * Whether a request names one host, once, and the same in its first line where that names one, too. Two could lead a proxy in
 * front to one tenant and art32 to another; nobody honest sends two. A request of HTTP/1.1 that names none never gets this far.
 *
 * @source RFC 9112 §3.2: a server MUST answer 400 to more than one line Host, and to one that is not valid; §3.2.2
 */
export function namesOneHost({ rawHeaders, url = '' }: Pick<IncomingMessage, 'rawHeaders' | 'url'>): boolean {
  const [said, ...more] = saidHosts(rawHeaders)
  if (more.length > 0 || (said !== undefined && !isHost(said))) return false
  return url.startsWith('/') || url === '*' || agrees(url, said)
}

/** The values of all lines Host; Node.js itself keeps the first. @param lines names and values in turn */
function saidHosts(lines: readonly string[]): string[] {
  return lines.filter((_, place) => place % 2 === 1 && lines[place - 1]?.toLowerCase() === 'host')
}

function isHost(text: string): boolean {
  const form = hostForm.exec(text)
  return form !== null && Number(form[1] ?? 0) <= highestPort && URL.canParse(`http://${text}`)
}

/** Whether a whole address in the first line is one of this protocol, names nobody, and says no other host. */
function agrees(target: string, said: string | undefined): boolean {
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return false
  const { protocol, host, username, password } = new URL(target)
  return username === '' && password === '' && (said === undefined || new URL(`${protocol}//${said}`).host === host)
}
