import { catalogue } from '@art32/catalogue'
import { checks } from '@art32/probes'
import { expect, it } from 'vitest'
import { cataloguePage } from './catalogue-page.ts'

it('names every check of the release with the measures that it says it serves', () => {
  const rows = cataloguePage().split('\n')
  for (const { id: measure } of catalogue) {
    const named =
      rows
        .find((row) => row.startsWith(`| \`${measure}\``))
        ?.split('|')
        .at(-2) ?? ''
    const serving = checks.filter(({ serves }) => serves.some((service) => service.measure === measure))
    for (const { id } of serving) expect(named.replaceAll('*', '').split(/[ ,]+/), measure).toContain(id)
  }
})
