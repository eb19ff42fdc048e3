import { strFromU8, strToU8, unzipSync } from 'fflate'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { docx, paragraph, pdf, table, today } from './fixtures.ts'
import { readDocument, ReaderError } from './index.ts'

type Change = readonly [how: 'set' | 'drop' | 'double', where: number, value: number]
const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.tuple(
    fc.constantFrom('set', 'drop', 'double'),
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    fc.nat(255),
  ),
  { minLength: 1, maxLength: 6 },
)

/** A file with some bytes set, left out or doubled. */
function changed(good: Uint8Array, list: readonly Change[]): Uint8Array {
  let bytes = Buffer.from(good)
  for (const [how, where, value] of list) {
    const at = Math.floor(where * bytes.length)
    if (how === 'set') bytes.fill(value, at, Math.min(at + 1, bytes.length))
    else if (how === 'drop') bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + value)])
    else bytes = Buffer.concat([bytes.subarray(0, at + value), bytes.subarray(at)])
  }
  return bytes
}

const body =
  paragraph('Access control', 'Heading1') +
  paragraph('All network communication uses TLS 1.2 or newer.') +
  table([
    ['Measure', 'Status'],
    ['Backups are made daily', 'planned'],
  ])
const good = {
  docx: docx(body),
  pdf: pdf([
    [
      [60, 780, 'Physical access control'],
      [60, 760, 'Doors are locked.'],
    ],
    [[60, 780, 'Backups are made daily.']],
  ]),
  html: strToU8(
    `<!doctype html><html><body><h1>Measures</h1><ul><li>TLS 1.2</li></ul><table><tr><td>a<td>b</table></body></html>`,
  ),
} as const

/** A result, or an error that says what is wrong. */
async function ends(bytes: Uint8Array, name: string): Promise<void> {
  const result = await readDocument(bytes, { name, now: today }).catch((error: unknown) => {
    expect(error).toBeInstanceOf(ReaderError)
    return null
  })
  if (result !== null) expect(result.document).toMatchObject({ format: expect.any(String) as string })
}

describe('a damaged document', () => {
  it('in Word is read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(changes, async (list) => await ends(changed(good.docx, list), 'a.docx')),
      { seed: 1, numRuns: 100 },
    )
  })

  it('in Word whose text alone is damaged is read or refused', async () => {
    const text = unzipSync(good.docx)['word/document.xml'] ?? new Uint8Array()
    expect(strFromU8(text)).toContain('TLS 1.2')
    await fc.assert(
      fc.asyncProperty(
        changes,
        async (list) => await ends(docx(body, { 'word/document.xml': changed(text, list) }), 'a.docx'),
      ),
      { seed: 2, numRuns: 50 },
    )
  })

  it('in PDF is read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(changes, async (list) => await ends(changed(good.pdf, list), 'a.pdf')),
      { seed: 3, numRuns: 100 },
    )
  })

  it('in HTML is read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(changes, async (list) => await ends(changed(good.html, list), 'a.html')),
      { seed: 4, numRuns: 100 },
    )
  })
})
