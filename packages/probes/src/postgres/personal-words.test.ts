import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kindOfColumn } from './personal-words.ts'

describe('what the name of a column gives away', () => {
  it.each([
    ['email', 'text', 'email'],
    ['customerEmail', 'character varying', 'email'],
    ['E_MAIL', 'text', 'email'],
    ['mailadresse', 'text', 'email'],
    ['phone_number', 'text', 'phone'],
    ['Telefonnummer', 'text', 'phone'],
    ['handy', 'text', 'phone'],
    ['iban', 'text', 'iban'],
    ['bankverbindung', 'text', 'iban'],
    ['last_ip', 'text', 'ip'],
    ['source', 'inet', 'ip'],
    ['first_name', 'text', 'name'],
    ['Nachname', 'text', 'name'],
    ['display_name', 'text', 'name'],
    ['birthday', 'date', 'birth'],
    ['geburtsdatum', 'date', 'birth'],
    ['dob', 'text', 'birth'],
    ['strasse', 'text', 'address'],
    ['Straße', 'text', 'address'],
    ['plz', 'text', 'address'],
    ['lieferanschrift', 'text', 'address'],
  ] as const)('%s (%s) is %s', (name, type, kind) => expect(kindOfColumn(name, type)).toBe(kind))

  it.each([
    ['email_verified', 'boolean'],
    ['email_sent', 'text'],
    ['email_hash', 'text'],
    ['email', 'bytea'],
    ['email_id', 'uuid'],
    ['name', 'text'],
    ['table_name', 'text'],
    ['ship', 'text'],
    ['telemetry', 'text'],
    ['phone_count', 'integer'],
    ['invoice_date', 'date'],
    ['address', 'text'],
    ['created_at', 'timestamp with time zone'],
  ] as const)('%s (%s) is nothing', (name, type) => expect(kindOfColumn(name, type)).toBeNull())

  it('says something about any name in no time', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (name) => {
        const began = performance.now()
        kindOfColumn(name, 'text')
        expect(performance.now() - began).toBeLessThan(50)
      }),
    )
  })
})
