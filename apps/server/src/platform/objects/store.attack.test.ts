import type { LookupFunction } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startObjectStore } from '../../../../../scripts/testing/object-store.ts'
import type { AskedOfStore, StoreFault, TestObjectStore } from '../../../../../scripts/testing/object-store.ts'
import { openObjectStore } from './index.ts'
import type { ObjectReach, ObjectStore, ObjectStoreSettings } from './index.ts'

const text = '0123456789'.repeat(20_000)
let server: TestObjectStore
const opened: ObjectStore[] = []
beforeEach(async () => {
  server = await startObjectStore()
  server.put('in/a', text)
})
afterEach(async () => {
  for (const store of opened.splice(0)) store.close()
  await server.close()
})

function open(settings: Partial<ObjectStoreSettings> = {}, reach: Partial<ObjectReach> = {}): ObjectStore {
  const limits = { mayBeLocal: true, pauseMs: 5, silenceMs: 5_000, tries: 3, ...reach }
  const store = openObjectStore({ ...server.settings, ...settings }, limits)
  opened.push(store)
  return store
}

async function read(store: ObjectStore, key = 'in/a'): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of (await store.get(key)).body) parts.push(part)
  return Buffer.concat(parts).toString()
}

async function* body(of = text): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(of))
}

/** Fails so often. */
const times = (many: number, fault: StoreFault, when: (asked: AskedOfStore) => boolean = () => true) => {
  let left = many
  server.fail((asked) => (when(asked) && left-- > 0 ? fault : undefined))
}
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'no error',
    (error: { code?: string }) => String(error.code),
  )

describe('whoever sets a store up wrongly', () => {
  it.each<[string, Partial<ObjectStoreSettings>, string]>([
    ['another key', { accessKeyId: 'AKIDOFNOBODY' }, 'objects.wrong_key'],
    ['another secret', { secretAccessKey: 'wrong' }, 'objects.wrong_key'],
    ['another bucket', { bucket: 'no-bucket' }, 'objects.no_bucket'],
    ['another region', { region: 'eu-west-1' }, 'objects.other_region'],
  ])('is told so: %s', async (_, settings, code) => {
    const store = open(settings)
    expect(await codeOf(store.list(''))).toBe(code)
    expect(await codeOf(store.put('out/a', body()))).toBe(code)
    expect(server.asked).toHaveLength(2)
  })

  it('is told the region', async () => {
    await expect(open({ region: 'eu-west-1' }).list('')).rejects.toThrow('eu-central-1')
  })

  it.each([
    'https://user:pass@store.example.com',
    'https://store.example.com/?x=1',
    'ftp://store.example.com',
    'store.example.com',
    'https://store.example.com/a%20b',
  ])('is refused at once: %s', (endpoint) => {
    expect(() => open({ endpoint })).toThrow('is not an https address')
  })
})

describe('an address of this machine', () => {
  it.each(['127.0.0.1', '[::1]', '169.254.169.254', '[::ffff:7f00:1]', '2130706433', '0x7f.1'])(
    'is never asked as %s',
    (host) => {
      const endpoint = `https://${host}:${new URL(server.endpoint).port}`
      expect(() => open({ endpoint }, { mayBeLocal: false })).toThrow('may not connect')
      expect(server.asked).toEqual([])
    },
  )

  it('is never asked by a name that leads there, nor without TLS', async () => {
    const endpoint = `https://localhost:${new URL(server.endpoint).port}`
    expect(await codeOf(open({ endpoint }, { mayBeLocal: false }).list(''))).toBe('objects.not_allowed')
    expect(() => open({ endpoint: 'http://store.example.com' }, { mayBeLocal: false })).toThrow('https')
    expect(server.asked).toEqual([])
  })

  it('is asked with the bucket in front of its name, where that is allowed', async () => {
    const names: string[] = []
    const lookup: LookupFunction = (name, _, done) => {
      names.push(name)
      done(null, [{ address: '127.0.0.1', family: 4 }])
    }
    const endpoint = server.endpoint.replace('127.0.0.1', 'store.example.com')
    expect(await read(open({ endpoint, addressing: 'host' }, { lookup }))).toBe(text)
    expect(names).toEqual(['test-bucket.store.example.com'])
  })
})

