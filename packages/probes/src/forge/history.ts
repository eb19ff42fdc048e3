import type { Comparison } from '../engine/compare.ts'
import { shown } from '../engine/say-change.ts'
import type { Text } from '../engine/text.ts'

/** How two looks are compared. A deployment shows by what is deployed; the list of them only grows. */
export const forgeHistory = {
  volatile: ['environments.deployments'],
  lasting: ['deployed.at'],
  named: {
    installations: ['context', 'environment'],
    'deployed.egress': ['address'],
    'manifest.egress': ['address'],
    'deployed.modules': ['type', 'key'],
    'manifest.modules': ['type', 'key'],
    'deployed.storage.remotes': ['key'],
  },
  say: ({ kind, group, place, within, before, after }) => {
    const part = parts[place.slice(group.length + 1)]
    const side = sides[group]
    if (part === undefined || side === undefined || (kind !== 'added' && kind !== 'removed')) return undefined
    const name = within[0] ?? shown(kind === 'added' ? after : before)
    return kind === 'added'
      ? { en: `${part.en} added ${side.en}: ${name}`, de: `${part.de} ${side.de} hinzugekommen: ${name}` }
      : { en: `${part.en} removed ${side.en}: ${name}`, de: `${part.de} ${side.de} weggefallen: ${name}` }
  },
} satisfies Comparison

const parts: Readonly<Record<string, Text>> = {
  scopes: { en: 'Scope', de: 'Berechtigung' },
  egress: { en: 'Egress host', de: 'Ziel für ausgehende Daten' },
  content: { en: 'Source of scripts or styles', de: 'Quelle für Skripte oder Stile' },
  modules: { en: 'Module', de: 'Modul' },
}

const sides: Readonly<Record<string, Text>> = {
  deployed: { en: 'in what is deployed', de: 'im ausgelieferten Stand' },
  manifest: { en: 'in the manifest', de: 'im Manifest' },
}
