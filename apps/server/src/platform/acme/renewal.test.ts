import { X509Certificate, createPrivateKey } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { issue } from '../../../../../scripts/testing/tls.ts'
import { isMakeshift } from './certificate.ts'
import { name, startAcmeWorld } from './testing/world.ts'
import type { AcmeWorld } from './testing/world.ts'

const day = 86_400_000
const own = issue()
let world: AcmeWorld
beforeEach(async () => void (world = await startAcmeWorld(own)))
afterEach(async () => await world.stop())

const asked = (path: string) => world.authority.asked.filter((one) => one === path).length

it('begins with a certificate of its own hand and takes the one of the authority in its place', async () => {
  expect(isMakeshift(world.served())).toBe(true)
  expect(world.served().checkHost(name)).toBe(name)
  await world.acme.attend()
  expect(world.said.map(({ event }) => event)).toEqual(['acme.renewed'])
  expect(world.authority.offences).toEqual([])
  expect(world.renewals).toBe(1)
  const text = world.text()
  const leaf = world.served()
  expect(leaf.issuer).toBe('CN=middle.example')
  expect(leaf.checkHost(name)).toBe(name)
  expect(leaf.checkPrivateKey(createPrivateKey(text))).toBe(true)
  expect(text.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
  createSecureContext({ cert: text, key: text })
  await world.acme.attend()
  expect(asked('POST /new-order')).toBe(1)
})

it('keeps its folder and every key in it from other accounts of the machine', async () => {
  await world.acme.attend()
  expect(statSync(world.setting.folder).mode & 0o777).toBe(0o700)
  const found = readdirSync(world.setting.folder)
  expect(found.toSorted()).toEqual([expect.stringMatching(/^account-.*\.pem$/), 'acme.json', 'served.pem'])
  for (const one of found) expect(statSync(join(world.setting.folder, one)).mode & 0o777).toBe(0o600)
})

it('renews when a third of the life is left, by the same account with another key', async () => {
  await world.acme.attend()
  const [first, key] = [world.served(), world.text().split('-----BEGIN CERTIFICATE')[0]]
  world.ahead = 59 * day
  await world.acme.attend()
  expect(world.served().fingerprint256).toBe(first.fingerprint256)
  world.ahead = 61 * day
  world.again()
  await world.acme.attend()
  expect(world.served().fingerprint256).not.toBe(first.fingerprint256)
  expect(world.served().validToDate.getTime()).toBeGreaterThan(first.validToDate.getTime())
  expect(world.text().split('-----BEGIN CERTIFICATE')[0]).not.toBe(key)
  expect(world.authority.accounts.size).toBe(1)
  expect(asked('POST /new-account')).toBe(1)
  expect(world.authority.offences).toEqual([])
})

it('renews when the authority wants it to, says what it takes the place of, and asks for that only now and then', async () => {
  const from = Date.now() + 20 * day
  world.authority.whims.window = () => ({ start: new Date(from), end: new Date(from + 2 * day) })
  await world.acme.attend()
  const first = world.served()
  await world.acme.attend()
  await world.acme.attend()
  const hints = () => world.authority.asked.filter((one) => one.startsWith('GET /renewal-info/')).length
  expect(hints()).toBe(1)
  world.ahead = 20 * day
  await world.acme.attend()
  expect(world.served().fingerprint256).toBe(first.fingerprint256)
  expect(hints()).toBe(2)
  world.ahead = 21.1 * day
  await world.acme.attend()
  expect(world.served().fingerprint256).not.toBe(first.fingerprint256)
  const [, second] = [...world.authority.orders.values()]
  const serial = Buffer.from(first.serialNumber, 'hex').toString('base64url')
  expect(second?.replaces?.split('.')[1]).toBe(serial)
})

it('follows an authority that always wants a renewal at once no more often than once a day', async () => {
  world.authority.whims.window = () => ({ start: new Date(0), end: new Date(1) })
  for (let hour = 0; hour < 72; hour += 1) {
    world.ahead = hour * 3_600_000
    await world.acme.attend()
  }
  expect(world.authority.orders.size).toBeLessThanOrEqual(4)
  expect(world.authority.orders.size).toBeGreaterThanOrEqual(3)
})

it('orders again without naming what it replaces where the authority does not take that', async () => {
  world.authority.whims.window = () => ({ start: new Date(Date.now() + day), end: new Date(Date.now() + 2 * day) })
  await world.acme.attend()
  await world.acme.attend()
  let refused = 0
  world.authority.whims.answer = (path, response) => {
    if (path !== '/new-order' || refused > 0) return false
    refused += 1
    const body = JSON.stringify({ type: 'urn:ietf:params:acme:error:alreadyReplaced' })
    response.writeHead(409, { 'replay-nonce': 'AAAAAAAAAAAAAAAAAAAAAA' }).end(body)
    return true
  }
  world.ahead = 3 * day
  await world.acme.attend()
  expect(refused).toBe(1)
  expect(world.renewals).toBe(2)
  expect([...world.authority.orders.values()].at(-1)?.replaces).toBeUndefined()
})

it('waits while the authority works, and takes a nonce that it refuses anew', async () => {
  world.authority.whims.processing = 3
  world.authority.whims.badNonces = 3
  await world.acme.attend()
  expect(world.renewals).toBe(1)
  expect(world.authority.offences).toEqual([])
})

it('shows a customer number where it has one, and says what is missing where it has none', async () => {
  const secret = Buffer.from('a secret of the customer, thirty-two').toString('base64url')
  world.authority.whims.customers = { 'kid-1': secret }
  await world.acme.attend()
  expect(world.state().failure).toMatchObject({ code: 'account' })
  expect(world.authority.accounts.size).toBe(0)
  const { setting } = world
  world.again({ setting: { ...setting, contact: 'ops@example.com', binding: { id: 'kid-1', secret } } })
  await world.acme.attend(true)
  expect(world.renewals).toBe(1)
  expect([...world.authority.accounts.values()][0]?.contact).toEqual(['mailto:ops@example.com'])
  expect(readFileSync(join(setting.folder, 'acme.json'), 'utf8')).not.toContain(secret)
})

it('orders for another name at once when the address of the installation changes', async () => {
  await world.acme.attend()
  const { setting } = world
  world.again({ setting: { ...setting, name: 'other.example.com' } })
  await world.acme.attend()
  expect(world.served().checkHost('other.example.com')).toBe('other.example.com')
  expect(world.authority.accounts.size).toBe(1)
})

it('makes the account anew by the same key where the authority has lost it', async () => {
  await world.acme.attend()
  const [[url] = ['']] = [...world.authority.accounts]
  world.authority.accounts.clear()
  world.authority.whims.answer = (path, response) => {
    if (path !== '/new-order' || world.authority.accounts.size > 0) return false
    const body = JSON.stringify({ type: 'urn:ietf:params:acme:error:accountDoesNotExist' })
    response.writeHead(400, { 'replay-nonce': 'AAAAAAAAAAAAAAAAAAAAAA' }).end(body)
    return true
  }
  world.ahead = 61 * day
  await world.acme.attend()
  expect(world.state()).toMatchObject({ failure: { code: 'account' }, account: null })
  world.ahead += 600_000
  await world.acme.attend()
  expect(world.renewals).toBe(2)
  expect([...world.authority.accounts.keys()]).not.toEqual([url])
})

it('orders nothing while another process does', async () => {
  world.again({ mayOrder: () => Promise.resolve(false) })
  await world.acme.attend()
  expect(world.authority.asked).toEqual([])
  expect(world.said).toEqual([{ event: 'acme.failed', fields: { code: 'elsewhere', attempt: 1 } }])
})

it('takes its own certificate for what it is: something that nobody trusts', () => {
  const made = new X509Certificate(world.text().slice(world.text().indexOf('-----BEGIN CERTIFICATE')))
  expect(made.subject).toBe('CN=art32 without a certificate yet')
})
