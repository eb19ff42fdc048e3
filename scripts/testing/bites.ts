import { describe, expect, test } from 'vitest'

import { gates } from '../gates/all.ts'
import { onTree, type Faults } from './tree.ts'

/** Registers the proof that gates bite: each passes on the clean tree and finds every fault that is planted for it. */
export function bites(faults: Faults): void {
  describe.each(gates.filter(({ name }) => name in faults))('gate $name', (gate) => {
    test('passes on a clean tree', async () => {
      const somebody = { '../shared/corpus/001-somebody-en.txt': 'A sentence of somebody about something else.\n' }
      expect(await onTree(somebody, gate.run)).toEqual([])
    })

    test.each(faults[gate.name] ?? [])('bites on %s', async (_, files, expected) => {
      const verdict = await onTree(files, gate.run)
      const told = 'skipped' in verdict ? [] : verdict.map(({ place, says, remedy }) => `${place} ${says} ${remedy}`)
      expect(told.join('\n')).toContain(expected)
    })
  })
}
