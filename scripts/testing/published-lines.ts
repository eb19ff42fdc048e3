import { randomBytes, randomUUID } from 'node:crypto'
import { catalogue } from '@art32/catalogue'
import { citesOf, countLines, countMapping, limitSentences, linesOf } from '@art32/press'
import type { Backing, EditionDocument, Line } from '@art32/press'
import { add } from '../../apps/server/src/edition/store.ts'
import type { TestServer } from './server.ts'

const fresh = '2030-01-01T00:00:00.000Z'

/**
 * Puts an edition into a tenant as if it had been signed off: at once, without a register and without its files.
 *
 * Its lines do not resemble each other more than those of a real document do: each has a text, a title, an id, leaves and
 * times of its own, so that nothing is won by packing the same line again and again.
 */
export async function publishLines(server: TestServer, tenant: string, count: number): Promise<EditionDocument> {
  const edition = editionOf(Array.from({ length: count }, (_, n) => lineOf(n)))
  await server.tenants.asSystem(tenant, (tx) =>
    add(tx, edition, { id: tx.newId(), commitment: randomBytes(32), signedBy: randomUUID(), signedRole: 'owner' }, []),
  )
  return edition
}

function lineOf(n: number): Line {
  const { id = '', title = { en: '' }, description = { en: '' } } = catalogue[n % catalogue.length] ?? {}
  const at = new Date(Date.UTC(2026, 10, 22, 0, 17 * n)).toISOString()
  // One line in three is proven, by two systems.
  const backing = (n % 3 === 0 ? ['www.example.com', 'api.example.com'] : []).map((system, k): Backing => ({
    kind: 'check',
    check: `example.${id}`,
    title: title.en,
    role: 'proves',
    system,
    state: 'pass',
    at,
    leaf: 7 * n + k,
  }))
  const isProven = backing.length > 0
  const part = {
    measure: id,
    title: title.en,
    required: true,
    backing,
    confirmedBy: { by: 'person' as const, at, leaf: 7 * n + 3 },
  }
  return {
    kind: 'line',
    id: randomUUID(),
    text: description.en,
    status: 'in-place',
    assurance: isProven ? 'verified' : 'stated',
    publicState: isProven ? 'proven' : 'stated',
    parts: [part],
    checkedAt: isProven ? at : null,
    freshUntil: isProven ? fresh : null,
    guarantor: 'us',
    owner: 'Head of Operations',
    visibility: 'public',
    cites: citesOf([part]),
  }
}

function editionOf(lines: readonly Line[]): EditionDocument {
  const perChapter = 12
  const sections = Array.from({ length: Math.ceil(lines.length / perChapter) }, (_, n) => ({
    id: randomUUID(),
    title: `Chapter ${n + 1}`,
    level: 1,
    blocks: lines.slice(n * perChapter, (n + 1) * perChapter),
  }))
  return {
    format: 'art32.edition/1',
    tenant: { publicId: 'abcdefghijkl', name: 'Example Software GmbH' },
    state: 'edition',
    number: 1,
    language: 'en',
    title: 'Technical and organisational measures',
    date: '2026-11-22T08:15:00.000Z',
    legalFrame: ['Art. 25 GDPR', 'Art. 28 GDPR', 'Art. 32 GDPR'],
    scope: 'The hosted application and the support for it.',
    source: null,
    review: { by: 'owner', at: '2026-11-22T08:15:00.000Z' },
    mapping: countMapping(linesOf(sections)),
    counts: countLines(linesOf(sections)),
    sections,
    withheld: { customers: 0, auditors: 0 },
    ledger: { origin: 'art32.invalid/example', size: 1, root: '', key: '', checkpoint: '' },
    limits: limitSentences('en', { witnesses: [], timeStamps: null }),
  }
}
