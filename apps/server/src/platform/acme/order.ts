import { setTimeout as sleep } from 'node:timers/promises'
import type { Authorization, Client, Order } from 'acme-client'
import { z } from 'zod'
import { judgeChain } from './certificate.ts'
import { AcmeFailure, codeOf, problemOf } from './failure.ts'
import type { AcmeKeep } from './keep.ts'
import { along, openLibrary } from './line.ts'
import type { Line } from './line.ts'
import type { AcmeSetting } from './setting.ts'

/** What an order needs. */
export interface Ordering {
  readonly setting: AcmeSetting
  readonly keep: AcmeKeep
  readonly line: Line
  /** What is answered at port 80, by token. */
  readonly challenges: Map<string, string>
  readonly now: () => Date
  /** Between two questions whether something is ready, where the authority does not say. */
  readonly pauseMs: number
  readonly signal: AbortSignal
  /** The certificate that it takes the place of, as the authority knows it (RFC 9773 §5); null: none. */
  readonly replaces: string | null
}

const address = z.url({ protocol: /^https$/ }).max(2_000)
const Identifier = z.object({ type: z.string(), value: z.string() })
const Refused = z.object({ type: z.string() })

/** @source RFC 8555 §7.1.3 */
const OrderObject = z.object({
  status: z.enum(['pending', 'ready', 'processing', 'valid', 'invalid']),
  identifiers: z.array(Identifier).max(10),
  authorizations: z.array(address).max(10),
  finalize: address,
  certificate: address.optional(),
  error: Refused.optional(),
})

/** @source RFC 8555 §7.1.4, §8; a token has 128 bits at least */
const AuthorizationObject = z.object({
  status: z.enum(['pending', 'valid', 'invalid', 'deactivated', 'expired', 'revoked']),
  identifier: Identifier,
  challenges: z
    .array(z.object({ type: z.string(), url: address, token: z.string().optional(), error: Refused.optional() }))
    .max(20),
})

const Token = z.string().regex(/^[A-Za-z0-9_-]{22,200}$/)

/**
 * Orders a certificate, from where the last try stopped: an order that was begun is gone on with, by the account and the key
 * that lie in the folder already.
 *
 * @returns the chain in PEM, judged, and its key
 * @throws {AcmeFailure}
 * @source RFC 8555 §7
 */
export async function order(ordering: Ordering): Promise<{ readonly chain: string; readonly key: string }> {
  const { setting, keep, line, now } = ordering
  const key = keep.nextKey()
  try {
    return await along(line, async () => {
      const client = await openClient(ordering)
      const begun = await beginOrder(client, ordering)
      const ready = begun.status === 'pending' ? await prove(client, begun, ordering) : begun
      const final = ready.status === 'ready' ? await finish(client, ready, key, ordering) : ready
      const whole = await settled(() => readOrder(client, final.url, setting), final, ordering)
      if (whole.status !== 'valid' || whole.certificate === undefined) throw refusalOf(whole)
      const pem: unknown = await client.getCertificate(whole)
      if (typeof pem !== 'string') throw new AcmeFailure('answer')
      return { chain: judgeChain(pem, { name: setting.name, key, now: now() }), key }
    })
  } catch (error) {
    forget(keep, error)
    throw error instanceof AcmeFailure ? error : new AcmeFailure('answer', { cause: error })
  }
}

/** What goes on later stays; whatever the authority has ended is begun anew. */
function forget(keep: AcmeKeep, error: unknown): void {
  const isPassing = error instanceof AcmeFailure && ['silent', 'busy', 'limited', 'disk'].includes(error.code)
  if (isPassing) return
  const isUnknown = error instanceof AcmeFailure && error.problem === 'accountDoesNotExist'
  keep.change({ order: null, ...(isUnknown ? { account: null } : {}) })
}

async function openClient({ setting, keep }: Ordering): Promise<Client> {
  const { directory, contact, binding } = setting
  const { Client } = await openLibrary()
  const known = keep.state.account?.directory === directory ? keep.state.account.url : undefined
  const client = new Client({
    directoryUrl: directory,
    accountKey: keep.accountKey(directory),
    ...(known === undefined ? {} : { accountUrl: known }),
    ...(binding === null ? {} : { externalAccountBinding: { kid: binding.id, hmacKey: binding.secret } }),
  })
  if (known !== undefined) return client
  // A key that has an account gets the same one again (RFC 8555 §7.3): a crash before the next line makes no second one.
  await client.createAccount({
    termsOfServiceAgreed: true,
    ...(contact === null ? {} : { contact: [`mailto:${contact}`] }),
  })
  keep.change({ account: { directory, url: address.parse(client.getAccountUrl()) } })
  return client
}

