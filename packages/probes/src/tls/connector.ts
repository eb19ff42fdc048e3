import { isIP } from 'node:net'
import type { Socket } from 'node:net'
import { connect, getCACertificates } from 'node:tls'
import { z } from 'zod'
import type { Connector, Context } from '../engine/connector.ts'
import { addressOf, openSocket } from '../engine/network.ts'
import { Unreadable, errorCode, reasonOf, seen, unseen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { readCertificate } from './certificate.ts'
import { tlsFacts, tlsVersions } from './facts.ts'
import type { TlsFacts, TlsVersion } from './facts.ts'
import { tlsHistory } from './history.ts'
import { clientHello, readAnswer, readHelloOnly, wireVersion } from './hello.ts'
import type { Answer, OldVersion } from './hello.ts'
import { upgrade, upgrades } from './starttls.ts'
import type { Upgrade } from './starttls.ts'
import { suiteName, suites } from './suites.ts'

const settings = z.object({
  host: field(z.string().min(1), {
    label: { en: 'Host', de: 'Host' },
    help: { en: 'Name or address', de: 'Name oder Adresse' },
  }),
  port: field(z.int().min(1).max(65_535).default(443), { label: { en: 'Port', de: 'Port' } }),
  upgrade: field(z.enum(upgrades).default('none'), {
    label: { en: 'Upgrade', de: 'Umschaltung' },
    help: {
      en: 'For a port that begins in the clear (STARTTLS)',
      de: 'Für einen Port, der unverschlüsselt beginnt (STARTTLS)',
    },
  }),
  trust: field(z.string().optional(), {
    label: { en: 'Own certificate authority', de: 'Eigene Zertifizierungsstelle' },
    help: {
      en: 'Certificates (PEM) that are trusted besides the public ones',
      de: 'Zertifikate (PEM), denen zusätzlich zu den öffentlichen vertraut wird',
    },
  }),
})

type Endpoint = {
  upgrade: Upgrade
  host: string
  address: string
  port: number
  trust: string | undefined
  context: Context
}

/** Looks at a TLS endpoint from outside: which versions and suites it speaks, and which certificates it shows. */
export const tls = {
  id: 'tls',
  title: { en: 'TLS endpoint', de: 'TLS-Endpunkt' },
  about: {
    en: 'A port that speaks TLS, looked at from outside as any client can.',
    de: 'Ein Port, der TLS spricht, von außen betrachtet wie von jedem Client.',
  },
  settings,
  facts: tlsFacts,
  history: tlsHistory,
  needs: [],
  address: ({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`,
  async collect({ host, port, upgrade: protocol, trust }, context) {
    const endpoint: Endpoint = {
      host,
      port,
      upgrade: protocol,
      trust,
      context,
      address: await addressOf(host, context),
    }
    const offered = await offersUpgrade(endpoint)
    const upgradeFacts = seen({ protocol, offered })
    if (!offered) {
      const plain = unseen('not-configured', 'the server does not offer an upgrade to TLS')
      return { upgrade: upgradeFacts, protocols: plain, ciphers: plain, certificate: plain, clientCertificate: plain }
    }
    const [old, modern] = await Promise.allSettled([sayHello(endpoint, '1.2', allSuites), shakeHands(endpoint, '1.3')])
    // Both fail alike when nobody answers: then there is nothing to look at, and no more time is spent.
    if (old.status === 'rejected' && modern.status === 'rejected') throw old.reason
    if (old.status === 'fulfilled' && old.value.said === 'nonsense')
      throw new Unreadable('contract', 'the port does not speak TLS')
    const protocols = await readProtocols(endpoint, old, modern)
    return {
      upgrade: upgradeFacts,
      protocols,
      ciphers: await readCiphers(endpoint, protocols, modern).catch(reasonOf),
      certificate: await readChain(endpoint, modern).catch(reasonOf),
      clientCertificate: await readClientCertificate(endpoint, protocols, old, modern).catch(reasonOf),
    }
  },
} satisfies Connector<typeof settings, TlsFacts>

const allSuites = suites.map((suite) => suite.id)

/** What became of a full handshake by the runtime's own TLS library. */
type Handshake =
  | {
      readonly state: 'accepted'
      readonly suite: string
      readonly certificate: TlsFacts['certificate'] | undefined
      /** Whether the server ended the session for want of a client certificate after the handshake; known a moment later. */
      readonly rejectedLater: Promise<boolean>
    }
  | { readonly state: 'refused'; readonly how: RefusedBy }

type RefusedBy = 'alert' | 'lower-version' | 'closed'

const silent = () => new Unreadable('unreachable', 'the port took the connection and stayed silent (ETIMEDOUT)')

/** Sends one hand-written hello and reads the answer. Rejects where nobody answers: that is not a refusal. */
async function sayHello(endpoint: Endpoint, version: OldVersion, offer: readonly number[]): Promise<Answer> {
  const { host, context } = endpoint
  const socket = await openUpgraded(endpoint)
  const random = Buffer.from(Array.from({ length: 32 }, () => Math.floor(context.random() * 256)))
  return new Promise<Answer>((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0)
    const settle = (answer: Answer | undefined, otherwise?: Error) => {
      if (answer !== undefined) resolve(answer)
      else if (otherwise !== undefined) reject(otherwise)
      else return
      socket.destroy()
    }
    socket.setTimeout(context.limits.silenceMs, () => settle(readHelloOnly(received), silent()))
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, Buffer.from(bytes)])
      settle(received.length > flightLimit ? { said: 'nonsense' } : readAnswer(received, false))
    })
    socket.on('end', () => settle(readAnswer(received, true)))
    socket.resume()
    socket.on('error', (error) => settle(readHelloOnly(received), error))
    socket.write(clientHello(version, offer, random, isIP(host) === 0 ? host : undefined))
  })
}

/** A connection on which TLS can begin. */
async function openUpgraded({ address, port, upgrade: protocol, context }: Endpoint): Promise<Socket> {
  const socket = await openSocket(address, port, context)
  try {
    if (await upgrade(socket, protocol, context)) return socket
  } catch (error) {
    socket.destroy()
    throw error
  }
  socket.destroy()
  throw new Unreadable('contract', 'the server took back its offer of an upgrade')
}

async function offersUpgrade({ address, port, upgrade: protocol, context }: Endpoint): Promise<boolean> {
  if (protocol === 'none') return true
  const socket = await openSocket(address, port, context)
  try {
    return await upgrade(socket, protocol, context)
  } finally {
    socket.destroy()
  }
}

/** The longest first flight that is read, in bytes: a long chain and all that surrounds it fits many times. */
const flightLimit = 131_072

/**
 * A full handshake. `SECLEVEL=0`, since otherwise the client itself refuses old versions and weak keys, and a weak
 * server looks safe. Rejects where the connection broke: that is not a refusal.
 */
async function shakeHands(endpoint: Endpoint, only?: '1.2' | '1.3'): Promise<Handshake> {
  const { address, port, host, trust, context } = endpoint
  const began = performance.now()
  const socket = connect({
    ...(endpoint.upgrade === 'none' ? { host: address, port } : { socket: await openUpgraded(endpoint) }),
    minVersion: only === undefined ? 'TLSv1' : `TLSv${only}`,
    maxVersion: only === undefined ? 'TLSv1.3' : `TLSv${only}`,
    ciphers: 'ALL:@SECLEVEL=0',
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(trust === undefined ? {} : { ca: [...getCACertificates('default'), trust] }),
  })
  return new Promise<Handshake>((resolve, reject) => {
    const stop = () => socket.destroy(new Unreadable('unreachable', 'no answer in time'))
    context.signal.addEventListener('abort', stop, { once: true })
    socket.once('close', () => context.signal.removeEventListener('abort', stop))
    socket.setTimeout(context.limits.silenceMs, () => socket.destroy(silent()))
    let isAccepted = false
    const later = Promise.withResolvers<boolean>()
    socket.once('secureConnect', () => {
      isAccepted = true
      const certificate = readCertificate(socket, host, trust)
      resolve({ state: 'accepted', suite: socket.getCipher().standardName, certificate, rejectedLater: later.promise })
      const finish = (): void => {
        later.resolve(false)
        socket.destroy()
      }
      // In TLS 1.3 a server refuses a client without certificate only after the client thinks that all is well. Whoever
      // knows from TLS 1.2 that none is asked for need not wait.
      if (socket.getProtocol() === 'TLSv1.3') setTimeout(finish, lingerMs(performance.now() - began))
      else finish()
    })
    socket.on('error', (error) => {
      const how = refusalOf(error)
      if (isAccepted) later.resolve(how === 'alert')
      else if (how !== undefined) resolve({ state: 'refused', how })
      else reject(error)
    })
  })
}

/** Two round trips, and at least a moment for a server on the same machine; no more than a second. */
const lingerMs = (handshakeMs: number) => Math.min(1_000, Math.max(150, 2 * handshakeMs))

/** Tells a server that said no from a connection that broke. */
function refusalOf(error: Error): RefusedBy | undefined {
  const code = errorCode(error)
  if (code === 'ERR_SSL_UNSUPPORTED_PROTOCOL' || code === 'ERR_SSL_WRONG_VERSION_NUMBER') return 'lower-version'
  if (code.startsWith('ERR_SSL_') && code.includes('ALERT')) return 'alert'
  // The runtime reports a connection that was closed in good order as a reset, but without the system call that failed.
  return code === 'ECONNRESET' && !('syscall' in error) ? 'closed' : undefined
}

type Look<T> = PromiseSettledResult<T>

const oldVersions = ['SSLv3', '1.0', '1.1', '1.2'] as const satisfies readonly OldVersion[]

async function readProtocols(
  endpoint: Endpoint,
  current: Look<Answer>,
  modern: Look<Handshake>,
): Promise<Seen<TlsFacts['protocols']>> {
  const earlier = oldVersions.filter((version) => version !== '1.2')
  const older = await Promise.allSettled(earlier.map((version) => sayHello(endpoint, version, allSuites)))
  const hellos = [...older, current].map((look, index) => {
    const version = oldVersions[index] ?? '1.2'
    return mapLook(look, (answer) => ({ version, ...readOld(answer, version) }))
  })
  const last = mapLook(modern, (shake) => ({
    version: '1.3' as const,
    accepted: shake.state === 'accepted',
    refusedBy: shake.state === 'accepted' ? null : shake.how,
  }))
  const looks = [...hellos, last]
  const known = looks.filter((look) => look.status === 'fulfilled').map((look) => look.value)
  if (known.some((protocol) => protocol.accepted)) return seen(known, known.length === tlsVersions.length)
  const broken = looks.find((look) => look.status === 'rejected')
  return broken === undefined ? unseen('contract', 'the port refuses every version of TLS') : reasonOf(broken.reason)
}

/** Reads an answer that came; one that cannot be read counts as none. */
function mapLook<T, U>(look: Look<T>, read: (value: T) => U): Look<U> {
  if (look.status === 'rejected') return look
  try {
    return { status: 'fulfilled', value: read(look.value) }
  } catch (reason) {
    return { status: 'rejected', reason }
  }
}

function readOld(answer: Answer, version: OldVersion): { accepted: boolean; refusedBy: RefusedBy | null } {
  if (answer.said === 'hello') {
    const accepted = answer.version === wireVersion[version]
    return { accepted, refusedBy: accepted ? null : 'lower-version' }
  }
  if (answer.said === 'nonsense') throw new Unreadable('contract', 'the answer is not TLS')
  return { accepted: false, refusedBy: answer.said }
}

/** Lists suites by elimination: what the server chose is not offered again, until it refuses. Capped at 1.2, since 1.3 would always be chosen. */
async function readCiphers(
  endpoint: Endpoint,
  protocols: Seen<TlsFacts['protocols']>,
  modern: Look<Handshake>,
): Promise<Seen<TlsFacts['ciphers']>> {
  if (protocols.read === 'no') return protocols
  const found: { version: TlsVersion; name: string }[] = []
  if (modern.status === 'fulfilled' && modern.value.state === 'accepted')
    found.push({ version: '1.3', name: modern.value.suite })
  const accepted = protocols.facts.filter((protocol) => protocol.accepted).map((protocol) => protocol.version)
  const highestOld = oldVersions.findLast((version) => accepted.includes(version))
  if (highestOld === undefined) return seen(found)
  let offer = allSuites
  while (offer.length > 0) {
    const answer = await sayHello(endpoint, highestOld, offer)
    if (answer.said !== 'hello' || answer.version !== wireVersion[highestOld] || !offer.includes(answer.suite)) break
    found.push({ version: highestOld, name: suiteName(answer.suite) })
    offer = offer.filter((id) => id !== answer.suite)
  }
  return seen(found)
}

async function readChain(endpoint: Endpoint, modern: Look<Handshake>): Promise<Seen<TlsFacts['certificate']>> {
  const isModern = modern.status === 'fulfilled' && modern.value.state === 'accepted'
  const shake = isModern ? modern.value : await shakeHands(endpoint)
  if (shake.state === 'refused')
    return unseen('denied', 'the server ended the handshake before it showed a usable certificate', {
      needs: 'client certificate',
    })
  const { certificate } = shake
  return certificate === undefined ? unseen('contract', 'the server showed no certificate') : seen(certificate)
}

/** In TLS 1.2 the wish is seen in the clear, and a handshake tells whether it is meant; in 1.3 only the refusal is seen. */
async function readClientCertificate(
  endpoint: Endpoint,
  protocols: Seen<TlsFacts['protocols']>,
  current: Look<Answer>,
  modern: Look<Handshake>,
): Promise<Seen<TlsFacts['clientCertificate']>> {
  if (protocols.read === 'no') return protocols
  const refuses = async (shake: Handshake) => shake.state === 'refused' || (await shake.rejectedLater)
  if (current.status === 'fulfilled' && current.value.said === 'hello') {
    if (!current.value.asksCertificate) return seen({ wish: 'not-required' })
    return seen({ wish: (await refuses(await shakeHands(endpoint, '1.2'))) ? 'required' : 'optional' })
  }
  if (modern.status === 'rejected' || modern.value.state === 'refused') return seen({ wish: 'not-required' })
  return seen({ wish: (await refuses(modern.value)) ? 'required' : 'not-required' })
}
