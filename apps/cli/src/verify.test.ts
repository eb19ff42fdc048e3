import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { decodeEntries, encodeEntries } from '@art32/ledger'
import type { EditionDocument, Line } from '@art32/press'
import { zipSync } from 'fflate'
import { afterAll, describe, expect, it } from 'vitest'
import { nodeCrypto } from './node-crypto.ts'
import { sampleBundle } from './testing/bundle.ts'
import { runChild } from './testing/child.ts'
import { listen } from './testing/servers.ts'
import { runHere } from './testing/terminal.ts'

const home = mkdtempSync(join(tmpdir(), 'art32-verify-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

let count = 0
const newPath = (ending = '') => join(home, `${(count += 1)}${ending}`)
const zipped = (files: ReadonlyMap<string, Uint8Array>) => zipSync(Object.fromEntries(files))
const written = (bytes: Uint8Array | string, ending = '.zip') => {
  const path = newPath(ending)
  writeFileSync(path, bytes)
  return path
}
const bundleFile = (files: ReadonlyMap<string, Uint8Array>) => written(zipped(files))
const verify = (source: string, ...options: string[]) => runHere(['verify', source, ...options])

/** What --json says of a bundle. */
async function judge(files: ReadonlyMap<string, Uint8Array>, ...options: string[]) {
  const { exit, out } = await verify(bundleFile(files), '--json', ...options)
  return {
    exit,
    ...(JSON.parse(out) as { holds: boolean; faults: { place: string; say: string }[]; lines: unknown[] }),
  }
}

/** The sample with one file changed. */
const withFile = (path: string, change: (bytes: Uint8Array) => Uint8Array) => {
  const { files } = sampleBundle()
  const bytes = files.get(path)
  if (bytes === undefined) throw new Error(`the sample has no ${path}`)
  return new Map(files).set(path, change(bytes))
}
const flip = (at: number) => (bytes: Uint8Array) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte))

