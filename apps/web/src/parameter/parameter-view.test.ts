import { describe, expect, it } from 'vitest'
import { changedFields, enteredOf, matching } from './parameter-view.ts'

const field = (name: string, kind: 'lines' | 'json' | 'number', preset: string | number | null) => ({
  name,
  kind,
  label: { en: `The ${name}`, de: `Die ${name}` },
  choices: [],
  columns: [],
  preset,
})
const check = {
  id: 'hz.location-eu',
  title: { en: 'Servers stand in the EU', de: 'Server stehen in der EU' },
  connector: { en: 'Hetzner Cloud', de: 'Hetzner Cloud' },
  systems: [{ id: 'a', name: 'Production' }],
  fields: [field('countries', 'lines', 'AT\nDE'), field('ports', 'json', '[22]'), field('most', 'number', 3)],
  promised: [],
  declared: [],
}

describe('parameters', () => {
  it('are found by every word that stands there, in either language', () => {
    expect(matching([check], 'hetzner stehen PRODUCTION')).toHaveLength(1)
    expect(matching([check], 'hetzner azure')).toHaveLength(0)
    expect(matching([check], '  ')).toHaveLength(1)
  })

  it('come into the form as they are typed', () => {
    expect(enteredOf(check.fields, { countries: ['DE', 'FR'], ports: [22, 80], most: 4, gone: 1 })).toEqual({
      countries: 'DE\nFR',
      ports: '[22,80]',
      most: 4,
    })
  })

  it('are sent only where they differ from what the check takes by itself', () => {
    const changed = changedFields(check.fields, { countries: 'AT\nDE\n', ports: '[22,80]', most: 3 })
    expect(changed.map(({ name }) => name)).toEqual(['ports'])
  })
})
