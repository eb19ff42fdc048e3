import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { canonicalize } from '../../packages/ledger/src/index.ts'
import { integratePending } from '../../apps/server/src/evidence/sequencer.ts'
import { queryable } from '../../apps/server/src/evidence/store.ts'
import { recompute } from '../durability/ledger.ts'
import { edited, leavesOf, rebuild, writeBundle } from './forgery.ts'
import { logTables, startOwned } from './owned.ts'
import type { Owned } from './owned.ts'

interface Audit {
  readonly faults: readonly { kind: string; place: string; say: string }[]
}

describe('whoever owns the database server', { timeout: 60_000 }, () => {
  let owned: Owned
  beforeAll(async () => {
    owned = await startOwned()
    // What the log of the installation finds besides has tests of its own.
    await owned.hideAnchor()
  }, 120_000)
  afterEach(async () => {
    await owned.restore()
    await owned.hideAnchor()
  })
  afterAll(async () => {
    await owned.stop()
  })

  const places = (faults: readonly string[]) => faults.map((fault) => fault.slice(0, fault.indexOf(': ')))
  const byCheckpoint = async () => await owned.verify('--held', owned.kept.checkpoint)
  const byBundle = async () => await owned.verify('--held', owned.kept.bundle)
  const audit = async () =>
    (await owned.caller.get<Audit>('/api/tenants/alpha/ledger/audit')).faults.map(({ place }) => place)
  const entries = () => `tile/entries/000.p/${owned.size}`

  it('is told nothing while nobody touches it', async () => {
    for (const verdict of [await owned.verify(), await byCheckpoint(), await byBundle()])
      expect(verdict).toEqual({ exit: 0, faults: [] })
    expect(await audit()).toEqual([])
  })

  it('is found who edits a leaf', async () => {
    await owned.tamper(
      `update log_entry set leaf = convert_to(replace(convert_from(leaf, 'UTF8'), '"k":"user"', '"k":"system"'), 'UTF8') where idx = 3`,
    )
    expect((await owned.verify()).exit).toBe(1)
    expect(places((await byBundle()).faults)).toContain(`${entries()} leaf 3`)
    expect(await audit()).toContain('leaf 3')
  })

  it.each(['with the signature that the head had', 'and forges none'] as const)(
    'is found who edits a leaf and rebuilds everything on it, %s',
    async (how) => {
      const leaves = await leavesOf(owned)
      await rebuild(owned, leaves.with(3, edited(leaves[3])), null)
      if (how === 'and forges none')
        await owned.tamper(`update log_state set note = split_part(note, E'\\n\\n', 1) || E'\\n\\n'`)
      // The server gives nothing out over a head that its key did not sign; so he makes the bundle himself.
      expect(await owned.verify()).toMatchObject({ exit: 2, faults: [expect.stringContaining('status 500')] })
      const made = await writeBundle(owned, `${owned.kept.bundle}.made.zip`)
      const alone = await owned.verifyFile(made)
      expect([alone.exit, places(alone.faults)[0]]).toEqual([1, 'checkpoint'])
      const { faults } = await owned.verifyFile(made, '--held', owned.kept.bundle)
      expect(places(faults)).toContain(`${entries()} leaf 3`)
      // The heads that were signed before and after it still lie there: the place is between the two.
      expect((await audit()).some((place) => /^leaf 3$|^leaves \d+ to \d+$/.test(place))).toBe(true)
    },
  )

  it('is found who deletes the last leaf', async () => {
    await owned.tamper(`delete from log_entry where idx = ${owned.size - 1}`)
    const { exit, faults } = await owned.verify()
    expect([exit, places(faults)[0]]).toEqual([1, `tile/0/000.p/${owned.size}`])
    expect((await byBundle()).faults.at(-1)).toMatch(new RegExp(`^leaf ${owned.size - 1}: It is gone`))
    expect(await audit()).toContain(`leaf ${owned.size - 1}`)
  })

  it('is found who swaps two leaves', async () => {
    await owned.tamper(
      'update log_entry set idx = 1000 where idx = 1',
      'update log_entry set idx = 1 where idx = 2',
      'update log_entry set idx = 2 where idx = 1000',
    )
    const { exit, faults } = await owned.verify()
    expect(exit).toBe(1)
    expect(faults).toEqual(
      expect.arrayContaining([
        `${entries()} leaf 1: The leaf was recorded as number 2.`,
        `${entries()} leaf 2: The leaf was recorded as number 1.`,
      ]),
    )
    expect(await audit()).toEqual(expect.arrayContaining(['leaf 1', 'leaf 2']))
  })

  it('is found who truncates the log, whole or to its first half', async () => {
    await owned.tamper(`delete from log_entry where idx >= ${owned.editionLeaf + 1}`)
    expect(places((await owned.verify()).faults)[0]).toBe(`tile/0/000.p/${owned.size}`)
    expect((await byBundle()).faults.at(-1)).toMatch(new RegExp(`^leaf ${owned.editionLeaf + 1}: It is gone`))
    await owned.tamper('truncate log_entry')
    // Without leaves there is nothing to give out: who asks is told so, and who kept a bundle still has it.
    expect(await byCheckpoint()).toMatchObject({ exit: 2, faults: [expect.stringContaining('status 500')] })
    expect(await audit()).toEqual(expect.arrayContaining(['leaf 0', `leaf ${owned.size - 1}`]))
  })

  it('is found who restores the dump of yesterday, at once and after more has happened', async () => {
    const dump = await copyOut(owned)
    for (const host of ['d', 'e']) await owned.grow(host)
    const today = (await owned.caller.get<{ checkpoint: string }>('/api/tenants/alpha/ledger/show')).checkpoint
    writeFileSync(`${owned.kept.checkpoint}.today`, today)
    const held = ['--held', `${owned.kept.checkpoint}.today`]
    await owned.server.ledgers.anchorAll()
    await owned.hideAnchor()
    expect((await owned.verify(...held)).exit).toBe(0)
    const now = Number(today.split('\n')[1])

    await copyIn(owned, dump)
    // By itself a restored log is a log like any other.
    expect((await owned.verify()).exit).toBe(0)
    expect(await owned.verify(...held)).toEqual({
      exit: 1,
      faults: [`checkpoint: You kept a checkpoint of ${now} entries; the log was cut to ${owned.size}.`],
    })
    // The log of the installation was not restored: the heads of today stand there, so the server itself can tell.
    await owned.showAnchor()
    expect(await audit()).toContain(`leaves ${owned.size} to ${now - 1}`)
    await owned.hideAnchor()

    for (const host of ['f', 'g', 'h']) await owned.grow(host)
    expect((await owned.verify()).exit).toBe(0)
    const rolledBack = await owned.verify(...held)
    expect(rolledBack).toEqual({
      exit: 1,
      faults: [
        `checkpoint: The first ${now} entries are not those of the checkpoint that you kept: the log was rewritten.`,
      ],
    })
    // Nothing before the dump was touched, and who kept an older head is not alarmed.
    expect((await byCheckpoint()).exit).toBe(0)
  })

  it('is found who copies the database and lets both copies sign with the same key', async () => {
    const dump = await copyOut(owned)
    await owned.grow('one')
    const one = Buffer.from(await (await fetch(`${owned.trustUrl}/bundle.zip`)).arrayBuffer())
    writeFileSync(`${owned.kept.bundle}.one.zip`, one)
    await copyIn(owned, dump)
    await owned.grow('other')
    expect((await owned.verify()).exit).toBe(0)
    const { exit, faults } = await owned.verify('--held', `${owned.kept.bundle}.one.zip`)
    expect([exit, faults.length]).toEqual([1, 2])
    expect(faults[0]).toMatch(/^checkpoint: .*the log was rewritten\.$/)
    expect(faults[1]).toMatch(
      new RegExp(`^tile/entries/000[.]p/\\d+ leaf ${owned.size}: It is not the one in the bundle that you kept; all`),
    )
  })

  it('gets no fork from two servers on one database', async () => {
    const second = await owned.second()
    try {
      const [a, b] = [await owned.server.registry.open('alpha'), await second.registry.open('alpha')]
      const over = new AbortController()
      const integrate = async ({ connections, signer }: typeof a) => {
        while (!over.signal.aborted) await integratePending(queryable(connections), signer)
      }
      const sequencers = [integrate(a), integrate(b)]
      for (const host of ['p', 'q', 'r', 's', 't', 'u'])
        await Promise.all(
          [owned.server, second].map((server) =>
            server.tenants.asSystem('alpha', async (tx) => {
              await tx.append({
                type: 'measure.changed',
                about: { kind: 'measure', id: tx.newId() },
                content: { after: { host } },
              })
            }),
          ),
        )
      over.abort()
      await Promise.all(sequencers)
      await owned.server.ledgers.settle(a)
    } finally {
      await second.stop()
    }
    const { leaves, faults } = await recompute(owned.server, 'alpha')
    expect([faults, leaves.length]).toEqual([[], owned.size + 12])
    expect((await byCheckpoint()).exit).toBe(0)
  })

  it.each(['edition.pdf', 'edition.docx', 'art32-verify.mjs'])('is found who replaces the file %s', async (name) => {
    await owned.tamper(`update edition_file set bytes = convert_to('other', 'UTF8') where name = '${name}'`)
    expect(await owned.verify()).toEqual({
      exit: 1,
      faults: [`files/${name}: The file is not the one that the edition names: its SHA-256 differs.`],
    })
  })

  it('is found who replaces what a leaf stands for: the edition, a confirmation', async () => {
    const { editionLeaf } = owned
    const flip = 'content = set_byte(content, 30, get_byte(content, 30) # 1)'
    await owned.tamper(`update opening set ${flip} where idx = ${editionLeaf} and role = 'content'`)
    expect(places((await owned.verify()).faults)).toContain(`openings/${editionLeaf}/content.content`)
    expect(await audit()).toEqual([`content of leaf ${editionLeaf} (content)`])
    await owned.restore()
    await owned.tamper(`update opening set ${flip} where role = 'confirmation'`)
    expect(places((await owned.verify()).faults)[0]).toMatch(/^openings\/\d+\/confirmation\.content$/)
    expect((await audit())[0]).toMatch(/^content of leaf \d+ \(confirmation\)$/)
  })

  it('erases as the law demands, and is told from who deletes', async () => {
    const erase = (where: string) => `update opening set salt = null, content = null, erased_at = now() where ${where}`
    await owned.tamper(erase(`role = 'actor'`), erase(`role = 'confirmation'`))
    expect(await audit()).toEqual([])
    const { erased } = await owned.caller.get<{ erased: number }>('/api/tenants/alpha/ledger/audit')
    expect(erased).toBeGreaterThan(owned.size)
    // Every proof stays, of the log and of the edition; the contents are said to be gone.
    expect((await byCheckpoint()).exit).toBe(0)
    await owned.restore()
    await owned.tamper(`delete from opening where role = 'confirmation'`)
    const { faults } = await owned.caller.get<Audit>('/api/tenants/alpha/ledger/audit')
    expect(faults[0]).toMatchObject({ kind: 'missing', say: 'It is gone, and nothing says that it was erased.' })
    await owned.restore()
    await owned.tamper(erase(`idx = ${owned.editionLeaf} and role = 'content'`))
    expect(await owned.verify()).toEqual({
      exit: 1,
      faults: [expect.stringContaining('The content of the edition was erased or is withheld')],
    })
    expect(await audit()).toEqual([])
  })

  it('has no page to show who changes the sealed text of an edition', async () => {
    await owned.tamper(
      `update edition set content = set_byte(content, 60, get_byte(content, 60) # 1) where state = 'edition'`,
    )
    const page = await fetch(owned.trustUrl)
    expect(page.status).toBe(500)
    expect(await page.text()).not.toContain('TLS 1.2')
    expect(await owned.verify()).toMatchObject({ exit: 2, faults: [expect.stringContaining('Ask who publishes it')] })
  })

  describe('and has the secret key of the log', () => {
    /** Another text in the edition, every commitment made anew, the whole log signed by the stolen key. */
    async function forge(): Promise<void> {
      const { editionLeaf } = owned
      const leaves = await leavesOf(owned)
      const { rows } = await owned.asSuperuser((client) =>
        client.query<{ content: Buffer; commitment: Buffer }>(
          `select content, commitment from opening where idx = ${editionLeaf} and role = 'content'`,
        ),
      )
      const [{ content, commitment } = { content: Buffer.of(), commitment: Buffer.of() }] = rows
      const text = JSON.parse(content.toString()) as { files: Record<string, string> }
      const said = JSON.stringify(text).replace('Visitors are escorted by staff.', 'Visitors are searched.')
      const pdf = Buffer.from('%PDF-1.7 another one')
      const forged = JSON.parse(said) as typeof text
      forged.files['edition.pdf'] = createHash('sha256').update(pdf).digest('hex')
      const bytes = Buffer.from(canonicalize(forged))
      const salt = Buffer.alloc(32, 7)
      const anew = createHash('sha256').update(salt).update(bytes).digest()
      const leaf = String(leaves[editionLeaf])
        .replace(commitment.toString('base64'), anew.toString('base64'))
        .replace(`"n":${content.length},"role":"content"`, `"n":${bytes.length},"role":"content"`)
      await owned.asSuperuser(async (client) => {
        await client.query(`set session_replication_role = 'replica'`)
        await client.query('update opening set commitment = $1, salt = $2, content = $3 where commitment = $4', [
          anew,
          salt,
          bytes,
          commitment,
        ])
        await client.query('update edition set commitment = $1 where commitment = $2', [anew, commitment])
        await client.query(`update edition_file set bytes = $1 where name = 'edition.pdf' and edition_id = $2`, [
          pdf,
          owned.editionId,
        ])
      })
      const { signer } = await owned.server.registry.open('alpha')
      await rebuild(owned, leaves.with(editionLeaf, Buffer.from(leaf)), signer)
    }

    it('is found by the log of the installation, whose key is another one', async () => {
      await forge()
      await owned.showAnchor()
      expect(await owned.verify()).toEqual({
        exit: 1,
        faults: [expect.stringMatching(/^instance\/leaf: The installation recorded another root over the first \d+/)],
      })
    })

    it('is found by nobody but who kept something, once the proof of the installation is gone too', async () => {
      await forge()
      expect(await owned.verify()).toEqual({ exit: 0, faults: [] })
      expect(await byCheckpoint()).toEqual({
        exit: 1,
        faults: [
          `checkpoint: The first ${owned.size} entries are not those of the checkpoint that you kept: the log was rewritten.`,
        ],
      })
      expect(places((await byBundle()).faults)).toEqual(['checkpoint', `${entries()} leaf ${owned.editionLeaf}`])
    })
  })
})

/** What `pg_dump` of the ledger would be: every row, as text. */
async function copyOut(owned: Owned): Promise<Map<string, string>> {
  return await owned.asSuperuser(async (client) => {
    const dump = new Map<string, string>()
    for (const table of logTables) {
      const { rows } = await client.query<{ rows: string }>(
        `select coalesce(json_agg(t), '[]')::text as rows from ${table} t`,
      )
      dump.set(table, rows[0]?.rows ?? '[]')
    }
    return dump
  })
}

async function copyIn(owned: Owned, dump: ReadonlyMap<string, string>): Promise<void> {
  await owned.asSuperuser(async (client) => {
    await client.query(`set session_replication_role = 'replica'`)
    await client.query(`truncate ${logTables.join(', ')}`)
    for (const [table, rows] of dump)
      await client.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1)`, [rows])
  })
}
