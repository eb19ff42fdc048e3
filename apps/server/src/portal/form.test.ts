import fc from 'fast-check'
import { expect, it } from 'vitest'
import { changed, changes, seeded } from '../../../../scripts/testing/fuzz.ts'
import { readForm } from './form.ts'
import { readReportForm } from './report-form.ts'

const post = (type: string, body: Buffer<ArrayBuffer> | string) =>
  new Request('https://art32.example.com/', { method: 'POST', headers: { 'content-type': type }, body })

const boundary = 'b0undary'
const part = (name: string, more: string, content: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n`
const form = Buffer.from(
  `${part('text', '', 'a leak')}${part('file', '; filename="../../a\u202Etxt.exe"\r\nContent-Type: text/plain', 'proof')}--${boundary}--\r\n`,
)

it('a report with files, damaged anywhere, is read within its bounds or is none', async () => {
  const type = `multipart/form-data; boundary=${boundary}`
  expect((await readReportForm(post(type, form)))?.files).toHaveLength(1)
  await fc.assert(
    fc.asyncProperty(changes, async (list) => {
      const read = await readReportForm(post(type, changed(form, list)))
      if (read === null) return
      expect(read.files.every(({ name, bytes }) => name.length <= 255 && bytes.length <= form.length * 8)).toBe(true)
      expect(`${read.field('text')}${read.files.map(({ name }) => name).join()}`).not.toContain('\0')
    }),
    seeded(1_000),
  )
})

const pieces = fc.constantFrom('a', '=', '&', '%', '%0', '%00', '%c3', '%ud800', '+', '\0', '\ud800', '[]', '__proto__')

it('a plain form of any bytes is read without NUL, or is none', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((list) => list.join('')),
      ),
      async (text) => {
        const read = await readForm(post('application/x-www-form-urlencoded', text))
        for (const [name, value] of read ?? []) expect(name + value).not.toContain('\0')
      },
    ),
    seeded(2_000),
  )
})
