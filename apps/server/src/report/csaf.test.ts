import { describe, expect, it } from 'vitest'
import { AdvisoryText } from './advisory.ts'
import { csafOf, csafText, fileNameOf, hashFile } from './csaf.ts'
import { problemOf } from './csaf-rules.ts'

const publisher = { name: 'Alpha', home: 'https://trust.example/trust/alpha', version: '0.1.0' }
const revisions = [
  { number: 1, date: '2026-11-20T10:00:00.000Z', summary: 'First version.' },
  { number: 2, date: '2026-11-21T10:00:00.000Z', summary: 'A remedy.' },
]
const text = AdvisoryText.parse({
  language: 'en',
  title: 'Invoices of others could be read',
  summary: 'Whoever was signed in could read them.',
  details: 'A number in the address was not checked.',
  products: [
    { name: 'App', affected: ['before 1.5', '1.4.2'], fixed: ['1.5'] },
    { name: 'Library', affected: ['<2.0'], fixed: [] },
  ],
  cve: 'CVE-2026-12345',
  vector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N',
  remedy: 'Install 1.5.',
  references: [{ summary: 'Release notes', url: 'https://example.com/notes' }],
  credit: 'A finder',
})
const documentOf = (more: Partial<AdvisoryText> = {}) =>
  csafOf({ text: { ...text, ...more }, trackingId: 'alpha-2026-0001', revisions }, publisher)

describe('an advisory as CSAF 2.0', () => {
  it('names what the standard asks for', () => {
    expect(problemOf(documentOf())).toBeNull()
    expect(documentOf()).toMatchObject({
      document: {
        category: 'csaf_security_advisory',
        csaf_version: '2.0',
        publisher: { category: 'vendor', name: 'Alpha', namespace: 'https://trust.example' },
        references: [
          { category: 'self', url: 'https://trust.example/trust/alpha/csaf/white/2026/alpha-2026-0001.json' },
          { category: 'external', url: 'https://example.com/notes' },
        ],
        tracking: { id: 'alpha-2026-0001', version: '2', initial_release_date: revisions[0]?.date },
      },
      vulnerabilities: [
        {
          cve: 'CVE-2026-12345',
          product_status: { known_affected: ['CSAFPID-1-A1', 'CSAFPID-1-A2', 'CSAFPID-2-A1'], fixed: ['CSAFPID-1-F1'] },
          remediations: [{ category: 'vendor_fix', details: 'Install 1.5.' }],
        },
      ],
    })
  })

  it('calls a range a range, and keeps a score that CSAF 2.0 has no place for as a note', () => {
    const said = JSON.stringify(documentOf())
    expect(said).toContain('{"category":"product_version_range","name":"before 1.5"')
    expect(said).toContain('{"category":"product_version","name":"1.4.2"')
    expect(said).toContain('7.1 (High) CVSS:4.0/AV:N')
    expect(said).not.toContain('cvss_v3')
  })

  it('says that there is no remedy where none is given, and nothing of remedies where nothing is affected', () => {
    expect(JSON.stringify(documentOf({ remedy: '' }))).toContain('"none_available"')
    const onlyFixed = documentOf({ products: [{ name: 'App', affected: [], fixed: ['1.5'] }] })
    expect(problemOf(onlyFixed)).toBeNull()
    expect(JSON.stringify(onlyFixed)).not.toContain('remediations')
  })

  it.each([
    ['no version of a product', { products: [{ name: 'App', affected: [], fixed: [] }] }, 'product_tree'],
    ['a version affected and fixed', { products: [{ name: 'App', affected: ['1.5'], fixed: ['1.5'] }] }, '6.1.6'],
    ['no title', { title: '' }, 'document.title'],
  ])('is refused for %s', (_, more, problem) => {
    expect(problemOf(documentOf(more))).toContain(problem)
  })

  it('is refused for versions out of their order, or a last one that is not the newest', () => {
    const source = { text, trackingId: 'alpha-2026-0001' }
    const swapped = [
      { number: 1, date: '2026-11-21T10:00:00.000Z', summary: 'First version.' },
      { number: 2, date: '2026-11-20T10:00:00.000Z', summary: 'A remedy.' },
    ]
    expect(problemOf(csafOf({ ...source, revisions: swapped }, publisher))).toContain('6.1.14')
    const document = structuredClone(documentOf()) as { document: { tracking: { version: string } } }
    document.document.tracking.version = '1'
    expect(problemOf(document)).toContain('6.1.16')
  })

  it('is a file whose names stand in order, under a name of small letters, with its hashes', () => {
    const file = csafText(documentOf())
    expect(file.indexOf('"aggregate_severity"')).toBeLessThan(file.indexOf('"category": "csaf_security_advisory"'))
    expect(fileNameOf('Example Company: 2019-YH3234')).toBe('example_company_2019-yh3234.json')
    expect(fileNameOf('RHBA-2019:0024')).toBe('rhba-2019_0024.json')
    expect(hashFile('abc', 'a.json', 'sha256')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.json\n',
    )
  })
})
