import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runHere } from './testing/terminal.ts'

const home = mkdtempSync(path.join(tmpdir(), 'art32-compare-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const file = (name: string, content: string) => {
  const place = path.join(home, name)
  writeFileSync(place, content)
  return place
}

const text = `# Technical and organisational measures

## Confidentiality

- All connections to the application are encrypted with TLS 1.2 or newer.
- Administrators use multi-factor authentication.
- Visitors are accompanied by an employee at all times.

## Availability

- Backups are made every day and kept for 30 days.
- Servers run on RAID 5.
`
const first = file('first.md', text)
const weaker = file(
  'weaker.md',
  text
    .replace('TLS 1.2', 'TLS 1.0')
    .replace('Administrators use', 'Where possible, administrators use')
    .replace(/- Visitors.*\n/, ''),
)
const german = file(
  'zweites.md',
  `# Technische und organisatorische Maßnahmen

## Vertraulichkeit

- Alle Verbindungen zur Anwendung sind mit TLS 1.3 verschlüsselt.
- Backups werden täglich angefertigt und 14 Tage aufbewahrt.
- Mitarbeitende werden jährlich im Datenschutz geschult.
<script>alert(1)</script>
`,
)

describe('art32 compare', () => {
  it('names what a later version promises less, and ends with status 1', async () => {
    const { exit, out } = await runHere(['compare', '--versions', first, weaker])
    expect(exit).toBe(1)
    expect(out).toContain('changed · decision needed')
    expect(out).toContain('value tls: 1.2 → 1.0')
    expect(out).toContain('status: in place → conditional')
    expect(out).toContain('removed · decision needed\n  - Visitors are accompanied')
    expect(out).not.toContain('Servers run on RAID')
    expect(out).toContain('3 changes promise less')
  })

  it('ends with status 0 where nothing is promised less', async () => {
    expect((await runHere(['compare', '--versions', first, first])).exit).toBe(0)
    const { exit, out } = await runHere(['compare', '--versions', '--language', 'de', weaker, first])
    expect(out).toContain('Nichts wird weniger versprochen.')
    expect(exit).toBe(0)
  })

  it('sets two providers side by side by the measures of the catalogue, whatever their language', async () => {
    const page = path.join(home, 'report.html')
    const { exit, out } = await runHere(['compare', first, german, '--html', page])
    expect(exit).toBe(0)
    expect(out).toMatch(/1 All connections[^]*2 Alle Verbindungen[^]*value tls: 1\.2 → 1\.3/)
    expect(out).toMatch(/1 not found\n\s+2 Mitarbeitende werden jährlich/)
    const html = readFileSync(page, 'utf8')
    expect(html).toContain('<td lang="de">')
    expect(html).toContain('Two documents side by side')
    expect(html).not.toContain('<script')
    expect(html).not.toMatch(/(?:src|href)="http/)
  })

  it('prints what a program needs', async () => {
    const versions = await runHere(['compare', '--versions', '--json', first, weaker])
    expect(JSON.parse(versions.out)).toMatchObject({
      schema: 'art32.compare/1',
      versions: { counts: { removed: 1, changed: 2, decisions: 3 } },
    })
    const sides = await runHere(['compare', '--json', first, german])
    expect(JSON.parse(sides.out)).toMatchObject({ measures: { counts: { both: expect.any(Number) as unknown } } })
  })

  it.each([
    ['nothing.md', /There is no file of this name/],
    ['nothing.json', /no such file/],
    ['nothing.zip', /no such file/],
  ])('says why it cannot read %s', async (name, sentence) => {
    const { exit, err } = await runHere(['compare', first, path.join(home, name)])
    expect(exit).toBe(2)
    expect(err).toMatch(sentence)
  })

  it('refuses JSON that is no edition, and a report that cannot be written', async () => {
    const other = file('other.json', '{"format":"art32.edition/1","lines":[]}')
    expect((await runHere(['compare', first, other])).err).toContain('is no edition of art32')
    const unwritable = await runHere(['compare', first, german, '--html', path.join(home, 'none', 'report.html')])
    expect(unwritable).toMatchObject({ exit: 2 })
  })
})
