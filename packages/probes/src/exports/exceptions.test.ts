import { describe, expect, it } from 'vitest'
import { ExceptionsError, exceptionFor, readExceptions } from './exceptions.ts'

const file = `
- check: tls.protocols
  system: tls:printer.example.com:443
  subject: '1.0'
  reason: The printers know nothing newer; they stand in a network of their own.
  owner: operations
  expires: 2026-06-30
- { check: tls.expiry, system: 'tls:www.example.com:443', reason: renewal ordered, owner: operations, expires: '2026-03-01' }
`
const entries = readExceptions(file)
const day = (date: string) => new Date(`${date}T12:00:00Z`)
const fault = { check: 'tls.protocols', system: 'tls:printer.example.com:443', subject: '1.0' }

describe('a list of exceptions', () => {
  it('is read from YAML and from JSON', () => {
    expect(entries).toHaveLength(2)
    expect(readExceptions(JSON.stringify(entries))).toEqual(entries)
    expect(readExceptions('')).toEqual([])
  })

  it.each([
    ['no list', 'check: tls.expiry', 'The file: expected a list'],
    ['no owner', '- { check: tls.expiry, system: x, reason: y, expires: 2026-01-01 }', 'Entry 1, owner: expected'],
    [
      'an empty reason',
      '- { check: tls.expiry, system: x, reason: " ", owner: z, expires: 2026-01-01 }',
      'Entry 1, reason',
    ],
    ['no day', '- { check: tls.expiry, system: x, reason: y, owner: z, expires: soon }', 'Entry 1, expires'],
    [
      'a day that is none',
      '- { check: tls.expiry, system: x, reason: y, owner: z, expires: 2026-02-30 }',
      'Entry 1, expires',
    ],
    [
      'a misspelt member',
      '- { check: tls.expiry, system: x, reason: y, owner: z, expires: 2026-01-01, untill: 1 }',
      'Entry 1, untill',
    ],
    [
      'a check that is none',
      '- { check: tls.expirry, system: x, reason: y, owner: z, expires: 2026-01-01 }',
      'Near it: tls.chain',
    ],
    ['an alias', '- &a { check: tls.expiry }\n- *a', 'neither YAML nor JSON'],
    ['no YAML', '{ "', 'neither YAML nor JSON'],
    ['too much', 'x'.repeat(1_048_577), 'longer than 1 MiB'],
  ])('is refused with %s, by a sentence that says where', (_, content, say) => {
    expect(() => readExceptions(content)).toThrow(ExceptionsError)
    expect(() => readExceptions(content)).toThrow(say)
  })
})

describe('an exception', () => {
  it('covers what it names, until the end of its last day', () => {
    expect(exceptionFor(fault, entries, day('2026-06-30')).covers).toBe(entries[0])
    expect(exceptionFor(fault, entries, new Date('2026-06-30T23:59:59Z')).covers).toBe(entries[0])
    expect(exceptionFor(fault, entries, new Date('2026-07-01T00:00:00Z'))).toEqual({
      near: [{ entry: entries[0], differs: 'expires' }],
    })
  })

  it('without a subject covers every subject of its check on its system, and nothing else', () => {
    const expiry = { check: 'tls.expiry', system: 'tls:www.example.com:443', subject: 'anything' }
    expect(exceptionFor(expiry, entries, day('2026-02-01')).covers).toBe(entries[1])
    expect(exceptionFor({ ...expiry, check: 'tls.chain' }, entries, day('2026-02-01'))).toEqual({ near: [] })
  })

  it('that names another subject, or the system a little differently, is told as a near miss', () => {
    const today = day('2026-02-01')
    expect(exceptionFor({ ...fault, subject: '1.1' }, entries, today)).toEqual({
      near: [{ entry: entries[0], differs: 'subject' }],
    })
    expect(exceptionFor({ ...fault, system: 'tls:printer.example.com:8443' }, entries, today)).toEqual({ near: [] })
    const short = readExceptions(file.replace(':443', ''))
    expect(exceptionFor(fault, short, today)).toEqual({ near: [{ entry: short[0], differs: 'system' }] })
  })
})
