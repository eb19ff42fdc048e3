import { describe, expect, it } from 'vitest'
import { bytesOf, ed25519Signer, mlDsa44Signer, nodeCrypto, plainCrypto } from '../testing/node-crypto.ts'
import { instanceKey, instanceSigner, sampleInput, sampleLog, tenantKey, tenantSigner } from '../testing/sample-log.ts'
import {
  type Bundle,
  buildBundle,
  type BundleInput,
  encodeEntries,
  encodeLeaf,
  encodeUtf8,
  type LedgerCrypto,
  LedgerError,
  parseLeaf,
  sequence,
  sequenceEntries,
  signNote,
  verifierKey,
  verifyBundle,
  verifyText,
} from './index.ts'

const keys = [tenantKey, instanceKey]
const build = (changes: Partial<BundleInput> = {}) => buildBundle(nodeCrypto, { ...sampleInput(), ...changes })
/** Without the installation's proof. */
const buildAlone = (changes: Partial<BundleInput> = {}) => {
  const { instance: _, ...input } = sampleInput()
  return buildBundle(nodeCrypto, { ...input, keys: [tenantKey], ...changes })
}
const verify = (bundle: Bundle) => verifyBundle(nodeCrypto, bundle, { keys })
/** The first fault as "step place". */
const fault = (bundle: Bundle, trust = {}) => {
  const report = verifyBundle(nodeCrypto, bundle, { keys, ...trust })
  const wrong = report.steps.find(({ ok }) => !ok)
  expect(report.holds).toBe(wrong === undefined)
  expect(report.holds ? report.proven : []).toEqual(report.proven)
  return wrong === undefined ? 'holds' : `${wrong.id} ${wrong.place}`
}
const withFile = (path: string, bytes: Uint8Array | string, bundle = build()) =>
  bundle.set(path, typeof bytes === 'string' ? encodeUtf8(bytes) : bytes)
const without = (path: string, bundle = build()) => {
  expect(bundle.delete(path)).toBe(true)
  return bundle
}
const entriesPath = 'tile/entries/000.p/4'