describe('art32 verify', () => {
  it('says of a good bundle what is proven and what is not', async () => {
    const { exit, out, err } = await verify(bundleFile(sampleBundle().files))
    expect([exit, err]).toEqual([0, ''])
    expect(out).toContain('Example Software GmbH: Technical and organisational measures')
    expect(out).toContain('✓ It holds.')
    expect(out).toContain('holds 4 entries, and none was changed, removed or')
    expect(out).toContain('Each of the 2 lines says no more than the records it cites: 1 verified')
    expect(out).toContain('– Who made this: the key was taken from the bundle itself.')
    expect(out).toContain('the publisher tests itself')
  })

  it('verifies the unpacked folder as it does the archive', async () => {
    const folder = newPath()
    for (const [name, bytes] of sampleBundle().files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), bytes)
    }
    expect((await verify(folder)).exit).toBe(0)
    symlinkSync('/etc/hostname', join(folder, 'files', 'link'))
    const { exit, err } = await verify(folder)
    expect([exit, err]).toEqual([2, 'art32: files/link is a link or a device; a bundle holds files only.\n'])
  })

  it('lists times in which a look was due and none was made as not proven, and nothing else that a publisher writes there', async () => {
    const gap = { from: '2026-11-02T06:00:00.000Z', until: '2026-11-09T06:00:00.000Z' }
    const withGaps = (gaps: unknown) =>
      sampleBundle({ edit: (edition) => withPeriod(edition, { held: 3, failed: 0, notLooked: 7, gaps }) }).files
    const { out } = await verify(bundleFile(withGaps([gap])))
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      'That line s3 held from 2026-11-02T06:00:00.000Z to 2026-11-09T06:00:00.000Z: a look was due and none was made.',
    )
    const told = await judge(withGaps([gap]))
    expect(told).toMatchObject({ exit: 0, gaps: [{ line: 's3', ...gap }] })
    for (const gaps of [7, 'x', [7], [{ from: 1, until: 2 }], {}])
      expect(await judge(withGaps(gaps))).toMatchObject({ exit: 0, gaps: [] })
  })

  it('asks a bundle that was kept to be continued, and names the first entry that is another', async () => {
    const old = bundleFile(sampleBundle({ after: 3 }).files)
    expect(await judge(sampleBundle({ after: 9 }).files, '--held', old)).toMatchObject({ exit: 0 })
    const cut = await judge(sampleBundle({ after: 1 }).files, '--held', old)
    expect([cut.exit, cut.faults.at(-1)?.place, cut.faults.at(-1)?.say]).toEqual([
      1,
      'leaf 4',
      'It is gone, as is every one up to leaf 5; the bundle that you kept has them.',
    ])
    const other = await judge(
      sampleBundle({ after: 9, edit: (edition) => ({ ...edition, title: 'Other measures' }) }).files,
      '--held',
      old,
    )
    expect(other.faults.at(-1)).toMatchObject({ place: 'tile/entries/000.p/12 leaf 2' })
    const broken = bundleFile(withFile('files/edition.pdf', flip(1)))
    expect(await verify(old, '--held', broken)).toMatchObject({
      exit: 2,
      err: expect.stringContaining('does not hold by itself'),
    })
    expect(await verify(old, '--save-checkpoint', old)).toMatchObject({
      exit: 2,
      err: expect.stringContaining('Name another file'),
    })
  })

  it.each([0, 1, 253, 254, 255, 300])(
    'finds the head of the edition in a log with %i leaves before it',
    async (padding) => {
      expect(await judge(sampleBundle({ padding }).files)).toMatchObject({ exit: 0, faults: [] })
    },
  )

  it('finds the head of the edition inside a tile that filled up later', async () => {
    expect(await judge(sampleBundle({ padding: 100, after: 400 }).files)).toMatchObject({ exit: 0, faults: [] })
  })

  it('refuses every single byte changed in entries, results, edition and checkpoint', async () => {
    const { files } = sampleBundle()
    const paths = [...files.keys()].filter((path) => /^(tile\/|openings\/|checkpoint$|files\/)/.test(path))
    expect(paths.length).toBeGreaterThan(9)
    const { verifyFiles } = await import('./verification.ts')
    const survivors: string[] = []
    for (const path of paths) {
      const bytes = files.get(path)!
      for (let at = 0; at < bytes.length; at += 1) {
        const report = verifyFiles(nodeCrypto, new Map(files).set(path, flip(at)(bytes)), 'memory', {})
        if (report.holds || report.faults.length === 0 || report.proven.length > 0) survivors.push(`${path} byte ${at}`)
      }
    }
    expect(survivors).toEqual([])
  })

  it.each([
    ['a result', 'openings/1/outcome.content', 'openings/1/outcome.content'],
    ['a confirmation', 'openings/0/confirmation.content', 'openings/0/confirmation.content'],
    ['the edition', 'openings/2/content.content', 'openings/2/content.content'],
    ['the checkpoint', 'checkpoint', 'checkpoint'],
    ['a leaf', 'tile/entries/000.p/4', 'tile/entries/000.p/4 leaf 0'],
    ['the PDF', 'files/edition.pdf', 'files/edition.pdf'],
  ])('names the place where one byte of %s was changed', async (_what, path, place) => {
    const { exit, faults } = await judge(withFile(path, flip(40)))
    expect(exit).toBe(1)
    expect(faults[0]?.place).toBe(place)
  })

  it('names the place where the last leaf was dropped or leaves were reordered', async () => {
    const path = 'tile/entries/000.p/4'
    const change = (order: readonly number[]) =>
      withFile(path, (bytes) => {
        const entries = decodeEntries(bytes)
        return encodeEntries(order.map((index) => entries[index]!))
      })
    const dropped = await judge(change([0, 1, 2]))
    expect([dropped.exit, dropped.faults[0]?.place]).toEqual([1, path])
    const moved = await judge(change([1, 0, 2, 3]))
    expect([moved.exit, moved.faults[0]?.place]).toEqual([1, `${path} leaf 0`])
  })

  it('refuses a log that was cut and signed again by its own key, when a checkpoint was kept', async () => {
    const held = written(sampleBundle({ after: 3 }).checkpoint, '.txt')
    const { files } = sampleBundle({ after: 1 })
    expect((await judge(files)).exit).toBe(0)
    const { exit, faults } = await judge(files, '--held', held)
    expect(exit).toBe(1)
    expect(faults[0]?.say).toContain('You kept a checkpoint of 6 entries; the log was cut to 4.')
  })

  it('keeps a checkpoint, asks the next bundle to continue it, and keeps nothing of what does not', async () => {
    const path = newPath('.txt')
    const first = sampleBundle({ after: 1 })
    const grown = sampleBundle({ after: 5 })
    const save = (files: ReadonlyMap<string, Uint8Array>) => judge(files, '--save-checkpoint', path)
    expect((await save(first.files)).exit).toBe(0)
    expect(readFileSync(path, 'utf8')).toBe(first.checkpoint)
    expect((await save(grown.files)).exit).toBe(0)
    expect(readFileSync(path, 'utf8')).toBe(grown.checkpoint)
    expect((await save(first.files)).exit).toBe(1)
    expect((await save(sampleBundle({ seed: 'other ' }).files)).exit).toBe(1)
    expect(readFileSync(path, 'utf8')).toBe(grown.checkpoint)
  })

  it('trusts the key that it is given and no other', async () => {
    const { files, vkey } = sampleBundle()
    const known = await verify(bundleFile(files), '--key', vkey)
    expect(known.exit).toBe(0)
    expect(known.out).not.toContain('Who made this')
    const foreign = await judge(files, '--key', sampleBundle({ seed: 'other ' }).vkey)
    expect([foreign.exit, foreign.faults[0]?.say]).toEqual([1, expect.stringContaining('is one that you trust')])
    expect((await verify(bundleFile(files), '--key', 'nonsense')).exit).toBe(2)
  })
})

