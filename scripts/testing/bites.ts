import { describe, expect, test } from 'vitest'

import type { Gate, Verdict } from '../gate.ts'
import { gates } from '../gates/all.ts'
import { onTree, type Fault, type Faults, type Files } from './tree.ts'

/** Registers the proof that gates bite: each passes on the clean tree and finds every fault that is planted for it. */
export function bites(faults: Faults): void {
  describe.each(gates.filter(({ name }) => name in faults))('gate $name', (gate) => {
    const planted = faults[gate.name] ?? []
    const verdicts = judgeInBatches(gate, planted)

    test('passes on a clean tree', async () => {
      const somebody = { '../shared/corpus/001-somebody-en.txt': 'A sentence of somebody about something else.\n' }
      expect(await onTree(somebody, gate.run)).toEqual([])
    })

    test.each(planted)('bites on %s', async (...fault) => {
      const verdict = await verdicts(fault)
      const told = 'skipped' in verdict ? [] : verdict.map(({ place, says, remedy }) => `${place} ${says} ${remedy}`)
      expect(told.join('\n')).toContain(fault[2])
    })
  })
}

/** Faults whose files do not meet share one tree: starting a tool costs more than what it has to look at. */
function judgeInBatches(gate: Gate, faults: readonly Fault[]): (fault: Fault) => Promise<Verdict> {
  const batches: { files: Files; verdict?: Promise<Verdict> }[] = []
  const batchOf = new Map<string, (typeof batches)[number]>()
  for (const [what, files] of faults) {
    let batch = batches.find((other) => Object.keys(files).every((file) => !(file in other.files)))
    if (!batch) batches.push((batch = { files: {} }))
    batch.files = { ...batch.files, ...files }
    batchOf.set(what, batch)
  }
  return ([what]) => {
    const batch = batchOf.get(what)
    if (!batch) throw new Error(`The fault "${what}" was never planted.`)
    batch.verdict ??= (async () => onTree(batch.files, gate.run))()
    return batch.verdict
  }
}