describe('bundle', () => {
  it('holds as built, and says what is proven and what is not', () => {
    const report = verify(build())
    expect(report.steps.filter(({ ok }) => !ok)).toEqual([])
    expect(report).toMatchObject({ holds: true, keyFrom: 'caller', origin: tenantSigner.name, editionLeaf: 2 })
    expect(report).toMatchObject({ size: 4, edition: { seq: 2, type: 'edition.published' } })
    expect([...report.opened.keys()]).toEqual(['0/content', '1/content', '2/content'])
    expect(report.withheld).toBe(4)
    expect(report.proven.join(' ')).toContain('holds 4 entries')
    expect(report.proven.join(' ')).toContain('The installation recorded a head of this log')
    expect(report.notProven.join(' ')).toContain('the publisher tests itself')
    expect(report.notProven.join(' ')).not.toContain('taken from the bundle')
  })

  it('fails for every single byte changed in any file', () => {
    const bundle = build()
    let flips = 0
    const survivors: string[] = []
    for (const [path, bytes] of bundle) {
      for (let i = 0; i < bytes.length; i++) {
        const changed = Uint8Array.from(bytes, (byte, at) => (at === i ? byte ^ (1 << (i % 8)) : byte))
        if (holds(new Map(bundle).set(path, changed))) survivors.push(`${path} byte ${i}`)
        flips += 1
      }
    }
    expect(survivors).toEqual([])
    expect(flips).toBeGreaterThan(7000)
  })

  it('fails for every file taken away but openings, whose commitments are then withheld', () => {
    const bundle = build()
    const optional = /^openings\/[013]\//
    for (const path of bundle.keys()) {
      if (!optional.test(path)) expect([path, holds(without(path, new Map(bundle)))]).toEqual([path, false])
    }
    const closed = new Map([...bundle].filter(([path]) => !optional.test(path)))
    const report = verify(closed)
    expect(report.holds).toBe(true)
    expect(report.withheld).toBe(6)
    expect(report.notProven.join(' ')).toContain('What 6 commitments stand for: they are withheld or erased.')
    expect(fault(without('openings/1/content.salt'))).toBe('openings openings/1/content.salt')
    expect(fault(without('openings/1/content.content'))).toBe('openings openings/1/content.content')
  })

  it('says plainly that an edition was erased, and that its place in the log is still proven', () => {
    const erased = without('openings/2/content.content', without('openings/2/content.salt'))
    const report = verify(erased)
    expect(report.holds).toBe(false)
    expect(report.steps.filter(({ ok }) => !ok).map(({ id, say }) => [id, say])).toEqual([
      ['edition', expect.stringContaining('was erased or is withheld: the log shows that an edition was recorded')],
    ])
    expect(report.steps.filter(({ ok }) => ok).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['signature', 'entries', 'root', 'leaves']),
    )
  })

  it('names the leaf whose bytes were changed', () => {
    const { batch } = sampleLog()
    const leaf = parseLeaf(batch.entries[1]!)
    const changed = batch.entries.with(1, encodeLeaf({ ...leaf, code: 'pass' } as Parameters<typeof encodeLeaf>[0]))
    expect(fault(withFile(entriesPath, encodeEntries(changed)))).toBe(`root ${entriesPath} leaf 1`)
  })

  it('names the place where leaves were dropped, swapped or added', () => {
    const { batch, events, state } = sampleLog()
    const [a, b, c, d] = batch.entries as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
    expect(fault(withFile(entriesPath, encodeEntries([a, b, c])))).toBe(`entries ${entriesPath}`)
    const swapped = verify(withFile(entriesPath, encodeEntries([a, c, b, d])))
    expect(swapped.steps.filter(({ ok }) => !ok).map(({ place }) => place)).toEqual([
      `${entriesPath} leaf 1`,
      `${entriesPath} leaf 2`,
      `${entriesPath} leaf 1`,
      `${entriesPath} leaf 2`,
      'bundle.json',
      'instance/leaf',
    ])
    const foreign = sequence(nodeCrypto, { ...state, frontier: batch.frontier, last: batch.checkpoint }, [events[3]!])
      .entries[0]!
    expect(fault(withFile(entriesPath, encodeEntries([a, b, c, d, foreign])))).toBe(`entries ${entriesPath}`)
    expect(fault(withFile(entriesPath, encodeEntries([a, b, c, d]).subarray(1)))).toBe(`entries ${entriesPath}`)
  })

  it('fails when leaves of another log or out of place were signed by the log itself', () => {
    const { batch, state } = sampleLog()
    const sign = (entries: readonly Uint8Array[]) => {
      const { text } = sequenceEntries(nodeCrypto, state, entries)
      return buildAlone({
        entries,
        checkpoint: signNote(nodeCrypto, text, [tenantSigner]),
      })
    }
    const other = sampleLog(ed25519Signer('art32.example/t/another-log-of-them', bytesOf('other')))
    expect(fault(sign(batch.entries))).toBe('holds')
    expect(fault(sign(batch.entries.with(3, other.batch.entries[3]!)))).toBe(`leaves ${entriesPath} leaf 3`)
    expect(fault(sign(batch.entries.with(3, batch.entries[1]!)))).toBe(`leaves ${entriesPath} leaf 3`)
    expect(fault(sign(batch.entries.with(3, encodeUtf8('{}'))))).toBe(`leaves ${entriesPath} leaf 3`)
  })

  it('fails when the checkpoint is replaced by an older one of the same log', () => {
    const { events, state } = sampleLog()
    const older = signNote(nodeCrypto, sequence(nodeCrypto, state, events.slice(0, 3)).text, [tenantSigner])
    expect(fault(withFile('checkpoint', older))).toBe('entries tile/0/000.p/3')
  })

  it('finds a log cut back or rewritten by a checkpoint that the customer kept', () => {
    const { note, events, state } = sampleLog()
    const rewritten = sequence(nodeCrypto, state, events.with(0, { ...events[0]!, code: 'pass' }))
    const short = sequence(nodeCrypto, state, events.slice(0, 3))
    const bundleOf = ({ entries, text }: typeof short) =>
      buildAlone({
        entries,
        checkpoint: signNote(nodeCrypto, text, [tenantSigner]),
      })
    const kept = { held: [note] }
    expect(fault(build(), kept)).toBe('holds')
    expect(fault(bundleOf(short))).toBe('holds')
    expect(fault(bundleOf(short), kept)).toBe('held checkpoint')
    expect(fault(bundleOf(rewritten), kept)).toBe('held checkpoint')
    const stranger = sampleLog(ed25519Signer(tenantSigner.name, bytesOf('stranger'))).note
    expect(fault(build(), { held: [stranger] })).toBe('held checkpoint')
    expect(verify(build()).notProven.join(' ')).toContain('keep this checkpoint')
  })

  it('says plainly when the key was only taken from the bundle, and refuses a key that is not trusted', () => {
    const report = verifyBundle(nodeCrypto, build())
    expect(report).toMatchObject({ holds: true, keyFrom: 'bundle' })
    expect(report.notProven[0]).toContain('the key was taken from the bundle itself')
    const stranger = ed25519Signer(tenantSigner.name, bytesOf('stranger'))
    const forged = build({
      keys: [verifierKey(nodeCrypto, stranger), instanceKey],
      checkpoint: sampleLog(stranger).note,
    })
    expect(verifyBundle(nodeCrypto, forged).holds).toBe(true)
    expect(fault(forged)).toBe('key policy.txt')
    expect(verifyBundle(nodeCrypto, build(), { keys: [tenantKey] }).notProven.join(' ')).toContain(
      `Who runs the log ${instanceSigner.name}`,
    )
  })

  it('knows the instructions of earlier releases, and no others', () => {
    const last = verifyText.replace(/## 6\. [^]*/, sectionBeforeWitnesses)
    const earlier = last.replace(/## 0\. [^]*?(?=## 1\. )/, '')
    expect(new Set([verifyText, last, earlier]).size).toBe(3)
    for (const text of [last, earlier]) expect(verify(withFile('VERIFY.md', text)).holds).toBe(true)
    for (const text of [`${earlier} `, `${verifyText} `, ''])
      expect(fault(withFile('VERIFY.md', text))).toBe('coverage VERIFY.md')
  })

  it('refuses files that nothing vouches for', () => {
    for (const path of [
      'files/extra.txt',
      'openings/9/content.salt',
      'tile/0/000',
      'README',
      'openings/0/reason.content',
    ]) {
      expect(fault(withFile(path, 'x'))).toBe(`coverage ${path}`)
    }
    expect(fault(withFile('policy.txt', `# trust me\n${new TextDecoder().decode(build().get('policy.txt'))}`))).toBe(
      'key policy.txt',
    )
    expect(
      fault(
        build({ keys: [tenantKey, instanceKey, verifierKey(nodeCrypto, ed25519Signer('a.example', bytesOf('a')))] }),
      ),
    ).toBe('key policy.txt')
    const second = signNote(nodeCrypto, sampleLog().batch.text, [
      tenantSigner,
      ed25519Signer('a.example', bytesOf('a')),
    ])
    expect(fault(build({ checkpoint: second }))).toBe('signature checkpoint')
  })

  it('checks an ML-DSA-44 line where it can and says so where it cannot', () => {
    const second = mlDsa44Signer(tenantSigner.name)
    const key = verifierKey(nodeCrypto, second)
    const bundle = build({
      checkpoint: signNote(nodeCrypto, sampleLog().batch.text, [tenantSigner, second]),
      keys: [tenantKey, key, instanceKey],
    })
    const trust = { keys: [tenantKey, key, instanceKey] }
    expect(verifyBundle(nodeCrypto, bundle, trust).holds).toBe(true)
    const unchecked = verifyBundle(plainCrypto, bundle, trust)
    expect(unchecked.holds).toBe(true)
    expect(unchecked.notProven.join(' ')).toContain('ML-DSA-44')
  })

  it('holds without a proof of the installation and says what is then missing', () => {
    const report = verify(buildAlone())
    expect(report.holds).toBe(true)
    expect(report.notProven.join(' ')).toContain('no proof of an instance log')
  })

  it('refuses an edition that names files by paths, or none', () => {
    const { events, state, openings } = sampleLog()
    const withContent = (content: string) => {
      const opened = { ...openings[2]!, content: encodeUtf8(content) }
      const c = Buffer.from(nodeCrypto.sha256(Buffer.concat([opened.salt, opened.content]))).toString('base64')
      const edited = events.with(2, { ...events[2]!, obj: [{ c, n: opened.content.length, role: 'content' }] })
      const batch = sequence(nodeCrypto, state, edited)
      return buildAlone({
        entries: batch.entries,
        checkpoint: signNote(nodeCrypto, batch.text, [tenantSigner]),
        openings: openings.with(2, opened),
      })
    }
    expect(fault(withContent('{"files":{"../edition.html":"00"}}'))).toBe('files files/../edition.html')
    expect(fault(withContent('{}'))).toBe('edition openings/2/content.content')
    expect(fault(withContent('{"files":'))).toBe('edition openings/2/content.content character 9')
    expect(fault(build({ editionLeaf: 1 }))).toBe('edition bundle.json')
  })

  it('does not try to read a log whose checkpoint claims more entries than there are files for', () => {
    const text = sampleLog().batch.text.replace('\n4\n', '\n9007199254740991\n')
    expect(fault(build({ checkpoint: signNote(nodeCrypto, text, [tenantSigner]) }))).toBe('entries tile/entries')
  })

  it('throws only for what is no bundle of this format', () => {
    const unreadable = [
      new Map(),
      withFile('bundle.json', '{'),
      withFile('bundle.json', bytesOf('x')),
      withFile('bundle.json', '[]'),
    ]
    for (const bundle of [...unreadable, withFile('bundle.json', '{"format":"art32.bundle/2"}')]) {
      expect(() => verify(bundle)).toThrow(expect.objectContaining({ code: 'bundle', place: 'bundle.json' }))
    }
    expect(fault(withFile('bundle.json', '{"format":"art32.bundle/1"}'))).toBe('manifest bundle.json')
    expect(() => build({ editionLeaf: 4 })).toThrow(LedgerError)
  })
})

/** How VERIFY.md ended before bundles had cosignatures. */
const sectionBeforeWitnesses = `## 6. Other tools

checkpoint and tile/ are a log in the format of c2sp.org/tlog-tiles, policy.txt one of c2sp.org/tlog-policy, and
instance/tenant.tlog-proof one of c2sp.org/tlog-proof: any tool for these formats reads them, for example Go's
golang.org/x/mod/sumdb/tlog.
`

/** Signatures are most of a verification's time, and the same ones are checked for each flipped byte. */
const checked = new Map<string, boolean>()
const rememberingCrypto: LedgerCrypto = {
  ...plainCrypto,
  verifyEd25519: (...args) => {
    const name = args.map((bytes) => Buffer.from(bytes).toString('base64')).join()
    const ok = checked.get(name) ?? plainCrypto.verifyEd25519(...args)
    checked.set(name, ok)
    return ok
  },
}

function holds(bundle: Bundle): boolean {
  try {
    return verifyBundle(rememberingCrypto, bundle, { keys }).holds
  } catch (error) {
    expect(error).toBeInstanceOf(LedgerError)
    return false
  }
}
