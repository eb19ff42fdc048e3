import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { AzureFacts } from '../facts.ts'

const params = z.object({
  groups: field(z.array(z.string()).default([]), {
    label: { en: 'Resource groups of production', de: 'Produktive Ressourcengruppen' },
    help: {
      en: 'Their names; empty: locks are told, not judged',
      de: 'Ihre Namen; leer: Sperren werden genannt, nicht beurteilt',
    },
  }),
})

export const azureLocks = {
  id: 'azure.locks',
  version: 1,
  connector: 'azure',
  title: {
    en: 'Production resources are locked against deletion',
    de: 'Produktive Ressourcen sind gegen Löschen gesperrt',
  },
  why: {
    en: 'One wrong name in a script deletes a whole group with all that it holds.',
    de: 'Ein falscher Name in einem Skript löscht eine ganze Gruppe mit allem, was darin liegt.',
  },
  remedy: {
    en: 'Put a lock of level CanNotDelete on each resource group of production.',
    de: 'Auf jede produktive Ressourcengruppe eine Sperre der Stufe CanNotDelete legen.',
  },
  severity: 'low',
  serves: [{ measure: 'redundancy', as: 'supports' }],
  params,
  reads: ['locks'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['CIS Microsoft Azure Foundations 6.2', 'ISO/IEC 27001:2022 A.8.32'],
  sources: ['https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources'],
  pitfalls: [
    'A lock on the subscription holds for all its groups; one on a single resource says nothing about its group.',
    'Whoever may remove locks is not stopped by them: they help against slips, not against attackers.',
  ],
  messages: {
    locked: { en: 'Locked against deletion.', de: 'Gegen Löschen gesperrt.' },
    open: { en: 'No lock stands in the way of deletion.', de: 'Keine Sperre steht dem Löschen im Weg.' },
    missing: { en: 'There is no such resource group.', de: 'Es gibt keine solche Ressourcengruppe.' },
    undeclared: {
      en: '{locked} of {count} resource groups are locked; which of them are production is not declared.',
      de: '{locked} von {count} Ressourcengruppen sind gesperrt; welche davon produktiv sind, ist nicht angegeben.',
    },
  },
  judge({ locks: { groups, locks } }, { groups: declared }) {
    const lockedGroups = new Set(locks.flatMap(({ on, group }) => (on === 'group' ? [group] : [])))
    const lockedSubscriptions = new Set(
      locks.flatMap(({ on, subscription }) => (on === 'subscription' ? [subscription] : [])),
    )
    const isLocked = (group: string) =>
      lockedGroups.has(group) || lockedSubscriptions.has(group.slice(0, Math.max(0, group.indexOf('/'))))
    if (groups.length === 0 && declared.length === 0) return []
    if (declared.length === 0) {
      const locked = groups.filter(({ group }) => isLocked(group)).length
      return [info('locks', ['locks.groups', 'locks.locks'], 'undeclared', { locked, count: groups.length })]
    }
    const names = [...new Set(declared.map((name) => name.trim().toLowerCase()))]
    const isNamed = (group: string, name: string) => group === name || group.endsWith(`/${name}`)
    const missing = names.filter((name) => !groups.some(({ group }) => isNamed(group, name)))
    return [
      ...missing.map((name) => fail(name, 'locks.groups', 'missing')),
      ...groups.flatMap(({ group }, index) => {
        if (!names.some((name) => isNamed(group, name))) return []
        const locked = isLocked(group)
        return [(locked ? pass : fail)(group, [`locks.groups.${index}`, 'locks.locks'], locked ? 'locked' : 'open')]
      }),
    ]
  },
} satisfies Check<AzureFacts, 'locks', typeof params>