describe('the edition in a bundle', () => {
  const withLine = (edition: EditionDocument, change: Partial<Line>): unknown => ({
    ...edition,
    sections: edition.sections.map((section) => ({
      ...section,
      blocks: section.blocks.map((block) =>
        block.kind === 'line' && block.id === 's3' ? { ...block, ...change } : block,
      ),
    })),
  })
  const ledgerOf = (change: Partial<EditionDocument['ledger']>) => (edition: EditionDocument) => ({
    ...edition,
    ledger: { ...edition.ledger, ...change },
  })
  const other = sampleBundle({ seed: 'other ' })

  it.each<[string, (edition: EditionDocument) => unknown, string, string]>([
    [
      'claims more than its records',
      (e) => withLine(e, { freshUntil: '2027-11-22T06:00:00.000Z' }),
      'line s3',
      'counts until',
    ],
    ['cites a leaf that is no outcome', (e) => withLine(e, { cites: [0] }), 'line s3', 'not those that its parts name'],
    ['miscounts', (e) => ({ ...e, counts: { ...e.counts, lines: 9 } }), 'edition', 'counts of the edition'],
    [
      'names another log',
      ledgerOf({ origin: 'other.example/t/x' }),
      'edition ledger head',
      'names the log other.example/t/x',
    ],
    [
      'names another root',
      ledgerOf({ root: `${'A'.repeat(43)}=` }),
      'edition ledger head',
      'not the one over the first 2',
    ],
    ['names a head after itself', ledgerOf({ size: 3 }), 'edition ledger head', 'recorded as entry 2 itself'],
    ['names half an entry', ledgerOf({ size: 0.5 }), 'edition ledger head', 'names a head of 0.5'],
    ['names a key of another log', ledgerOf({ key: other.vkey }), 'edition ledger head', 'not one of this log'],
    [
      'carries a foreign checkpoint',
      ledgerOf({ checkpoint: other.checkpoint }),
      'edition ledger head',
      'does not hold',
    ],
    [
      'calls itself a draft',
      (e) => ({ ...e, state: 'draft', number: null }),
      'edition ledger head',
      'recorded as edition.published',
    ],
    ['has another format', (e) => ({ ...e, format: 'art32.edition/9' }), 'edition', 'does not have the shape'],
    ['has no title', (e) => ({ ...e, title: 7 }), 'edition', 'does not have the shape'],
    ['has lines without parts', (e) => withLine(e, { parts: null as never }), 'edition', 'does not have the shape'],
    [
      'has blocks that are none',
      (e) => ({ ...e, sections: [{ blocks: [null] }] }),
      'edition',
      'does not have the shape',
    ],
    ['is a text', () => 'edition', 'edition', 'does not have the shape'],
  ])('does not hold when it %s, although the log is sound', async (_what, edit, place, say) => {
    const { exit, faults } = await judge(sampleBundle({ edit }).files)
    expect(exit).toBe(1)
    expect(faults.map((fault) => fault.place)).toContain(place)
    expect(faults.map((fault) => fault.say).join(' ')).toContain(say)
  })

  it('cannot repaint the terminal', async () => {
    const edit = (edition: EditionDocument) => ({ ...edition, title: '\u001B[2J\u202Egood' })
    const { exit, out } = await verify(bundleFile(sampleBundle({ edit }).files))
    expect(exit).toBe(0)
    expect(out).toContain('Example Software GmbH: [2Jgood\n')
    expect(out).not.toMatch(/[\u001B\u202E]/)
  })
})

