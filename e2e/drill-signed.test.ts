import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../scripts/testing/server.ts'
import type { Person, TestServer } from '../scripts/testing/server.ts'
import { openDrillPlace, shopDump, type DrillPlace } from '../apps/cli/src/testing/drill.ts'
import { runHere } from '../apps/cli/src/testing/terminal.ts'

let place: DrillPlace
let server: TestServer
let owner: Person
let token: string
beforeAll(async () => {
  ;[place, server] = await Promise.all([openDrillPlace(), startTestServer()])
  await server.registry.create({ name: 'alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  const made = await owner.post('/api/token/create', { tenant: 'alpha', name: 'drill', permissions: ['drill:push'] })
  token = ((await made.json()) as { token: string }).token
  place.write('shop.sql', shopDump())
})
afterAll(() => Promise.all([place.stop(), server.stop()]))

const at = (operation: string) => `/api/tenants/alpha/${operation}`
const newKey = async (name = 'shop-nightly') => {
  const { out } = await runHere(['drill', 'key', name])
  const [, key = ''] = /^# public key: (\S+)\n/.exec(out) ?? []
  return { key, secret: out.split('\n')[1] ?? '' }
}
async function connect(drill: string): Promise<void> {
  const settings = { connector: 'drill', settings: { drill }, name: drill }
  expect((await owner.post(at('connection/add'), settings)).status).toBe(200)
}
/** The words of one command, whatever lines they were broken into. */
const words = (text: string) => text.replaceAll(/\s+/g, ' ')
const pushed = (args: readonly string[] = []) => ['--push', server.url, '--tenant', 'alpha', ...args]

describe('a signed drill', () => {
  it('of a real dump is restored, signed, sent, verified, and proves; and whoever reads it later verifies it again', async () => {
    const { key, secret } = await newKey()
    await connect('shop-db')
    expect((await owner.post(at('drill/key_add'), { drill: 'shop-db', publicKey: key })).status).toBe(200)
    const environment = { ART32_TOKEN: token, ART32_DRILL_KEY: secret }
    const kept = place.path('signed.json')
    const ran = await place.run({}, pushed(['--output', kept]), environment)
    expect([ran.exit, ran.err]).toEqual([0, expect.stringContaining('Sent, signed.')])
    const { outcomes } = (await (await owner.get(at('outcome/list?checkId=backup.restore-proven'))).json()) as {
      outcomes: { id: string; state: string; subjects: { subject: string; say: { en: string } }[] }[]
    }
    const [outcome] = outcomes
    expect(outcome?.state).toBe('pass')
    expect(outcome?.subjects.find(({ subject }) => subject === 'signature')?.say.en).toContain(
      'Signed by shop-nightly+',
    )

    // What the machine kept, and what the server shows, are the same envelope.
    const facts = place.path('facts.json')
    writeFileSync(facts, await (await owner.get(at(`outcome/facts?outcomeId=${outcome?.id}`))).text())
    for (const file of [kept, facts]) {
      const verified = await runHere(['drill', 'verify', file, '--key', key])
      expect([verified.exit, verified.out]).toEqual([0, expect.stringContaining('signed by shop-nightly+')])
    }
    const { key: another } = await newKey('stranger')
    expect((await runHere(['drill', 'verify', kept, '--key', another])).exit).toBe(1)
    expect((await runHere(['drill', 'verify', kept, '--key', another, '--key', key])).exit).toBe(0)
    writeFileSync(kept, readFileSync(kept, 'utf8').replace(/"sig": "./, '"sig": "/'))
    expect((await runHere(['drill', 'verify', kept, '--key', key])).exit).toBe(1)

    // The token alone vouches for nothing any more.
    const unsigned = await place.run({}, pushed(), { ART32_TOKEN: token })
    expect([unsigned.exit, words(unsigned.err)]).toEqual([1, expect.stringContaining('have to be signed')])
    expect(await place.left()).toEqual([])
  })

  it('is signed by a key in a file for its owner alone, and for a server by another address only where that is said', async () => {
    const file = place.path('drill.key')
    const made = await runHere(['drill', 'key', 'shop-weekly', '--output', file])
    expect([made.exit, statSync(file).mode & 0o777, made.out]).toEqual([
      0,
      0o600,
      expect.not.stringContaining('PRIVATE'),
    ])
    expect((await runHere(['drill', 'key', 'shop-weekly', '--output', file])).exit).toBe(2)
    await connect('shop-weekly')
    await owner.post(at('drill/key_add'), { drill: 'shop-weekly', publicKey: made.out.trim() })
    const change = { drill: 'shop-weekly' }
    const environment = { ART32_TOKEN: token }
    const url = new URL(server.url)
    const elsewhere = `http://127.0.0.1:${url.port}`
    const args = ['--push', elsewhere, '--tenant', 'alpha', '--signing-key', file]
    const refused = await place.run(change, args, environment)
    expect([refused.exit, words(refused.err)]).toEqual([1, expect.stringContaining(`--audience ${url.origin}`)])
    expect((await place.run(change, [...args, '--audience', server.url], environment)).exit).toBe(0)
  })
})

describe('a drill is refused before an hour of restoring', () => {
  it('where its key is none, is of another name, or may be read by others', async () => {
    const { secret } = await newKey()
    const run = (key: string) => place.run({}, pushed(), { ART32_TOKEN: token, ART32_DRILL_KEY: key })
    for (const key of ['nonsense', secret.slice(0, -2), secret.replace('shop-nightly', 'shop-hourly')]) {
      const { exit, err } = await run(key)
      expect([exit, words(err)]).toEqual([2, expect.stringContaining('ART32_DRILL_KEY holds no private key')])
      expect(err).not.toContain(secret.slice(-30))
    }
    const open = place.write('open.key', `${secret}\n`)
    const { exit, err } = await place.run({}, pushed(['--signing-key', open]), { ART32_TOKEN: token })
    expect([exit, words(err)]).toEqual([2, expect.stringContaining('chmod 600')])
  })

  it('where a result is kept and nobody says for whom it is signed', async () => {
    const { secret } = await newKey()
    const { exit, err } = await place.run({}, ['--output', place.path('out.json')], { ART32_DRILL_KEY: secret })
    expect([exit, words(err)]).toEqual([
      2,
      expect.stringContaining('--audience https://art32.example --tenant example'),
    ])
  })

  it('where the plan asks for the key itself', async () => {
    const { secret } = await newKey()
    const expectation = { queries: [{ name: 'a key', query: "select '${ART32_DRILL_KEY}'", equals: 1 }] }
    const { exit, err } = await place.run({ expect: expectation }, [], { ART32_DRILL_KEY: secret })
    expect([exit, err]).toEqual([2, expect.stringContaining('ART32_DRILL_KEY')])
    expect(err).not.toContain('PRIVATE')
  })
})

it.each([
  ['no file', [], 'cannot be read'],
  ['no key', ['--key', 'nonsense'], 'verifier key'],
  ['the private key', ['--key', 'PRIVATE+KEY+a+00000000+AAAA'], 'takes the public key'],
])('a result is not verified with %s', async (_what, args, says) => {
  const { key } = await newKey()
  const { exit, err } = await runHere([
    'drill',
    'verify',
    place.path('nowhere'),
    ...(args.length > 0 ? args : ['--key', key]),
  ])
  expect([exit, words(err)]).toEqual([2, expect.stringContaining(says)])
})
