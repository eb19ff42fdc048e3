import { describe, expect, it } from 'vitest'
import { checks, connectors } from '../registry.ts'
import { formOf, parametersOf, secretsOf, targetOfSettings } from './form.ts'

describe('the form of a connector', () => {
  it.each(connectors.map((one) => [one.id, one] as const))('has labels in both languages: %s', (_id, connector) => {
    for (const { name, label, secret, preset } of formOf(connector)) {
      expect([label.en, label.de], `${connector.id}.${name}`).not.toContain('')
      expect(label.en, `${connector.id}.${name} has no label`).not.toBe(name)
      if (secret) expect(preset).toBeNull()
    }
  })

  it('has a column in both languages for every text of a record', () => {
    const fields = [...connectors.flatMap(formOf), ...checks.flatMap(parametersOf)]
    const columns = fields.flatMap((field) => field.columns)
    expect(columns.length).toBeGreaterThan(5)
    expect(columns.filter(({ name, label }) => label.en === name || label.de === '')).toEqual([])
    expect(fields.filter(({ kind, columns: own }) => (kind === 'rows') !== own.length > 0)).toEqual([])
  })

  it('says what is wrong by the name of the setting, and never repeats a value', () => {
    expect(targetOfSettings('postgres', { url: 'mysql://secret@db', port: 1 })).toEqual({ wrong: ['port', 'url'] })
    expect(targetOfSettings('nothing', {})).toEqual({ wrong: ['connector'] })
  })

  it('knows credentials, of an address only the password', () => {
    const settings = { url: 'postgres://auditor:quiet-heron@db.example.com/app' }
    expect(secretsOf({ connector: 'postgres', settings })).toEqual(['quiet-heron'])
    expect(secretsOf({ connector: 'dns', settings: { domain: 'example.org' } })).toEqual([])
  })
})