describe('what is no bundle', () => {
  const sample = sampleBundle().files
  /** Changes the numbers of an archive: `u32` at an offset from a signature. */
  const forge = (bytes: Uint8Array, signature: number, offset: number, value: number) => {
    const archive = Buffer.from(bytes)
    const at = archive.lastIndexOf(Buffer.from(Uint32Array.of(signature).buffer))
    archive.writeUInt32LE(value, at + offset)
    return archive
  }
  const entry = 0x02014b50
  const end = 0x06054b50

  it.each<[string, () => Uint8Array | string, string]>([
    ['text', () => 'hello', 'neither a ZIP archive nor a folder'],
    ['nothing', () => '', 'neither a ZIP archive nor a folder'],
    ['a cut archive', () => zipped(sample).subarray(0, 2000), 'neither a ZIP archive nor a folder'],
    ['an archive of something else', () => zipSync({ 'a.txt': Uint8Array.of(1) }), 'This is not a proof bundle'],
    ['a path that leads out', () => zipSync({ '../escape': Uint8Array.of(1) }), 'no plain path'],
    ['an absolute path', () => zipSync({ '/etc/x': Uint8Array.of(1) }), 'no plain path'],
    ['a path of another system', () => zipSync({ 'a\\..\\b': Uint8Array.of(1) }), 'no plain path'],
    ['a bomb', () => forge(zipSync({ a: new Uint8Array(9) }), entry, 24, 600 * 1_048_576), 'would unpack to 600 MiB'],
    [
      'an entry that unpacks to more than it states',
      () => forge(zipSync({ a: new Uint8Array(9000) }), entry, 24, 10),
      'damaged at a',
    ],
    ['a wrong checksum', () => forge(zipSync({ a: new Uint8Array(9) }), entry, 16, 7), 'damaged at a'],
    ['an entry that begins elsewhere', () => forge(zipSync({ a: new Uint8Array(9) }), entry, 42, 5), 'damaged at a'],
    ['an encrypted entry', () => forge(zipSync({ a: new Uint8Array(9) }), entry, 8, 0x0008_0001), 'encrypted'],
    ['an unknown compression', () => forge(zipSync({ a: new Uint8Array(9) }), entry, 10, 12), 'packed in a way (12)'],
    [
      'too many entries',
      () => forge(zipSync({ a: new Uint8Array(9) }), end, 8, 60_001 * 0x1_0001),
      'at most 60000 are read',
    ],
  ])('is told from a bundle that does not hold: %s', async (_what, make, say) => {
    const { exit, out, err } = await verify(written(make()))
    expect([exit, out]).toEqual([2, ''])
    expect(err).toContain(say)
  })

  it('refuses an archive that holds a name twice', async () => {
    const archive = Buffer.from(zipSync({ aa: Uint8Array.of(1), ab: Uint8Array.of(2) }))
    const text = archive.toString('latin1').replaceAll('ab', 'aa')
    const { exit, err } = await verify(written(Buffer.from(text, 'latin1')))
    expect([exit, err]).toEqual([2, 'art32: The archive holds aa twice; nobody could say which one counts.\n'])
  })

  it.each([
    [['/nowhere/bundle.zip'], 'There is no such file for the bundle'],
    [['https://'], 'This address cannot be read'],
    [['https://user:secret@art32.example/trust/x'], 'give its address without a password'],
    [['BUNDLE', '--held', '/nowhere/checkpoint'], 'There is no such file for the checkpoint'],
    [['BUNDLE', '--save-checkpoint', '/'], 'A folder was given for the checkpoint'],
  ])('is told for %j', async (args, say) => {
    const bundle = bundleFile(sample)
    const { exit, err } = await runHere(['verify', ...args.map((arg) => (arg === 'BUNDLE' ? bundle : arg))])
    expect([exit, err]).toEqual([2, expect.stringContaining(say)])
  })
})

