import { connectors } from '@art32/probes'
import { expect, it } from 'vitest'

import { connectorsPage, readmePage } from './connectors-page.ts'

const sections = new Map(
  connectorsPage()
    .split('\n## ')
    .map((section) => [/\(`(\w+)`\)/.exec(section)?.[1] ?? '', section]),
)

it('names every connector with its checks and the rights it needs', () => {
  for (const { id, needs } of connectors) {
    const section = sections.get(id) ?? ''
    expect(section, id).toContain('Checks: [')
    for (const { reason } of needs) expect(section).toContain(reason.en)
  }
})

it('tells the README the same', () => {
  const [line = ''] = connectorsPage()
    .split('\n')
    .filter((one) => one.startsWith('Never met the real cloud: '))
  expect(line).toContain('Microsoft Entra ID')
  expect(line).not.toContain('TLS endpoint')
  expect(readmePage()).toContain(line)
})

it('says honestly which connectors have met only a server of the tests', () => {
  expect(sections.get('entra')).toContain('never met the real cloud')
  expect(sections.get('tls')).not.toContain('never met the real cloud')
  expect(sections.get('prometheus')).not.toContain('never met the real cloud')
})
