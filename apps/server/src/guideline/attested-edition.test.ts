import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { todayOfTenants } from '../../../../scripts/testing/today.ts'
import { adoptedDocument, at, json } from '../../../../scripts/testing/published.ts'
import type { Published } from '../../../../scripts/testing/published.ts'

let { server, owner, editor, draft } = {} as Published
beforeAll(async () => {
  ;({ server, owner, editor, draft } = await adoptedDocument())
})
afterAll(() => server.stop())

const ask = async <T = object>(operation: string, body: object, person = owner): Promise<T> =>
  await json<T>(await person.post(at(operation), body))
const read = async <T>(operation: string): Promise<T> => await json<T>(await owner.get(at(operation)))

describe('an edition', () => {
  it('says attested while a guideline in force covers a line, lapsed when its review is overdue, and verifies', async () => {
    const lineOf = async () => {
      const { statements } = await read<{
        statements: { text: string; measure: { id: string; revision: number; assurance: string } | null }[]
      }>('register.show')
      const found = statements.find(({ text }) => text.includes('Kornblume'))?.measure
      if (!found) throw new Error('no such line')
      return found
    }

    expect((await lineOf()).assurance).toBe('stated')
    const { guidelineId } = await ask<{ guidelineId: string }>('guideline.create', { template: 'clean-desk' }, editor)
    await ask(
      'guideline.change',
      {
        guidelineId,
        revision: 1,
        title: 'Visitors',
        body: 'Visitors are met at the door and never left alone.',
        measures: ['visitor-escort'],
        reviewMonths: 12,
      },
      editor,
    )
    await ask('guideline.approve', { guidelineId, revision: 2, effectiveFrom: todayOfTenants() })
    expect((await lineOf()).assurance).toBe('attested')
    const editionId = await draft()
    const file = async (format: string) =>
      await owner.get(`${at('edition.file')}?editionId=${editionId}&format=${format}`)
    const attested = await (await file('json')).text()
    expect(attested).toContain('"kind":"sign-off"')
    expect(attested).toContain('"by":"owner"')
    await verifies(new Uint8Array(await (await file('bundle')).arrayBuffer()))

    await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query(
        `update attestation set fresh_until = now() - interval '1 second' where catalogue_id = 'visitor-escort'`,
      ),
    )
    expect((await lineOf()).assurance).toBe('lapsed')
    await ask('guideline.review', { guidelineId })
    expect((await lineOf()).assurance).toBe('attested')
    await ask('guideline.withdraw', { guidelineId, reason: 'No more visitors.' })
    expect((await lineOf()).assurance).toBe('stated')
  })
})

/** By the program that stands in each bundle, with nothing but the bundle. */
async function verifies(bundle: Uint8Array): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'art32-guideline-'))
  try {
    await writeFile(path.join(folder, 'bundle.zip'), bundle)
    const verifier = path.resolve('apps/server/verifier/art32-verify.mjs')
    const { stdout } = await promisify(execFile)(process.execPath, [verifier, path.join(folder, 'bundle.zip')])
    expect(stdout).toContain('attested')
  } finally {
    await rm(folder, { recursive: true })
  }
}
