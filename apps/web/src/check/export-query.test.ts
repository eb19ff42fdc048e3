import { describe, expect, it } from 'vitest'
import { exportQuery } from './export-query.ts'

describe('what is asked for an export', () => {
  it('is how it stands now, of the environment that is shown', () => {
    expect(exportQuery({ format: 'csv', from: '', to: '' }, null, 'de')).toEqual({ format: 'csv', language: 'de' })
    expect(exportQuery({ format: 'sarif', from: '', to: '' }, 'test', 'en')).toEqual({
      format: 'sarif',
      language: 'en',
      environment: 'test',
    })
  })

  it('of a period holds both days whole', () => {
    const { from, to } = exportQuery({ format: 'oscal', from: '2026-03-28', to: '2026-03-29' }, null, 'en')
    expect([from, to]).toEqual([new Date(2026, 2, 28).toISOString(), new Date(2026, 2, 30).toISOString()])
  })

  it('forgets days that the format cannot tell, and days that are none', () => {
    expect(exportQuery({ format: 'junit', from: '2026-03-28', to: '2026-03-29' }, null, 'en')).toEqual({
      format: 'junit',
      language: 'en',
    })
    expect(exportQuery({ format: 'csv', from: 'x', to: '' }, null, 'en')).toEqual({ format: 'csv', language: 'en' })
  })
})