describe('a store that fails for a while', () => {
  it.each<[string, StoreFault]>([
    ['slow down', { status: 503, code: 'SlowDown' }],
    ['too many', { status: 429, code: 'TooManyRequests' }],
    ['a fault of its own', { status: 500, code: 'InternalError' }],
    ['a reset', 'reset'],
    ['silence', 'silent'],
  ])('is asked again: %s', async (_, fault) => {
    const store = open({}, fault === 'silent' ? { silenceMs: 300, tries: 6 } : {})
    times(2, fault)
    expect((await store.list('')).objects).toHaveLength(1)
    times(2, fault)
    await store.put('out/a', body())
    expect(server.objects.get('out/a')?.bytes.toString()).toBe(text)
    times(2, fault)
    expect(await read(store)).toBe(text)
  })

  it.each<[StoreFault, string]>([
    [{ status: 503, code: 'SlowDown' }, 'objects.throttled'],
    [{ status: 500, code: 'InternalError' }, 'objects.failing'],
    ['reset', 'objects.unreachable'],
    ['silent', 'objects.silent'],
  ])('is given up in the end: %j', async (fault, code) => {
    server.fail(() => fault)
    expect(await codeOf(open({}, fault === 'silent' ? { silenceMs: 200 } : {}).list(''))).toBe(code)
    expect(server.asked).toHaveLength(3)
  })

  it('ends with the reason of whoever ends it, also while it is silent', async () => {
    const leaving = new AbortController()
    server.fail(() => {
      setTimeout(() => leaving.abort(new Error('cancelled')), 20)
      return 'silent'
    })
    const store = open({}, { silenceMs: 60_000, signal: leaving.signal })
    await expect(store.list('')).rejects.toThrow('cancelled')
  })

  it('goes on with a read that was cut off where it was', async () => {
    times(2, { cut: 70_000 }, ({ method }) => method === 'GET')
    server.asked.length = 0
    expect(await read(open())).toBe(text)
    expect(server.asked.length).toBeGreaterThan(2)
  })

  it('is given up where each answer is cut off at once', async () => {
    server.fail(() => ({ cut: 0 }))
    expect(await codeOf(read(open()))).toBe('objects.unreachable')
  })
})

describe('an object that changes while it is read', () => {
  const changing = (change: () => void) => {
    let asked = 0
    server.fail(() => {
      asked += 1
      if (asked === 2) change()
      return asked === 1 ? { cut: 70_000 } : undefined
    })
  }

  it('is not put together of two', async () => {
    changing(() => server.put('in/a', text.replaceAll('0', 'x')))
    expect(await codeOf(read(open()))).toBe('objects.changed')
  })

  it('is gone', async () => {
    changing(() => server.objects.delete('in/a'))
    expect(await codeOf(read(open()))).toBe('objects.missing')
  })

  it('is not read with other bytes than those that are wanted', async () => {
    expect(await codeOf(open().get('in/a', { etag: '0'.repeat(32) }))).toBe('objects.changed')
  })
})

describe('a store that lies', () => {
  it('is found out by the checksum', async () => {
    server.fail(() => 'flipped')
    expect(await codeOf(read(open()))).toBe('objects.damaged')
  })

  it('is found out by the checksums of the parts, of what art32 wrote', async () => {
    const store = open()
    await store.put('out/large', body('x'.repeat(9 * 1_048_576)))
    expect(await read(store, 'out/large')).toHaveLength(9 * 1_048_576)
    server.fail(() => 'flipped')
    expect(await codeOf(read(store, 'out/large'))).toBe('objects.damaged')
  })

  it.each([
    ['an entity of its own', '<!DOCTYPE a [<!ENTITY b "c">]><ListBucketResult>&b;</ListBucketResult>'],
    [
      'an entity of a file',
      '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><ListBucketResult>&b;</ListBucketResult>',
    ],
    ['no XML', '{"Contents":[]}'],
    ['nothing', ''],
    ['something else', '<LocationConstraint>eu</LocationConstraint>'],
    ['no word whether there is more', '<ListBucketResult></ListBucketResult>'],
    ['more without a way there', '<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>'],
    [
      'an empty page that leads on',
      '<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>a</NextContinuationToken></ListBucketResult>',
    ],
    [
      'a key of another folder',
      '<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>secret</Key><Size>1</Size><ETag>a</ETag><LastModified>2026-01-01T00:00:00Z</LastModified></Contents></ListBucketResult>',
    ],
    [
      'a size that is none',
      '<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>in/a</Key><Size>-1</Size><ETag>a</ETag><LastModified>2026-01-01T00:00:00Z</LastModified></Contents></ListBucketResult>',
    ],
    ['a text without end', `<ListBucketResult>${'x'.repeat(7 * 1_048_576)}</ListBucketResult>`],
    ['a deep one', '<ListBucketResult>'.repeat(100_000)],
  ])('in its list is not believed: %s', async (_, answer) => {
    server.fail(() => ({ text: answer }))
    expect(await codeOf(open().list('in/'))).toBe('objects.unreadable')
  })

  it('about a whole upload by a good answer with an error in it is not believed', async () => {
    server.fail(({ method, query }) =>
      method === 'POST' && query.has('uploadId') ? { text: '<Error><Code>InternalError</Code></Error>' } : undefined,
    )
    const store = open()
    expect(await codeOf(store.put('out/a', body('x'.repeat(9 * 1_048_576))))).toBe('objects.failing')
    expect(server.objects.has('out/a')).toBe(false)
    expect(server.uploads.size).toBe(0)
  })

  it('never has its words repeated', async () => {
    server.fail(() => ({ status: 418, code: 'Wilrun Ostermoor <script>' }))
    await expect(open().list('')).rejects.toThrow('refuses (none, status 418)')
  })
})
