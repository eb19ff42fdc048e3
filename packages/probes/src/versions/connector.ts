import { z } from 'zod'
import type { Connector, Context } from '../engine/connector.ts'
import { seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { detectComponents } from '../host/components.ts'
import type { Detected } from '../host/components.ts'
import { endOfLifeSource, lifecycleOf } from './end-of-life.ts'
import { versionsFacts } from './facts.ts'
import type { Component, VersionsFacts } from './facts.ts'

const settings = z.object({
  components: field(
    z.array(z.object({ product: z.string().min(1), version: z.string().min(1).nullable() })).default([]),
    {
      label: { en: 'Components', de: 'Komponenten' },
      help: {
        en: 'Product ids of endoflife.date with version; without version: look for it on this machine',
        de: 'Produktnamen von endoflife.date mit Version; ohne Version: auf diesem Rechner suchen',
      },
    },
  ),
  machine: field(z.boolean().default(false), {
    label: { en: 'Add what is found on this machine', de: 'Auf diesem Rechner Gefundenes hinzunehmen' },
  }),
})

/** Compares versions that run or are declared with the support periods of their makers. */
export const versions = {
  id: 'versions',
  title: { en: 'Versions in use', de: 'Eingesetzte Versionen' },
  about: {
    en: 'Components and their versions, declared or found on this machine, against the support periods of their makers.',
    de: 'Komponenten und ihre Versionen, angegeben oder auf diesem Rechner gefunden, verglichen mit den Supportzeiträumen der Hersteller.',
  },
  settings,
  facts: versionsFacts,
  history: {
    volatile: ['components.lifecycle.latest', 'components.lifecycle.latestDate', 'data'],
    named: { components: ['product', 'version'] },
  },
  needs: [],
  address: ({ components, machine }) =>
    [...(machine ? ['machine'] : []), ...components.map(({ product }) => product).sort()].join(','),
  ownMachine: ({ components, machine }) => machine || components.some(({ version }) => version === null),
  async collect({ components, machine }, context: Context) {
    const mustLook = machine || components.some(({ version }) => version === null)
    const found = mustLook ? await detectComponents(context.signal) : []
    const declared = components.map((component) => asComponent(component, found))
    const others = found.filter(
      ({ product }) => machine && !components.some((component) => component.product === product),
    )
    const { date, source } = endOfLifeSource()
    return {
      components: seen([
        ...declared,
        ...others.map((one) => ({ ...one, observed: true, lifecycle: lifecycleOf(one.product, one.version) })),
      ]),
      data: seen({ date, source }),
    }
  },
} satisfies Connector<typeof settings, VersionsFacts>

function asComponent(
  { product, version }: { product: string; version: string | null },
  found: readonly Detected[],
): Component {
  if (version !== null)
    return { product, version, observed: false, origin: 'upstream', lifecycle: lifecycleOf(product, version) }
  const one = found.find((candidate) => candidate.product === product)
  if (one === undefined) return { product, version: null, observed: false, origin: 'upstream', lifecycle: null }
  return { ...one, observed: true, lifecycle: lifecycleOf(product, one.version) }
}