async function beginOrder(client: Client, ordering: Ordering): Promise<Order> {
  const { setting, keep, replaces } = ordering
  const { directory, name } = setting
  const begun = keep.state.order
  if (begun?.directory === directory && begun.name === name) {
    const found = await findOrder(client, begun.url, setting)
    if (found !== null && found.status !== 'invalid') return found
  }
  const wish = { identifiers: [{ type: 'dns', value: name }] }
  const whole = replaces === null ? wish : { ...wish, replaces }
  const made = await client.createOrder(whole).catch(async (error: unknown) => {
    // It does not know the certificate, or another order took its place already: then without saying so.
    const isAboutThat =
      error instanceof AcmeFailure && ['alreadyReplaced', 'malformed', 'conflict'].includes(error.problem ?? '')
    if (replaces === null || !isAboutThat) throw error
    return await client.createOrder(wish)
  })
  const order = judged(made, setting)
  keep.change({ order: { directory, name, url: order.url } })
  return order
}

/** Null: the authority does not have it any more. */
async function findOrder(client: Client, url: string, setting: AcmeSetting): Promise<Order | null> {
  try {
    return await readOrder(client, url, setting)
  } catch (error) {
    const isGone = error instanceof AcmeFailure && ['answer', 'account'].includes(error.code)
    if (isGone && error.problem !== 'accountDoesNotExist') return null
    throw error
  }
}

async function readOrder(client: Client, url: string, setting: AcmeSetting): Promise<Order> {
  const asked = { url } as Order
  return judged(await client.getOrder(asked), setting)
}

/** An order as it may be; attacker-controlled until here. @throws {AcmeFailure} answer */
function judged(found: Order, { name }: AcmeSetting): Order {
  const { certificate, error, ...order } = OrderObject.parse(found)
  const [only, ...more] = order.identifiers
  if (only?.type !== 'dns' || only.value.toLowerCase() !== name || more.length > 0) throw new AcmeFailure('answer')
  return {
    ...order,
    identifiers: [{ type: 'dns', value: name }],
    url: address.parse(found.url),
    ...(certificate === undefined ? {} : { certificate }),
    ...(error === undefined ? {} : { error }),
  }
}

/** Proves that the name leads here, at port 80 (RFC 8555 §8.3). */
async function prove(client: Client, begun: Order, ordering: Ordering): Promise<Order> {
  const { setting, challenges } = ordering
  for (const found of await client.getAuthorizations(begun)) {
    const { status, identifier } = AuthorizationObject.parse(found)
    if (identifier.value.toLowerCase() !== setting.name) throw new AcmeFailure('answer')
    if (status === 'valid') continue
    const challenge = found.challenges.find(({ type }) => type === 'http-01')
    if (status !== 'pending' || !challenge) throw challengeRefusal(found)
    const token = Token.parse(challenge.token)
    challenges.set(token, await client.getChallengeKeyAuthorization(challenge))
    try {
      await client.completeChallenge(challenge)
      await authorized(client, found, ordering)
    } finally {
      challenges.delete(token)
    }
  }
  return await settled(() => readOrder(client, begun.url, setting), begun, ordering, ['pending', 'processing'])
}

async function authorized(client: Client, asked: Authorization, ordering: Ordering): Promise<void> {
  for (;;) {
    await rest(ordering)
    const [found] = await client.getAuthorizations({ authorizations: [asked.url] } as Order)
    const { status } = AuthorizationObject.parse(found)
    if (status === 'valid') return
    if (status !== 'pending') throw challengeRefusal(found)
  }
}

async function finish(client: Client, ready: Order, key: string, ordering: Ordering): Promise<Order> {
  const { crypto } = await openLibrary()
  const [, request] = await crypto.createCsr({ altNames: [ordering.setting.name] }, key)
  return judged(await client.finalizeOrder(ready, request), ordering.setting)
}

/** Asks until something is no longer on its way. */
async function settled(
  read: () => Promise<Order>,
  first: Order,
  ordering: Ordering,
  passing: readonly Order['status'][] = ['processing'],
): Promise<Order> {
  let order = first
  while (passing.includes(order.status)) {
    await rest(ordering)
    order = await read()
  }
  if (order.status === 'invalid') throw refusalOf(order)
  return order
}

/** As long as the authority wants, but neither in a storm nor for ever. @throws {AcmeFailure} busy */
async function rest({ line, pauseMs, signal }: Ordering): Promise<void> {
  const wanted = line.pauseMs()
  const ms = wanted === null || wanted === 0 ? pauseMs : Math.min(wanted, 30_000)
  await sleep(ms, undefined, { signal }).catch((cause: unknown) => {
    throw new AcmeFailure('busy', { cause })
  })
}

function refusalOf({ error }: Order): AcmeFailure {
  const told = Refused.safeParse(error)
  const problem = told.success ? problemOf(told.data.type) : null
  return new AcmeFailure(problem === null ? 'answer' : codeOf(400, problem), { problem })
}

/** What stood against a proof. That it was not authorised is here about the proof, not the account. */
function challengeRefusal(found: unknown): AcmeFailure {
  const parsed = AuthorizationObject.safeParse(found)
  const error = parsed.success ? parsed.data.challenges.find((one) => one.error)?.error : undefined
  const problem = error === undefined ? null : problemOf(error.type)
  const code = codeOf(400, problem)
  return new AcmeFailure(code === 'name' || code === 'limited' ? code : 'challenge', { problem })
}
