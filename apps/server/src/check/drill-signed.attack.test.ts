import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { decodeBase64, encodeBase64, formatVkey, parseVkey, verifierKey, verifyEnvelope } from '@art32/ledger'
import type { Envelope } from '@art32/ledger'
import { drillPayloadType } from '@art32/probes'
import type { DrillAudience } from '@art32/probes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drillPush, newDrillSigner } from '../../../../scripts/testing/drill.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { asSuperuser } from '../../../../scripts/testing/superuser.ts'
import { ledgerCrypto } from '../platform/index.ts'

let server: TestServer
let owner: Person
let reader: Person
let stranger: Person
let token: string
let tokenOfBeta: string
let here: DrillAudience
beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  reader = await server.addPerson('reader@example.com', 'alpha', 'member')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
  token = await tokenOf(owner, 'alpha')
  tokenOfBeta = await tokenOf(stranger, 'beta')
  here = { server: new URL(server.url).origin, tenant: 'alpha' }
})
afterAll(() => server.stop())

async function tokenOf(person: Person, tenant: string): Promise<string> {
  const made = await person.post('/api/token/create', { tenant, name: 'drill', permissions: ['drill:push'] })
  return ((await made.json()) as { token: string }).token
}

const nightly = newDrillSigner()

const at = (operation: string, tenant = 'alpha') => `/api/tenants/${tenant}/${operation}`
async function connect({ by = owner, tenant = 'alpha', drill = `drill-${randomUUID()}`, keys = [nightly.key] } = {}) {
  await by.post(at('connection/add', tenant), { connector: 'drill', settings: { drill }, name: drill })
  for (const key of keys)
    expect((await by.post(at('drill/key_add', tenant), { drill, publicKey: key })).status).toBe(200)
  return drill
}
const push = (body: unknown, by = token, tenant = 'alpha') =>
  fetch(`${server.local}${at('drill/push', tenant)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${by}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const codeOf = async (answer: Promise<Response>) => {
  const response = await answer
  return [response.status, ((await response.json()) as { code?: string }).code]
}
const drillOf = async (drill: string, by = owner) => {
  const { drills } = (await (await by.get(at('drill/list'))).json()) as {
    drills: { drill: string; keys: { key: string; addedAt: string; usedAt: string | null }[] }[]
  }
  return drills.find((one) => one.drill === drill)
}
interface Outcome {
  readonly id: string
  readonly state: string
  readonly systemName: string
  readonly subjects: readonly { readonly subject: string; readonly say: { readonly en: string; readonly de: string } }[]
}
const outcomesOf = async (drill: string) => {
  const read = await owner.get(at('outcome/list?checkId=backup.restore-proven'))
  return ((await read.json()) as { outcomes: Outcome[] }).outcomes.filter(({ systemName }) => systemName === drill)
}
const saidOf = async (drill: string, of: string) =>
  (await outcomesOf(drill)).flatMap(({ subjects }) =>
    subjects.flatMap(({ subject, say }) => (subject === of ? [say.en] : [])),
  )
const ago = (ms: number) => new Date(Date.now() - ms)
/** Leaves of the ledger by type and code. */
const leavesOf = async (type: string) => {
  const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
    sql.query<{ code: string }>(
      `select l.leaf ->> 'code' as code from (select convert_from(leaf, 'UTF8')::jsonb as leaf from log_entry
         union all select event from log_pending) l where l.leaf ->> 'type' = $1`,
      [type],
    ),
  )
  return rows.map(({ code }) => code)
}

describe('a result that a key of its drill signed', () => {
  it('is verified, proves, and says by which key', async () => {
    const drill = await connect()
    const answer = await push(nightly.sign(drillPush(drill), here))
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { signedBy: nightly.key.split('+').slice(0, 2).join('+') },
    ])
    expect((await outcomesOf(drill)).map(({ state }) => state)).toEqual(['pass'])
    expect((await saidOf(drill, 'signature'))[0]).toMatch(/^Signed by test-nightly\+[0-9a-f]{8};/)
    expect((await drillOf(drill))?.keys).toMatchObject([{ key: nightly.key, usedAt: expect.any(String) }])
  })

  it('can be verified once more later, from what is kept, as long as its facts are', async () => {
    const drill = await connect()
    const envelope = nightly.sign(drillPush(drill), here)
    expect((await push(envelope)).status).toBe(200)
    const [outcome] = await outcomesOf(drill)
    const facts = async () => {
      const shown = await owner.get(at(`outcome/facts?outcomeId=${outcome?.id}`))
      return (await shown.json()) as { signed: { envelope: Envelope; key: string } | null; code?: string }
    }
    const { signed } = await facts()
    expect(signed?.envelope).toEqual(envelope)
    const key = parseVkey(ledgerCrypto, signed?.key ?? '')
    expect(formatVkey(verifyEnvelope(ledgerCrypto, drillPayloadType, signed?.envelope ?? envelope, [key]))).toBe(
      nightly.key,
    )
    // What lies in the database is sealed: the envelope holds all facts.
    const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query<{ envelope: Buffer }>('select envelope from reading where envelope is not null'),
    )
    for (const { envelope: bytes } of rows) expect(bytes.includes('payload')).toBe(false)
  })

  it('is kept without the envelope where it names a person, which facts never do, and says so', async () => {
    const drill = await connect()
    const named = drillPush(drill, { backup: { name: 'of kim.sample@example.com', at: null } })
    expect((await push(nightly.sign(named, here))).status).toBe(200)
    const [outcome] = await outcomesOf(drill)
    const shown = await (await owner.get(at(`outcome/facts?outcomeId=${outcome?.id}`))).text()
    expect(shown).not.toContain('kim.sample')
    expect(JSON.parse(shown)).toMatchObject({
      signed: null,
      facts: {
        facts: { drill: { facts: { envelope: { isKept: false, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } } } },
      },
    })
  })

  it('is taken from the old and the new key while keys are changed over, and from the removed one no more', async () => {
    const next = newDrillSigner('test-next')
    const drill = await connect({ keys: [nightly.key, next.key] })
    expect((await push(nightly.sign(drillPush(drill, {}, ago(3_000)), here))).status).toBe(200)
    expect((await push(next.sign(drillPush(drill, {}, ago(2_000)), here))).status).toBe(200)
    expect((await owner.post(at('drill/key_remove'), { drill, publicKey: nightly.key })).status).toBe(200)
    expect(await codeOf(push(nightly.sign(drillPush(drill), here)))).toEqual([403, 'drill.wrong_signature'])
    expect((await push(next.sign(drillPush(drill), here))).status).toBe(200)
    expect(await leavesOf('connection.changed')).toEqual(expect.arrayContaining(['key-added', 'key-removed']))
  })
})

it('takes what is not signed where the drill has no key, and says that it was not', async () => {
  const drill = await connect({ keys: [] })
  const answer = await push(drillPush(drill, {}, ago(2_000)))
  expect([answer.status, await answer.json()]).toEqual([200, { signedBy: null }])
  expect((await outcomesOf(drill)).map(({ state }) => state)).toEqual(['pass'])
  expect(await saidOf(drill, 'signature')).toEqual(['Not signed: only the API token vouches for it.'])
  // Nobody can verify a signature here: it is not passed off as one that holds.
  expect(await codeOf(push(nightly.sign(drillPush(drill), here)))).toEqual([403, 'drill.no_key'])
})

describe('a result is refused', () => {
  const changed = (envelope: Envelope, change: (payload: string) => string): Envelope => ({
    ...envelope,
    payload: encodeBase64(Buffer.from(change(Buffer.from(decodeBase64(envelope.payload)).toString('utf8')))),
  })
  const twice = (text: string) => text.replace('"format"', '"drill":"other","format"')
  const sign = (drill: string) => nightly.sign(drillPush(drill), here)
  const other = newDrillSigner('test-other')
  // Its name and id are those of the key that is known; the key is not.
  const imposter = (drill: string): Envelope => {
    const [signature] = other.sign(drillPush(drill), here).signatures
    return {
      ...other.sign(drillPush(drill), here),
      signatures: [{ ...signature, sig: signature?.sig ?? '', keyid: nightly.key.split('+').slice(0, 2).join('+') }],
    }
  }
  it.each([
    ['unsigned', (drill: string) => drillPush(drill), [403, 'drill.not_signed']],
    ['signed by another key', (drill: string) => other.sign(drillPush(drill), here), [403, 'drill.wrong_signature']],
    ['signed by another key under the name of the known one', imposter, [403, 'drill.wrong_signature']],
    [
      'with one byte changed',
      (drill: string) => changed(sign(drill), (text) => text.replace('"rows":12', '"rows":13')),
      [403, 'drill.wrong_signature'],
    ],
    [
      'of another type',
      (drill: string) => ({ ...sign(drill), payloadType: 'text/plain' }),
      [400, 'drill.bad_envelope'],
    ],
    [
      'signed as another type',
      (drill: string) => ({
        ...nightly.signText(JSON.stringify({ ...drillPush(drill), audience: here }), 'text/plain'),
        payloadType: drillPayloadType,
      }),
      [403, 'drill.wrong_signature'],
    ],
    ['without a signature', (drill: string) => ({ ...sign(drill), signatures: [] }), [400, 'drill.bad_envelope']],
    [
      'with two signatures',
      (drill: string) => {
        const envelope = sign(drill)
        return { ...envelope, signatures: [...envelope.signatures, ...other.sign(drillPush(drill), here).signatures] }
      },
      [400, 'drill.bad_envelope'],
    ],
    [
      'in another spelling of base64',
      (drill: string) => {
        const envelope = sign(drill)
        return { ...envelope, payload: `${envelope.payload.slice(0, 8)}\n${envelope.payload.slice(8)}` }
      },
      [400, 'drill.bad_envelope'],
    ],
    [
      'with a member twice in what is signed',
      (drill: string) => nightly.signText(twice(JSON.stringify({ ...drillPush(drill), audience: here }))),
      [400, 'drill.bad_envelope'],
    ],
    [
      'without saying for whom',
      (drill: string) => nightly.signText(JSON.stringify(drillPush(drill))),
      [400, 'drill.bad_envelope'],
    ],
    ['with something that is no result', () => nightly.signText('{"passed":true}'), [400, 'drill.bad_envelope']],
    [
      'for another tenant',
      (drill: string) => nightly.sign(drillPush(drill), { ...here, tenant: 'beta' }),
      [409, 'drill.other_audience'],
    ],
    [
      'for another installation',
      (drill: string) => nightly.sign(drillPush(drill), { ...here, server: 'https://other.example' }),
      [409, 'drill.other_audience'],
    ],
    ['both signed and not', (drill: string) => ({ ...sign(drill), ...drillPush(drill) }), [400, undefined]],
    ['as a part of an envelope', (drill: string) => ({ payload: sign(drill).payload }), [400, undefined]],
    [
      'with an envelope that is too large',
      (drill: string) => ({ ...sign(drill), payload: 'A'.repeat(1_000_004) }),
      [400, undefined],
    ],
  ] as [string, (drill: string) => unknown, [number, string | undefined]][])('%s', async (_how, make, answer) => {
    const drill = await connect()
    const [status, code] = await codeOf(push(make(drill)))
    expect([status, answer[1] === undefined ? undefined : code]).toEqual(answer)
    expect(await outcomesOf(drill)).toEqual([])
    // Refused is not half kept: the next true one is taken.
    expect((await push(sign(drill))).status).toBe(200)
  })

  it('by another drill of the same key, and by another tenant that knows it', async () => {
    const [first, second] = [await connect(), await connect()]
    const result = nightly.sign(drillPush(first), here)
    // The name stands inside: there is no way to send it as the result of the second.
    expect((await push(result)).status).toBe(200)
    expect(await outcomesOf(second)).toEqual([])
    await connect({ by: stranger, tenant: 'beta', drill: first })
    expect(await codeOf(push(nightly.sign(drillPush(first), here), tokenOfBeta, 'beta'))).toEqual([
      409,
      'drill.other_audience',
    ])
    // A key that only the neighbour entered signs nothing here.
    const ofBeta = newDrillSigner('test-beta')
    await stranger.post(at('drill/key_add', 'beta'), { drill: first, publicKey: ofBeta.key })
    expect(await codeOf(push(ofBeta.sign(drillPush(first), here)))).toEqual([403, 'drill.wrong_signature'])
  })

  it('the second time, also twice at once, and where an older one comes after a newer one', async () => {
    const drill = await connect()
    const [older, newer] = [120_000, 60_000].map((ms) => nightly.sign(drillPush(drill, {}, ago(ms)), here))
    const both = await Promise.all([push(newer), push(newer)])
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect(await codeOf(push(newer))).toEqual([409, 'drill.not_newer'])
    expect(await codeOf(push(older))).toEqual([409, 'drill.not_newer'])
    const old = nightly.sign(drillPush(drill, {}, ago(8 * 86_400_000)), here)
    expect(await codeOf(push(old))).toEqual([409, 'drill.too_old'])
  })

  it('with a body that says a member twice, of which no reader may choose', async () => {
    const drill = await connect()
    const text = JSON.stringify(sign(drill))
    // The first payload is another one: whichever is read is verified, and is what is kept.
    const body = text.replace('"payload":', `"payload":"${other.sign(drillPush(drill), here).payload}","payload":`)
    expect((await push(body)).status).toBe(200)
    expect((await saidOf(drill, 'signature'))[0]).toContain('test-nightly')
  })
})

it('keeps nothing of a result whose transaction is cut off after it was verified, and takes it the next time', async () => {
  const drill = await connect()
  const envelope = nightly.sign(drillPush(drill), here)
  const cut = await asSuperuser(server, 'alpha', async (client) => {
    // Whoever keeps what was sent last has to wait here, after the signature was verified.
    await client.query('begin')
    await client.query('lock table drill in exclusive mode')
    const answer = push(envelope)
    for (let left = 200, waits: number | undefined; left > 0 && waits === undefined; left--) {
      await sleep(20)
      const { rows } = await client.query<{ pid: number }>(
        `select pid from pg_locks where not granted and relation = 'drill'::regclass`,
      )
      waits = rows[0]?.pid
      if (waits !== undefined) await client.query('select pg_terminate_backend($1)', [waits])
    }
    const { status } = await answer
    await client.query('rollback')
    return status
  })
  expect(cut).toBeGreaterThanOrEqual(500)
  expect(await outcomesOf(drill)).toEqual([])
  expect((await drillOf(drill))?.keys).toMatchObject([{ usedAt: null }])
  expect((await push(envelope)).status).toBe(200)
})

describe('a key', () => {
  const ofBytes = (publicKey: Uint8Array) =>
    formatVkey(verifierKey(ledgerCrypto, { name: 'weak', type: 0x01, publicKey }))
  it.each([
    ['a private key', 'PRIVATE+KEY+test+00000000+AAAA', 'drill.private_key'],
    ['the order 1', ofBytes(Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 1 : 0))), 'drill.weak_key'],
    ['the order 4', ofBytes(new Uint8Array(32)), 'drill.weak_key'],
    [
      'the order 8',
      ofBytes(Buffer.from('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85', 'hex')),
      'drill.weak_key',
    ],
    ['a key whose id was changed', nightly.key.replace(/\+[0-9a-f]{8}\+/, '+00000000+'), 'drill.bad_key'],
    ['a name that is a sentence', nightly.key.replace('test-nightly', 'Test'), 'drill.bad_key'],
    [
      'the key of a witness',
      formatVkey(verifierKey(ledgerCrypto, { name: 'w', type: 0x04, publicKey: new Uint8Array(32).fill(7) })),
      'drill.bad_key',
    ],
    ['the key that stands there', nightly.key, 'drill.key_known'],
  ])('is not entered where it is %s', async (_what, key, code) => {
    const drill = await connect()
    const answer = await owner.post(at('drill/key_add'), { drill, publicKey: key })
    const text = await answer.text()
    expect(JSON.parse(text)).toMatchObject({ code })
    expect(text).not.toContain('AAAA')
    expect((await drillOf(drill))?.keys).toHaveLength(1)
  })

  it('is entered by whoever may change connections, and is seen by whoever may read', async () => {
    const drill = await connect()
    expect((await reader.post(at('drill/key_add'), { drill, publicKey: newDrillSigner().key })).status).toBe(403)
    expect((await reader.post(at('drill/key_remove'), { drill, publicKey: nightly.key })).status).toBe(403)
    expect((await drillOf(drill, reader))?.keys).toMatchObject([{ key: nightly.key }])
    expect(await codeOf(owner.post(at('drill/key_add'), { drill: 'made-up', publicKey: nightly.key }))).toEqual([
      404,
      'drill.unknown',
    ])
    expect(await codeOf(owner.post(at('drill/key_remove'), { drill, publicKey: newDrillSigner().key }))).toEqual([
      404,
      'drill.key_not_found',
    ])
  })

  it('is one of ten at most, under whatever name it is entered again', async () => {
    const drill = await connect()
    const renamed = formatVkey(verifierKey(ledgerCrypto, { ...parseVkey(ledgerCrypto, nightly.key), name: 'again' }))
    expect(await codeOf(owner.post(at('drill/key_add'), { drill, publicKey: renamed }))).toEqual([
      409,
      'drill.key_known',
    ])
    for (let n = 1; n < 10; n++)
      expect((await owner.post(at('drill/key_add'), { drill, publicKey: newDrillSigner(`n${n}`).key })).status).toBe(
        200,
      )
    expect(await codeOf(owner.post(at('drill/key_add'), { drill, publicKey: newDrillSigner().key }))).toEqual([
      409,
      'drill.too_many_keys',
    ])
  })
})