describe('art32 verify of an address', () => {
  it('fetches the bundle below a trust page, and says so when there is none', async () => {
    const asked: string[] = []
    const http = createServer((request, response) => {
      asked.push(request.url ?? '')
      if (request.url !== '/trust/example/bundle.zip') response.writeHead(404).end()
      else response.end(zipped(sampleBundle().files))
    })
    const server = await listen(http)
    const origin = `http://localhost:${server.port}`
    try {
      for (const path of [
        '/trust/example',
        '/trust/example/',
        '/trust/example?language=de#top',
        '/trust/example/bundle.zip',
      ])
        expect((await verify(`${origin}${path}`)).exit).toBe(0)
      expect(new Set(asked)).toEqual(new Set(['/trust/example/bundle.zip']))
      const absent = await verify(`${origin}/trust/nobody`)
      expect([absent.exit, absent.err]).toEqual([2, expect.stringContaining('nothing is published at this address')])
    } finally {
      await server.close()
    }
    const gone = await verify(`${origin}/trust/example`)
    expect([gone.exit, gone.err]).toEqual([2, expect.stringContaining('could not be reached (')])
  })

  it('refuses an answer that has no end', async () => {
    const { fetchBytes } = await import('./fetch-bytes.ts')
    const endless = await listen(
      createServer((_request, response) => {
        const timer = setInterval(() => response.write(Buffer.alloc(262_144)), 1)
        response.on('close', () => clearInterval(timer))
      }),
    )
    const silent = await listen(createServer(() => undefined))
    try {
      const limits = { limit: 1_000_000, milliseconds: 300 }
      await expect(fetchBytes(new URL(`http://localhost:${endless.port}`), limits)).rejects.toThrow(
        'larger than 1000000 bytes',
      )
      await expect(fetchBytes(new URL(`http://localhost:${silent.port}`), limits)).rejects.toThrow(
        'did not answer in time',
      )
    } finally {
      await Promise.all([endless.close(), silent.close()])
    }
  })
})

describe('art32 verify as a process', () => {
  it('ends with the status of the verdict', async () => {
    const good = bundleFile(sampleBundle().files)
    const bad = bundleFile(withFile('checkpoint', flip(60)))
    const [held, broken] = await Promise.all([runChild(['verify', good]), runChild(['verify', bad])])
    expect([held.exit, held.err]).toEqual([0, ''])
    expect([broken.exit, broken.out]).toEqual([1, expect.stringContaining('✗ It does not hold.')])
  })
})

/** The edition with a period that anybody may have written on its first line. */
function withPeriod(edition: EditionDocument, period: unknown): unknown {
  return {
    ...edition,
    sections: edition.sections.map((section) => ({
      ...section,
      blocks: section.blocks.map((block, index) => (index === 0 ? { ...block, period } : block)),
    })),
  }
}
