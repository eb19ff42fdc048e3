import { describe, expect, it } from 'vitest'
import { collect } from '../engine/connector.ts'
import { testContext } from '../testing/servers.ts'
import { versions } from './connector.ts'

const look = (settings: object) => collect(versions, settings, testContext())

describe('comparing versions in use', () => {
  it('puts the support period beside every component that is declared', async () => {
    expect(await look({ components: [{ product: 'nodejs', version: '20.20.2' }] })).toMatchObject({
      source: 'versions nodejs',
      facts: {
        components: {
          facts: [
            {
              product: 'nodejs',
              version: '20.20.2',
              observed: false,
              lifecycle: { cycle: '20', endOfLife: '2026-04-30' },
            },
          ],
        },
      },
    })
  })

  it('looks on the machine for what is declared without a version', async () => {
    const components = [
      { product: 'nodejs', version: null },
      { product: 'no-such-thing', version: null },
    ]
    expect(await look({ components })).toMatchObject({
      facts: {
        components: {
          facts: [
            { product: 'nodejs', version: process.versions.node, observed: true },
            { product: 'no-such-thing', version: null },
          ],
        },
      },
    })
  })

  it('adds what it finds on the machine when asked to, nothing twice', async () => {
    const reading = await look({ machine: true, components: [{ product: 'nodejs', version: null }] })
    const components =
      reading.read === 'ok' && reading.facts['components']?.read === 'ok'
        ? (reading.facts['components'].facts as { product: string }[])
        : []
    expect(components.filter(({ product }) => product === 'nodejs')).toHaveLength(1)
  })
})
